import { beforeAll, describe, expect, test, vi } from 'vitest'
import { samples } from '../../emails/_kit/samples.ts'
import { createBrand } from '../../emails/index.ts'
import { amountsIn, kinds, mailOf, visible } from './mail.ts'

const purchase = samples.order_confirmation
const renewal = samples.subscription_cycled
const overdue = samples.subscription_past_due

// A machine far from Greenwich, so that a day in local time would show.
beforeAll(() => {
  vi.stubEnv('TZ', 'Pacific/Kiritimati')
})

describe('the words', () => {
  test('the text of a receipt has every amount beside its label, digits under digits', async () => {
    const { text } = await mailOf('order_confirmation', purchase['discount-and-tax'])
    expect(text).toContain(
      [
        'Item                      Amount',
        'Field Recordings Vol. 2   $49.00',
        'Extended licence          $25.00',
        'Subtotal                  $74.00',
        'Discount (TENOFF)        -$10.00',
        'Tax                        $5.12',
        'Total                     $69.12',
      ].join('\n'),
    )
  })

  test('the text of a failed payment reads from what happened to what to do', async () => {
    const { text, subject } = await mailOf('subscription_past_due', overdue.standard)
    expect(subject).toBe('Payment failed for your Studio Plan subscription')
    expect(text).toContain('The payment of $29.00 for Studio Plan failed on November 4, 2026.')
    expect(text).toContain(`Update payment method\n${overdue.standard.links.action}\n`)
    expect(text).toContain('If it isn’t paid by November 25, 2026, the subscription ends.')
    expect(text).not.toMatch(/access|paused/i)
  })

  test('a failed payment of unknown amount names no amount', async () => {
    const { html, text } = await mailOf('subscription_past_due', overdue['without-amount'])
    expect(text).toContain('The payment for Studio Plan failed on November 4, 2026.')
    expect(amountsIn(text + visible(html))).toEqual([])
  })

  test.each(kinds)('%s greets somebody without a name', async (kind) => {
    const { text } = await mailOf(kind, { ...samples[kind].standard, customerName: null })
    expect(text).toContain('\nHello,\n')
    expect(text).not.toContain('Hi ')
  })

  test.each([
    ['Win at evil.example.com', 'Hello,'],
    ['Click http://evil', 'Hello,'],
    ['me@example.com', 'Hello,'],
    ['J. R. R. Tolkien', 'Hi J. R. R. Tolkien,'],
  ])(
    'a customer named %j reads %j, since a name is no place for a link',
    async (name, greeting) => {
      const props = { ...purchase.standard, customerName: name }
      expect((await mailOf('order_confirmation', props)).text).toContain(`\n${greeting}\n`)
    },
  )

  test('an order that credit or a discount covers claims no payment', async () => {
    const covered = [
      await mailOf('subscription_cycled', renewal['account-credit']),
      await mailOf('order_confirmation', purchase['fully-discounted']),
    ]
    for (const { text } of covered) {
      expect(text).toMatch(/There (is|was) nothing to pay/)
      expect(text).not.toContain('Your payment')
    }
  })

  test('a free order says so, without rows of zeros', async () => {
    const { text } = await mailOf('order_confirmation', purchase.free)
    expect(text).toContain('There is nothing to pay.')
    expect(text).toMatch(/^Starter Kit +Free$/m)
    expect(text).not.toContain('$0')
  })

  test('a subscription that will not renew promises no renewal', async () => {
    const { standard } = renewal
    const props = { ...standard, plan: { ...standard.plan, renewsAt: null } }
    for (const kind of ['subscription_cycled', 'subscription_confirmation'] as const)
      expect((await mailOf(kind, props)).text).not.toMatch(/renews on|next renewal/i)
  })

  test.each([
    ['month', 1, 'Monthly'],
    ['year', 1, 'Yearly'],
    ['week', 2, 'Every 2 weeks'],
    ['month', 3, 'Every 3 months'],
  ] as const)('every %s, %d at a time, is billed %s', async (interval, intervalCount, expected) => {
    const { standard } = renewal
    const props = { ...standard, plan: { ...standard.plan, interval, intervalCount } }
    const { text } = await mailOf('subscription_cycled', props)
    expect(text).toMatch(new RegExp(`^Billed +${expected}$`, 'm'))
  })

  test('a day is the day in UTC', async () => {
    const { standard } = purchase
    const at = (date: string) =>
      mailOf('order_confirmation', { ...standard, order: { ...standard.order, date } })
    expect((await at('2026-11-04T23:59:59.999999Z')).text).toContain('November 4, 2026')
    expect((await at('2026-11-05T00:30:00+02:00')).text).toContain('November 4, 2026')
  })

  test.each([
    ['en-GB', 'en-GB', '4 November 2026'],
    ['en_GB', 'en-GB', '4 November 2026'],
    ['fr-FR', 'en-US', 'November 4, 2026'],
    ['en-US-u-nu-arab', 'en-US', 'November 4, 2026'],
    ['', 'en-US', 'November 4, 2026'],
    ['<b>', 'en-US', 'November 4, 2026'],
  ])('a customer of locale %j reads %s: %s', async (locale, lang, date) => {
    const { html, text } = await mailOf('order_confirmation', { ...purchase.standard, locale })
    expect(html).toContain(`lang="${lang}"`)
    expect(text).toContain(date)
  })

  test('everything that a brand says of itself is in both parts, and its logo is named', async () => {
    const brand = createBrand({
      name: 'Larkspur',
      logo: { url: 'https://cdn.example.com/logo.png', alt: 'Larkspur', width: 120, height: 32 },
      address: ['Hornsgatan 12', 'Stockholm'],
      supportEmail: 'help@example.com',
      websiteUrl: 'https://larkspur.example.com',
      note: 'Company 5590',
    })
    const { html, text } = await mailOf('order_confirmation', { ...purchase.standard, brand })
    for (const part of [html, text])
      for (const word of ['Larkspur', 'Hornsgatan 12', 'help@example.com', 'Company 5590'])
        expect(part).toContain(word)
    expect(html).toMatch(/<img[^>]* alt="Larkspur"[^>]* height="32"/)
    expect(text).not.toContain('logo.png')
  })
})
