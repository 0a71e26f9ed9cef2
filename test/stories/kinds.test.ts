// The life of a subscription at Polar, and its emails: the right one each time, and no other.

import { describe, expect, test } from 'vitest'
import { DAY, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { linesOf } from '../support/mailed.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const HELD = 4 * MINUTE

const settled = async (system: TestSystem) => {
  await system.settle()
  system.clock.advance(HELD)
  await system.settle()
}

/** A new customer, and the emails since then. */
const someone = (system: TestSystem) => {
  const email = newAddress()
  /** Newest first, of one kind or all. */
  const mails = (kind?: string) => system.mails(kind).filter(({ to }) => to.includes(email))
  return {
    email,
    mails,
    /** Oldest first. */
    kinds: () =>
      mails()
        .map(({ tags }) => tags.find(({ name }) => name === 'kind')?.value)
        .reverse(),
    /** The one email of a kind, once everything that can happen has. */
    theMail: async (kind: string) => {
      await system.settle()
      const [mail, ...more] = mails(kind)
      if (!mail || more.length > 0) throw new Error(`not one email of kind ${kind}`)
      return mail
    },
  }
}

const shared = shareSystem()

/** A customer whose subscription has begun, its own email out of the way. */
const subscribed = async (input: object = {}) => {
  const system = shared()
  const { scenario } = system.polarWorld
  const customer = someone(system)
  const { subscriptionId } = await scenario.subscribe({
    customer: { email: customer.email },
    product: { name: 'Studio Plan', recurring_interval: 'month' },
    amount: 2900,
    ...input,
  })
  await system.settle()
  const [first, ...more] = customer.kinds()
  expect([first, more]).toEqual(['subscription_confirmation', []])
  return { ...customer, system, scenario, subscriptionId, kinds: () => customer.kinds().slice(1) }
}

describe('the life of a subscription', () => {
  test('a trial starts, and later turns into a paid subscription', async () => {
    const system = shared()
    const { scenario } = system.polarWorld
    const { email, kinds } = someone(system)
    const { subscriptionId } = await scenario.subscribe({
      customer: { email },
      product: { name: 'Studio Plan', recurring_interval: 'month', trialDays: 14 },
      amount: 2900,
    })
    await settled(system)
    expect(kinds()).toEqual(['trial_started'])
    await scenario.renew({ subscriptionId })
    await settled(system)
    expect(kinds()).toEqual(['trial_started', 'subscription_cycled_after_trial'])
  })

  test('usage is billed with an email of its own, and metered updates bring none', async () => {
    const { system, scenario, subscriptionId, kinds } = await subscribed()
    await scenario.recordUsage(subscriptionId, { times: 5 })
    await scenario.billUsage({ subscriptionId, amount: 750 })
    await settled(system)
    expect(kinds()).toEqual(['subscription_usage_invoice'])
  })

  test('cancelled, taken back, cancelled again and over: four emails and a final invoice', async () => {
    const { system, scenario, subscriptionId, kinds } = await subscribed()
    await scenario.cancel(subscriptionId)
    await settled(system)
    await scenario.uncancel(subscriptionId)
    await settled(system)
    await scenario.cancel(subscriptionId)
    await settled(system)
    await scenario.end(subscriptionId, { usage: 450 })
    await settled(system)
    expect(kinds()).toEqual([
      'subscription_cancellation',
      'subscription_uncanceled',
      'subscription_cancellation',
      ...['subscription_revoked', 'subscription_final_invoice'],
    ])
  })

  test('an end at once is told as an end, not as a cancellation as well', async () => {
    const { system, scenario, subscriptionId, kinds } = await subscribed()
    await scenario.revoke(subscriptionId)
    await settled(system)
    expect(kinds()).toEqual(['subscription_revoked'])
  })

  test('a pause is told when it is asked for, when it begins and when it is over, with its charge', async () => {
    const { system, scenario, subscriptionId, kinds, mails } = await subscribed()
    await scenario.schedulePause(subscriptionId)
    await settled(system)
    await scenario.pause(subscriptionId)
    await settled(system)
    await scenario.resume(subscriptionId)
    await settled(system)
    expect(kinds()).toEqual(['subscription_paused', 'subscription_paused', 'subscription_resumed'])
    const [resumed] = mails('subscription_resumed')
    expect(resumed?.text).toContain('$29.00')
  })

  test('a pause that is taken back before its email went out is not told', async () => {
    const { system, scenario, subscriptionId, kinds } = await subscribed()
    const before = system.logs().length
    const logsSince = () => JSON.stringify(system.logs().slice(before))
    system.resendWorld.fault = () => ({
      status: 429,
      body: { name: 'rate_limit_exceeded', statusCode: 429, message: 'slow down' },
      headers: { 'retry-after': '30' },
    })
    await scenario.schedulePause(subscriptionId)
    await expect.poll(logsSince).toContain('deliveries paused')
    await scenario.unschedulePause(subscriptionId)
    await expect.poll(() => system.outcomes().at(-1)).toMatchObject({ ignored: 'unchanged' })
    system.resendWorld.fault = undefined
    await settled(system)
    expect(kinds()).toEqual([])
    expect(logsSince()).toContain('"because":"taken_back"')
  })

  test('a failed charge, its recovery, and no renewal beside it', async () => {
    const { system, scenario, subscriptionId, kinds } = await subscribed()
    const failed = await scenario.failRenewal({ subscriptionId })
    await settled(system)
    await scenario.recover(failed.orderId)
    await settled(system)
    expect(kinds()).toEqual(['subscription_past_due', 'payment_recovered'])
  })

  test('retries that are used up end it, for the reason that it is unpaid', async () => {
    const { system, scenario, subscriptionId, kinds, mails } = await subscribed()
    const failed = await scenario.failRenewal({ subscriptionId })
    await settled(system)
    for (const days of [2, 5, 7, 7]) {
      system.clock.advance(days * DAY + MINUTE)
      await scenario.retry(failed.orderId)
    }
    await settled(system)
    expect(kinds()).toEqual(['subscription_past_due', 'subscription_revoked'])
    expect(mails('subscription_revoked')[0]?.text).toContain('couldn’t collect')
  })

  test('somebody who ends a past-due subscription is not told that we could not collect', async () => {
    const { system, scenario, subscriptionId, kinds, mails } = await subscribed()
    await scenario.failRenewal({ subscriptionId })
    await settled(system)
    system.clock.advance(5 * DAY)
    await scenario.cancelPastDue(subscriptionId, { reason: 'too_expensive' })
    await settled(system)
    expect(kinds()).toEqual(['subscription_past_due', 'subscription_revoked'])
    expect(mails('subscription_revoked')[0]?.text).not.toContain('couldn’t collect')
  })

  test('no date of a next attempt is promised where there is no card', async () => {
    const { system, scenario, subscriptionId, mails } = await subscribed()
    await scenario.failRenewal({ subscriptionId, noCard: true })
    await settled(system)
    const [mail] = mails('subscription_past_due')
    expect(mail?.text).toContain('$29.00')
    expect(mail?.text).not.toMatch(/Next attempt/)
  })

  test('what Polar tells the merchant of a decline is not told to the customer', async () => {
    const { system, scenario, subscriptionId, mails } = await subscribed()
    const decline = { reason: 'stolen_card', message: 'For the merchant only' }
    await scenario.failRenewal({ subscriptionId, decline })
    await settled(system)
    expect(mails('subscription_past_due')[0]?.text).not.toMatch(/For the merchant|stolen/)
  })

  test('a customer who is deleted is not told that the subscription ended', async () => {
    const { system, scenario, subscriptionId, kinds } = await subscribed()
    const { customer_id } = system.polarWorld.world.subscriptions.get(subscriptionId) ?? {}
    await scenario.deleteCustomer(String(customer_id))
    await settled(system)
    expect(kinds()).toEqual([])
  })
})

describe('a change of plan', () => {
  const changed = async (proration: 'invoice' | 'prorate' | 'next_period') => {
    const customer = await subscribed()
    await customer.scenario.changePlan(customer.subscriptionId, {
      product: { name: 'Team Plan', recurring_interval: 'month', amount: 5900 },
      proration,
    })
    return customer
  }

  test('that is invoiced is one email, with the amount of its order, as soon as that is paid', async () => {
    const { system, kinds, theMail } = await changed('invoice')
    const mail = await theMail('subscription_updated')
    expect(mail.subject).toContain('Team Plan')
    expect(mail.text).toContain('Studio Plan')
    expect(mail.text).toMatch(/Your payment of \$\d/)
    await settled(system)
    expect(kinds()).toEqual(['subscription_updated'])
  })

  test('that is settled later is held for its order, and goes without one after three minutes', async () => {
    const { system, kinds, theMail } = await changed('prorate')
    await system.settle()
    system.clock.advance(2 * MINUTE)
    await system.settle()
    expect(kinds()).toEqual([])
    system.clock.advance(MINUTE + SECOND)
    const mail = await theMail('subscription_updated')
    expect(mail.text).toContain('next invoice')
  })

  test('whose order is paid after the email went out has a receipt of its own', async () => {
    const { system, subscriptionId, kinds, mails } = await subscribed()
    const { events } = system.polarWorld.script.changePlan(subscriptionId, {
      product: { name: 'Team Plan', recurring_interval: 'month', amount: 5900 },
      proration: 'invoice',
      amount: 3000,
    })
    const isPaid = (event: object) => (event as { type: string }).type === 'order.paid'
    for (const event of events.filter((one) => !isPaid(one))) await system.polarWorld.deliver(event)
    await settled(system)
    expect(kinds()).toEqual(['subscription_updated'])
    for (const event of events.filter(isPaid)) {
      await system.polarWorld.deliver(event)
      await system.polarWorld.deliver(event)
    }
    await settled(system)
    expect(kinds()).toEqual(['subscription_updated', 'order_confirmation'])
    expect(mails()[0]?.text).toContain('Your payment of $30.00 for Team Plan went through')
  })

  test('for the next period is announced, and not told again when it comes with the renewal', async () => {
    const { system, scenario, subscriptionId, kinds, mails } = await changed('next_period')
    await settled(system)
    expect(kinds()).toEqual(['subscription_change_scheduled'])
    expect(mails()[0]?.text).toContain('Team Plan')
    system.clock.advance(31 * DAY)
    await scenario.renew({ subscriptionId })
    await settled(system)
    expect(kinds()).toEqual(['subscription_change_scheduled', 'subscription_cycled'])
  })

  test('of seats names how many there are now', async () => {
    const input = { subscription: { seats: 2 } }
    const { scenario, subscriptionId, theMail } = await subscribed(input)
    await scenario.changeQuantity(subscriptionId, { seats: 5, proration: 'invoice' })
    const mail = await theMail('subscription_updated')
    expect(mail.text).toContain('5 seats')
  })
})

describe('a top-up of a wallet, which has no product', () => {
  test('has a receipt that names it and leads to its order, and so has its refund', async () => {
    const system = shared()
    const { scenario } = system.polarWorld
    const { email, theMail } = someone(system)
    const before = system.outcomes().length
    const { orderId } = await scenario.topUp({ customer: { email }, amount: 5000 })
    const mail = await theMail('order_confirmation')
    expect(mail.subject).toContain('Top-up')
    expect(mail.text).toContain('$50.00')
    expect(system.outcomes().slice(before)).not.toContainEqual(
      expect.objectContaining({ ignored: 'not_mapped', because: 'order.paid' }),
    )
    await scenario.refund(orderId)
    expect((await theMail('order_refunded')).subject).toContain('Top-up')
  })
})

describe('a refund', () => {
  test('is told once for each, with its amount and the card', async () => {
    const system = shared()
    const { scenario } = system.polarWorld
    const { email, mails, theMail } = someone(system)
    const { orderId } = await scenario.purchase({
      customer: { email },
      product: { name: 'Field Recordings' },
      amount: 7400,
      tax: 600,
    })
    await settled(system)
    await scenario.refund(orderId, { amount: 2500, tax: 200 })
    const mail = await theMail('order_refunded')
    expect(mail.text).toContain('$27.00')
    expect(mail.text).toMatch(/ending in \d{4}/)
    const { refundId } = await scenario.refund(orderId, { status: 'pending' })
    await settled(system)
    expect(mails('order_refunded')).toHaveLength(1)
    await scenario.settleRefund(refundId)
    await settled(system)
    expect(mails('order_refunded')).toHaveLength(2)
  })

  test('whose order Polar cannot tell now is told as soon as it can', async () => {
    const system = shared()
    const { email, theMail } = someone(system)
    const { orderId } = await system.polarWorld.scenario.purchase({ customer: { email } })
    await theMail('order_confirmation')
    const before = linesOf(system, 'event put off').length
    system.polarWorld.fault = ({ path }) =>
      path.includes('/orders/') ? { status: 503 } : undefined
    await system.polarWorld.scenario.refund(orderId)
    await expect.poll(() => linesOf(system, 'event put off').length).toBeGreaterThan(before)
    system.polarWorld.fault = undefined
    system.clock.advance(MINUTE + SECOND)
    await theMail('order_refunded')
  })
})

test('a kind that is switched off is recorded with that reason and not sent, and leaves the receipt of what it was about', async () => {
  const EMAIL_KINDS_OFF = 'payment_recovered,order_confirmation'
  const system = await startTestSystem({ environment: { EMAIL_KINDS_OFF } })
  const { scenario } = system.polarWorld
  const { email, kinds } = someone(system)
  const { customerId } = await scenario.purchase({ customer: { email } })
  await settled(system)
  expect(kinds()).toEqual([])
  expect(system.outcomes().at(-1)).toMatchObject({
    ...{ type: 'order.paid', ignored: 'switched_off', because: 'order_confirmation' },
  })
  const failed = await scenario.failRenewal({ customer: customerId })
  await settled(system)
  await scenario.recover(failed.orderId)
  await settled(system)
  expect(kinds()).toEqual(['subscription_past_due', 'subscription_cycled'])
})
