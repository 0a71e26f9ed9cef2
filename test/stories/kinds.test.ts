// The life of a subscription at Polar, and its emails: the right one each time, and no other.

import { describe, expect, test } from 'vitest'
import { DAY, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { fixture } from '../support/events.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const HELD = 4 * MINUTE

/** Kinds of all accepted emails, oldest first. */
const kindsOf = (system: TestSystem) =>
  system
    .mails()
    .map(({ tags }) => tags.find(({ name }) => name === 'kind')?.value)
    .reverse()

const settled = async (system: TestSystem) => {
  await system.settle()
  system.clock.advance(HELD)
  await system.settle()
}

/** A subscription that has begun, its own email out of the way. */
const subscribed = async (input: object = {}) => {
  const system = await startTestSystem()
  const { scenario } = system.polarWorld
  const { subscriptionId } = await scenario.subscribe({
    customer: { email: 'mara@example.com' },
    product: { name: 'Studio Plan', recurring_interval: 'month' },
    amount: 2900,
    ...input,
  })
  await system.settle()
  system.resendWorld.clear()
  return { system, scenario, subscriptionId }
}

describe('the life of a subscription', () => {
  test('a trial starts, and later turns into a paid subscription', async () => {
    const { system, scenario, subscriptionId } = await startTrial()
    expect(kindsOf(system)).toEqual(['trial_started'])
    await scenario.renew({ subscriptionId })
    await settled(system)
    expect(kindsOf(system)).toEqual(['trial_started', 'subscription_cycled_after_trial'])
  })

  test('usage is billed with an email of its own, and metered updates bring none', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    await scenario.recordUsage(subscriptionId, { times: 5 })
    await scenario.billUsage({ subscriptionId, amount: 750 })
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_usage_invoice'])
  })

  test('cancelled, taken back, cancelled again and over: four emails and a final invoice', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    await scenario.cancel(subscriptionId)
    await settled(system)
    await scenario.uncancel(subscriptionId)
    await settled(system)
    await scenario.cancel(subscriptionId)
    await settled(system)
    await scenario.end(subscriptionId, { usage: 450 })
    await settled(system)
    expect(kindsOf(system)).toEqual([
      'subscription_cancellation',
      'subscription_uncanceled',
      'subscription_cancellation',
      ...['subscription_revoked', 'subscription_final_invoice'],
    ])
  })

  test('an end at once is told as an end, not as a cancellation as well', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    await scenario.revoke(subscriptionId)
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_revoked'])
  })

  test('a pause is told when it is asked for, when it begins and when it is over, with its charge', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    await scenario.schedulePause(subscriptionId)
    await settled(system)
    await scenario.pause(subscriptionId)
    await settled(system)
    await scenario.resume(subscriptionId)
    await settled(system)
    expect(kindsOf(system)).toEqual([
      'subscription_paused',
      'subscription_paused',
      'subscription_resumed',
    ])
    const [resumed] = system.mails('subscription_resumed')
    expect(resumed?.text).toContain('$29.00')
  })

  test('a pause that is taken back before its email went out is not told', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    system.resendWorld.fault = () => ({
      status: 429,
      body: { name: 'rate_limit_exceeded', statusCode: 429, message: 'slow down' },
      headers: { 'retry-after': '30' },
    })
    await scenario.schedulePause(subscriptionId)
    await expect.poll(() => system.logText()).toContain('deliveries paused')
    await scenario.unschedulePause(subscriptionId)
    await expect.poll(() => system.outcomes().at(-1)).toMatchObject({ ignored: 'unchanged' })
    system.resendWorld.fault = undefined
    await settled(system)
    expect(kindsOf(system)).toEqual([])
    expect(system.logText()).toContain('"because":"taken_back"')
  })

  test('a failed charge, its recovery, and no renewal beside it', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    const failed = await scenario.failRenewal({ subscriptionId })
    await settled(system)
    await scenario.recover(failed.orderId)
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_past_due', 'payment_recovered'])
  })

  test('retries that are used up end it, for the reason that it is unpaid', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    const failed = await scenario.failRenewal({ subscriptionId })
    await settled(system)
    for (const days of [2, 5, 7, 7]) {
      system.clock.advance(days * DAY + MINUTE)
      await scenario.retry(failed.orderId)
    }
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_past_due', 'subscription_revoked'])
    expect(system.mails('subscription_revoked')[0]?.text).toContain('couldn’t collect')
  })

  test('somebody who ends a past-due subscription is not told that we could not collect', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    await scenario.failRenewal({ subscriptionId })
    await settled(system)
    system.clock.advance(5 * DAY)
    await scenario.cancelPastDue(subscriptionId, { reason: 'too_expensive' })
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_past_due', 'subscription_revoked'])
    expect(system.mails('subscription_revoked')[0]?.text).not.toContain('couldn’t collect')
  })

  test('no date of a next attempt is promised where there is no card', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    await scenario.failRenewal({ subscriptionId, noCard: true })
    await settled(system)
    const [mail] = system.mails('subscription_past_due')
    expect(mail?.text).toContain('$29.00')
    expect(mail?.text).not.toMatch(/Next attempt/)
  })

  test('what Polar tells the merchant of a decline is not told to the customer', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    const decline = { reason: 'stolen_card', message: 'For the merchant only' }
    await scenario.failRenewal({ subscriptionId, decline })
    await settled(system)
    expect(system.mails('subscription_past_due')[0]?.text).not.toMatch(/For the merchant|stolen/)
  })

  test('a customer who is deleted is not told that the subscription ended', async () => {
    const { system, scenario, subscriptionId } = await subscribed()
    const { customer_id } = system.polarWorld.world.subscriptions.get(subscriptionId) ?? {}
    await scenario.deleteCustomer(String(customer_id))
    await settled(system)
    expect(kindsOf(system)).toEqual([])
  })
})

const startTrial = async () => {
  const system = await startTestSystem()
  const { scenario } = system.polarWorld
  const { subscriptionId } = await scenario.subscribe({
    customer: { email: 'mara@example.com' },
    product: { name: 'Studio Plan', recurring_interval: 'month', trialDays: 14 },
    amount: 2900,
  })
  await settled(system)
  return { system, scenario, subscriptionId }
}

describe('a change of plan', () => {
  const changed = async (proration: 'invoice' | 'prorate' | 'next_period') => {
    const { system, scenario, subscriptionId } = await subscribed()
    await scenario.changePlan(subscriptionId, {
      product: { name: 'Team Plan', recurring_interval: 'month', amount: 5900 },
      proration,
    })
    return { system, scenario, subscriptionId }
  }

  test('that is invoiced is one email, with the amount of its order, as soon as that is paid', async () => {
    const { system } = await changed('invoice')
    const mail = await system.theMail('subscription_updated')
    expect(mail.subject).toContain('Team Plan')
    expect(mail.text).toContain('Studio Plan')
    expect(mail.text).toMatch(/Your payment of \$\d/)
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_updated'])
  })

  test('that is settled later is held for its order, and goes without one after three minutes', async () => {
    const { system } = await changed('prorate')
    await system.settle()
    system.clock.advance(2 * MINUTE)
    await system.settle()
    expect(kindsOf(system)).toEqual([])
    system.clock.advance(MINUTE + SECOND)
    const mail = await system.theMail('subscription_updated')
    expect(mail.text).toContain('next invoice')
  })

  test('whose order is paid after the email went out has a receipt of its own', async () => {
    const { system, subscriptionId } = await subscribed()
    const { events } = system.polarWorld.script.changePlan(subscriptionId, {
      product: { name: 'Team Plan', recurring_interval: 'month', amount: 5900 },
      proration: 'invoice',
      amount: 3000,
    })
    const isPaid = (event: object) => (event as { type: string }).type === 'order.paid'
    for (const event of events.filter((one) => !isPaid(one))) await system.polarWorld.deliver(event)
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_updated'])
    for (const event of events.filter(isPaid)) {
      await system.polarWorld.deliver(event)
      await system.polarWorld.deliver(event)
    }
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_updated', 'order_confirmation'])
    expect(system.mails()[0]?.text).toContain('Your payment of $30.00 for Team Plan went through')
  })

  test('for the next period is announced, and not told again when it comes with the renewal', async () => {
    const { system, scenario, subscriptionId } = await changed('next_period')
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_change_scheduled'])
    expect(system.mails()[0]?.text).toContain('Team Plan')
    system.clock.advance(31 * DAY)
    await scenario.renew({ subscriptionId })
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_change_scheduled', 'subscription_cycled'])
  })

  test('of seats names how many there are now', async () => {
    const { system, scenario, subscriptionId } = await subscribed({ subscription: { seats: 2 } })
    await scenario.changeQuantity(subscriptionId, { seats: 5, proration: 'invoice' })
    const mail = await system.theMail('subscription_updated')
    expect(mail.text).toContain('5 seats')
  })
})

describe('a top-up of a wallet, which has no product', () => {
  test('has a receipt that names it and leads to its order, and so has its refund', async () => {
    const system = await startTestSystem()
    const { scenario } = system.polarWorld
    const customer = { email: 'theo@example.com' }
    const { orderId } = await scenario.topUp({ customer, amount: 5000 })
    const mail = await system.theMail('order_confirmation')
    expect(mail.subject).toContain('Top-up')
    expect(mail.text).toContain('$50.00')
    expect(system.logText()).not.toContain('"ignored":"not_mapped","because":"order.paid"')
    await scenario.refund(orderId)
    expect((await system.theMail('order_refunded')).subject).toContain('Top-up')
  })
})

describe('a refund', () => {
  test('is told once for each, with its amount and the card', async () => {
    const system = await startTestSystem()
    const { scenario } = system.polarWorld
    const { orderId } = await scenario.purchase({
      customer: { email: 'theo@example.com' },
      product: { name: 'Field Recordings' },
      amount: 7400,
      tax: 600,
    })
    await settled(system)
    await scenario.refund(orderId, { amount: 2500, tax: 200 })
    const mail = await system.theMail('order_refunded')
    expect(mail.text).toContain('$27.00')
    expect(mail.text).toMatch(/ending in \d{4}/)
    const { refundId } = await scenario.refund(orderId, { status: 'pending' })
    await settled(system)
    expect(system.mails('order_refunded')).toHaveLength(1)
    await scenario.settleRefund(refundId)
    await settled(system)
    expect(system.mails('order_refunded')).toHaveLength(2)
  })

  test('whose order Polar cannot tell now is told as soon as it can', async () => {
    const system = await startTestSystem()
    const { orderId } = await system.polarWorld.scenario.purchase({
      customer: { email: 'theo@example.com' },
    })
    await system.theMail('order_confirmation')
    system.polarWorld.fault = ({ path }) =>
      path.includes('/orders/') ? { status: 503 } : undefined
    await system.polarWorld.scenario.refund(orderId)
    await expect.poll(() => system.logText()).toContain('event put off')
    system.polarWorld.fault = undefined
    system.clock.advance(MINUTE + SECOND)
    await system.theMail('order_refunded')
  })
})

describe('a kind that is switched off', () => {
  test('leaves the receipt of what it was about', async () => {
    const system = await startTestSystem({
      environment: { EMAIL_KINDS_OFF: 'payment_recovered' },
    })
    const { scenario } = system.polarWorld
    const failed = await scenario.failRenewal({ customer: { email: 'aiko@example.com' } })
    await settled(system)
    await scenario.recover(failed.orderId)
    await settled(system)
    expect(kindsOf(system)).toEqual(['subscription_past_due', 'subscription_cycled'])
  })

  test('is recorded with that reason and not sent', async () => {
    const system = await startTestSystem({
      environment: { EMAIL_KINDS_OFF: 'subscription_cycled' },
    })
    await system.polarWorld.deliver(fixture('order.paid'))
    await system.settle()
    expect(system.outcomes()).toMatchObject([
      { ignored: 'switched_off', because: 'subscription_cycled' },
    ])
    expect(system.mails()).toHaveLength(0)
  })
})
