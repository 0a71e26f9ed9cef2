// From an event at the door to an email in the inbox.

import { describe, expect, test } from 'vitest'
import { fixture, paidOrder } from '../support/events.ts'
import { shareSystem } from '../support/shared-system.ts'
import { linksIn, startTestSystem } from '../support/system.ts'

const NOT_TAKEN = [
  'mära@example.com',
  '"mara lind"@example.com',
  'mara@example.com.',
  'a@x.com,b@x.com',
]

describe('what Polar tells becomes one email', () => {
  const shared = shareSystem()

  test('a purchase is confirmed, with its amounts, its tags and its links', async () => {
    const system = shared()
    const before = system.mails().length
    await system.polarWorld.scenario.purchase({
      customer: { name: 'Theo Okafor', email: 'theo@example.com' },
      product: { name: 'Field Recordings' },
      amount: 7400,
      discount: 1000,
      tax: 512,
    })
    const mail = await system.theMail('order_confirmation')
    expect(mail.to).toEqual(['theo@example.com'])
    expect(mail.html).toContain('$69.12')
    expect(mail.text).toContain('$69.12')
    expect(mail.text).toContain('Field Recordings')
    expect(mail.tags).toEqual([
      { name: 'kind', value: 'order_confirmation' },
      { name: 'message', value: expect.stringMatching(/^msg_[\w-]{44}$/) },
    ])
    expect(mail.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' })
    const links = linksIn(mail.text)
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) {
      expect(mail.html).toContain(link)
      expect(new URL(link).origin).toBe(system.postern)
      expect(link.length).toBeLessThanOrEqual(`${system.postern}/l/`.length + 160)
    }
    expect(system.mails()).toHaveLength(before + 1)
  })

  test('all events of one new subscription make one email', async () => {
    const system = shared()
    const before = system.mails().length
    const { deliveries } = await system.polarWorld.scenario.subscribe({
      customer: { email: 'mara@example.com' },
    })
    expect(deliveries.map(({ type }) => type)).toContain('subscription.created')
    await system.theMail('subscription_confirmation')
    expect(system.mails()).toHaveLength(before + 1)
  })

  test('a renewal is told when it is paid, not when it is billed', async () => {
    const system = shared()
    const before = system.mails().length
    const { events } = system.polarWorld.script.renew({ customer: { email: 'noor@example.com' } })
    const typeOf = (event: object) => (event as { type: string }).type
    for (const event of events.filter((one) => typeOf(one) !== 'order.paid'))
      await system.polarWorld.deliver(event)
    await system.settle()
    expect(system.mails()).toHaveLength(before)
    for (const event of events.filter((one) => typeOf(one) === 'order.paid'))
      await system.polarWorld.deliver(event)
    await system.theMail('subscription_cycled')
    expect(system.mails()).toHaveLength(before + 1)
  })

  test('a failed payment names the amount, the plan and the day it ends', async () => {
    const system = shared()
    const before = system.mails().length
    await system.polarWorld.scenario.failRenewal({
      customer: { email: 'aiko@example.com' },
      product: { name: 'Studio Plan' },
      amount: 4800,
      currency: 'jpy',
    })
    const mail = await system.theMail('subscription_past_due')
    expect(mail.text).toMatch(/[¥￥]4,800/)
    expect(mail.text).toContain('Studio Plan')
    expect(system.mails()).toHaveLength(before + 1)
  })

  test('a trial that turns paid, a final invoice and the charge after a pause do not go out as renewals', async () => {
    const system = await startTestSystem()
    await system.polarWorld.deliver(fixture('order.paid.trial-converted'))
    const final = fixture('order.paid')
    final.data.subscription.ended_at = final.timestamp
    await system.polarWorld.deliver(final)
    const resumed = fixture('subscription.resumed')
    await system.polarWorld.deliver(resumed)
    await system.settle()
    const charge = fixture('order.paid')
    charge.data.id = '11111111-2222-4333-8444-555555555555'
    charge.data.subscription.current_period_start = resumed.data.current_period_start
    await system.polarWorld.deliver(charge)
    await system.settle()
    expect(system.mails('subscription_cycled')).toHaveLength(0)
    expect(system.mails()).toHaveLength(3)
  })
})

describe('once for each fact', () => {
  test('a redelivered event, the same fact under another event id, and a changed address send nothing twice', async () => {
    const system = await startTestSystem()
    const event = paidOrder()
    const first = await system.polarWorld.deliver(event)
    await system.theMail('order_confirmation')
    const again = await system.polarWorld.deliver(event, { webhookId: first.webhookId })
    const other = await system.polarWorld.deliver(event)
    expect([first, again, other].map(({ status }) => status)).toEqual([202, 202, 202])
    expect(JSON.parse(again.body)).toEqual({ stored: 'before' })
    await system.settle()
    expect(system.mails()).toHaveLength(1)
    event.data.customer.email = 'another@example.com'
    await system.polarWorld.deliver(event)
    await system.settle()
    expect(system.mails()).toHaveLength(1)
  })

  test('the same event twenty times at once sends one email', async () => {
    const system = await startTestSystem()
    const event = paidOrder()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => system.polarWorld.deliver(event)),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    await system.theMail('order_confirmation')
  })
})

describe('who is told', () => {
  test('a team: its own address, its owners and its billing managers, nobody twice, nobody else', async () => {
    const system = await startTestSystem()
    await system.polarWorld.scenario.purchase({
      customer: {
        type: 'team',
        email: 'Team@example.com',
        members: [
          { email: 'owner@example.com', role: 'owner' },
          { email: 'money@example.com', role: 'billing_manager' },
          { email: 'team@example.com', role: 'billing_manager' },
          { email: 'member@example.com', role: 'member' },
        ],
      },
    })
    await system.settle()
    expect(
      system
        .mails()
        .map(({ to }) => to[0])
        .sort(),
    ).toEqual(['Team@example.com', 'money@example.com', 'owner@example.com'])
    expect(new Set(system.mails().map(({ tags }) => tags[1]?.value)).size).toBe(3)
  })

  test('a team whose members Polar cannot tell now is told as soon as it can', async () => {
    const system = await startTestSystem()
    system.polarWorld.fault = ({ path }) => (path.includes('members') ? { status: 503 } : undefined)
    await system.polarWorld.scenario.purchase({
      customer: { type: 'team', members: [{ email: 'owner@example.com', role: 'owner' }] },
    })
    await expect.poll(() => system.logText()).toContain('event put off')
    system.polarWorld.fault = undefined
    system.clock.advance(61_000)
    await system.theMail('order_confirmation')
  })

  test('nobody, when there is no address: that is recorded', async () => {
    const system = await startTestSystem()
    const event = paidOrder()
    event.data.customer.email = null
    await system.polarWorld.deliver(event)
    await system.settle()
    expect(system.outcomes()).toMatchObject([{ ignored: 'no_recipient' }])
  })
})

describe('when nothing is to be sent', () => {
  test('an address that is not on the allowlist is recorded as not sent', async () => {
    const system = await startTestSystem({
      environment: { EMAIL_ALLOWLIST: 'ops@example.com,@staff.example.com' },
    })
    await system.polarWorld.deliver(paidOrder())
    const allowed = paidOrder()
    allowed.data.customer.email = 'someone@staff.example.com'
    await system.polarWorld.deliver(allowed)
    const mail = await system.theMail('order_confirmation')
    expect(mail.to).toEqual(['someone@staff.example.com'])
    expect(system.logs()).toContainEqual(
      expect.objectContaining({ msg: 'message not sent', because: 'not_allowed' }),
    )
  })

  test('a domain with umlauts is mailed in ASCII, and is one with its ASCII form on the allowlist', async () => {
    const system = await startTestSystem({ environment: { EMAIL_ALLOWLIST: '@bücher.example' } })
    for (const email of ['Mara@Bücher.example', 'theo@xn--bcher-kva.example']) {
      await system.polarWorld.scenario.purchase({ customer: { email } })
      await system.settle()
    }
    expect(system.mails().flatMap(({ to }) => to)).toEqual([
      'theo@xn--bcher-kva.example',
      'Mara@xn--bcher-kva.example',
    ])
  })

  test('an address that no mail server takes is recorded as not sent, and Resend is not asked', async () => {
    const system = await startTestSystem()
    for (const email of NOT_TAKEN) {
      const before = system.logs().length
      await system.polarWorld.scenario.purchase({ customer: { email } })
      await system.settle()
      expect([email, system.resendWorld.requests()]).toEqual([email, 0])
      expect(system.logs().slice(before)).toContainEqual(
        expect.objectContaining({ msg: 'message not sent', because: 'invalid_address' }),
      )
      expect(system.logText()).not.toContain(email)
    }
  })

  test('a payment mended before its email was sent is not complained about', async () => {
    const system = await startTestSystem()
    const resend = system.resendWorld
    resend.fault = () => ({
      status: 429,
      body: { name: 'rate_limit_exceeded', statusCode: 429, message: 'slow down' },
      headers: { 'retry-after': '30' },
    })
    const failed = await system.polarWorld.scenario.failRenewal({
      customer: { email: 'aiko@example.com' },
    })
    await expect.poll(() => system.logText()).toContain('deliveries paused')
    await system.polarWorld.scenario.recover(failed.orderId)
    await expect.poll(() => system.outcomes().filter(({ messages }) => messages)).toHaveLength(2)
    resend.fault = undefined
    system.clock.advance(60_000)
    await system.settle()
    expect(system.logText()).toContain('"because":"recovered"')
    expect(system.mails('subscription_past_due')).toHaveLength(0)
  })
})
