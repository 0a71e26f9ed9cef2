// The details of an email beyond its event: invoices, benefits, cards, the bank's reason, and its brand and language.

import { describe, expect, test } from 'vitest'
import { brandSettings } from '../../emails/index.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { purchases, releaseAndSettle, startHeldSystem, tellAll } from '../support/backlog.ts'
import { paidOrder } from '../support/events.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const theo = { name: 'Theo Okafor', email: 'theo@example.com' }

/** How often this was asked of Polar; ids in a path read `{id}`. */
const asked = (system: TestSystem, part: string) =>
  Object.entries(system.polarWorld.calls())
    .filter(([path]) => path.includes(part))
    .reduce((sum, [, count]) => sum + count, 0)

const shared = shareSystem()

/** The email about the purchase of a new customer. */
const mailAbout = async ({
  customer = {},
  ...purchase
}: Parameters<TestSystem['polarWorld']['scenario']['purchase']>[0] & { customer?: object }) => {
  const email = newAddress()
  await shared().polarWorld.scenario.purchase({
    ...purchase,
    customer: { ...theo, ...customer, email },
  })
  await shared().settle()
  const mail = shared()
    .mails('order_confirmation')
    .find(({ to }) => to.join().includes(email))
  if (!mail) throw new Error('no email about the purchase')
  return mail
}

describe('an invoice', () => {
  test('is written by Polar on request and attached', async () => {
    const mail = await mailAbout({ amount: 4900 })
    const [invoice, ...more] = mail.attachments
    expect(more).toEqual([])
    expect(invoice?.filename).toMatch(/^invoice-[\w-]+\.pdf$/)
    expect(
      Buffer.from(invoice?.content ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect(mail.text).toContain('invoice is attached')
  })

  test('that is not written in time is left to the portal, and the email says so', async () => {
    const system = await startTestSystem()
    system.polarWorld.fault = ({ method, path }) =>
      method === 'GET' && path.endsWith('/invoice')
        ? { status: 404, body: { error: 'ResourceNotFound' } }
        : undefined
    await system.polarWorld.scenario.purchase({ customer: theo, amount: 4900 })
    for (let i = 0; i < 8; i++) {
      system.clock.advance(10 * SECOND)
      await system.settle()
    }
    const mail = await system.theMail('order_confirmation')
    expect(mail.attachments).toEqual([])
    expect(mail.text).not.toContain('attached')
    expect(mail.text).toMatch(/download your invoice/)
  })

  test('is not asked for where nothing was paid or nobody is billed', async () => {
    const before = asked(shared(), '/invoice')
    for (const purchase of [{ amount: 0 }, { order: { billing_name: null } }])
      expect((await mailAbout(purchase)).text).not.toMatch(/invoice is|your invoice/)
    expect(asked(shared(), '/invoice')).toBe(before)
  })

  test('is not waited for while more than fifty messages wait', async () => {
    const system = await startHeldSystem({ environment: { RESEND_RATE_LIMIT: '1' } })
    await tellAll(system, [...purchases(80), paidOrder()])
    await releaseAndSettle(system)
    expect(system.mails()).toHaveLength(81)
    expect(asked(system, '/invoice')).toBe(0)
  })
})

describe('a failed payment', () => {
  test('names the card, the reason, the next attempt and how long access lasts', async () => {
    await shared().polarWorld.scenario.failRenewal({
      customer: { email: newAddress() },
      amount: 2900,
      decline: { reason: 'insufficient_funds', message: 'Your card has insufficient funds.' },
    })
    const { text } = await shared().theMail('subscription_past_due')
    expect(text).toContain('$29.00')
    expect(text).toContain('Visa ending in 1881')
    expect(text).toContain('there isn’t enough money in the account')
    expect(text).toMatch(/Next attempt/)
    expect(text).toMatch(/You keep access until/)
  })

  test('waits for the next attempt, which Polar writes a little later', async () => {
    const system = await startTestSystem()
    const { events, afterwards } = system.polarWorld.script.failRenewal({
      customer: { email: 'aiko@example.com' },
    })
    for (const event of events) await system.polarWorld.deliver(event)
    await expect.poll(() => asked(system, '/orders/')).toBeGreaterThan(0)
    expect(system.mails()).toEqual([])
    afterwards?.()
    system.clock.advance(3 * SECOND)
    expect((await system.theMail('subscription_past_due')).text).toMatch(/Next attempt/)
  })

  test('goes out without what Polar does not write, and without Polar', async () => {
    const system = await startTestSystem()
    system.polarWorld.fault = () => ({ status: 503 })
    await system.polarWorld.scenario.failRenewal({
      customer: { email: 'aiko@example.com' },
      amount: 2900,
    })
    for (let i = 0; i < 3; i++) {
      await system.settle()
      system.clock.advance(6 * SECOND)
    }
    const { text } = await system.theMail('subscription_past_due')
    expect(text).toContain('$29.00')
    expect(text).not.toMatch(/Next attempt|ending in/)
  })
})

describe('benefits', () => {
  test('that are public are listed with their notes, private ones are not', async () => {
    const { text, html } = await mailAbout({
      product: {
        name: 'Field Recordings',
        benefits: [
          { type: 'custom', description: 'Onboarding call', note: 'Book a slot with us' },
          { type: 'custom', description: 'Internal flag', visibility: 'private' },
        ],
      },
    })
    for (const part of [text, html]) {
      expect(part).toContain('Onboarding call')
      expect(part).toContain('Book a slot with us')
      expect(part).not.toContain('Internal flag')
    }
  })
})

describe('the language and the brand', () => {
  test.each([
    ['de-AT', 'de-AT', 'ltr', /Bestellung/],
    ['ja', 'ja-JP', 'ltr', /注文/],
    ['ar', 'ar', 'rtl', /طلب/],
    ['xx-nonsense', 'en-US', 'ltr', /order/],
  ])('a customer of locale %s reads %s, %s', async (locale, lang, dir, words) => {
    const { html, subject } = await mailAbout({ customer: { locale } })
    expect(html).toMatch(new RegExp(`<html[^>]* dir="${dir}"[^>]* lang="${lang}`))
    expect(subject).toMatch(words)
  })

  test('name and picture are those of the organization at Polar, where nothing else is set', async () => {
    const { html } = await mailAbout({})
    // A merchant's own file outranks what Polar knows.
    expect(html).toContain(brandSettings.logo?.url ?? `${shared().polar}/files/avatars/`)
  })

  test('are not waited for when Polar hangs', async () => {
    const system = await startTestSystem()
    system.polarWorld.fault = ({ path }) =>
      path.includes('/organizations/') ? { status: 503 } : undefined
    await system.polarWorld.scenario.purchase({ customer: theo })
    await system.theMail('order_confirmation')
  })
})

describe('the budget of calls to Polar', () => {
  test('is left to clicks when messages have had their share', async () => {
    const system = await startTestSystem({
      environment: { POLAR_ENVIRONMENT: 'sandbox', EMAIL_ALLOWLIST: 'example.com' },
    })
    const { scenario } = system.polarWorld
    const minute = () => Math.floor(system.clock.now() / MINUTE)
    const first = minute()
    for (let i = 0; i < 34; i++)
      await scenario.purchase({ customer: { email: `customer-${i}@example.com` } })
    const mails = () => {
      system.clock.advance(SECOND)
      return system.mails('order_confirmation').length
    }
    await expect.poll(mails, { interval: 100, timeout: 50_000 }).toBe(34)
    // Sixty of each minute's hundred calls are theirs, and they want sixty-eight.
    expect(asked(system, '/v1/')).toBeGreaterThanOrEqual(60)
    expect(asked(system, '/v1/')).toBeLessThanOrEqual((minute() - first + 1) * 60)
  })
})
