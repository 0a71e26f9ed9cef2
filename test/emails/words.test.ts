import { beforeAll, describe, expect, test, vi } from 'vitest'
import { amountsIn, mailOf, standard } from './mail.ts'

// A machine far from Greenwich, so that a day in local time would show.
beforeAll(() => {
  vi.stubEnv('TZ', 'Pacific/Kiritimati')
})

const textOf = (...of: Parameters<typeof mailOf>) => mailOf(...of).text

describe('a receipt', () => {
  test('has every amount beside its label, digits under digits', () => {
    expect(textOf('order_confirmation', {}, 'discount-and-tax')).toContain(
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

  test('lists what comes with it, and the merchant’s notes line by line', () => {
    expect(textOf('order_confirmation')).toContain(
      [
        'What you get',
        '',
        '- All recordings in 24-bit WAV',
        '- Private listening room',
        '  Every first Thursday at 19:00 CET.',
        '  The door code comes by email on the day before.',
        '- Commercial licence for one project',
      ].join('\n'),
    )
  })

  test('says of a note no address that a program would make a link of', () => {
    const benefits = [{ name: 'Chat', note: 'Join\nhttps://chat.example.com/x\n\n\n\nSoon' }]
    const { html, text } = mailOf('order_confirmation', { benefits })
    expect(text).toContain('  Join\n  chat.example.com/x\n\n  Soon')
    expect(html.match(/<a /g)).toHaveLength(2)
  })

  test('stays in bounds however much is said of its benefits', () => {
    const benefits = Array.from({ length: 90 }, (_, at) => ({
      name: `Benefit ${at}`,
      note: 'Word '.repeat(500),
    }))
    const { text } = mailOf('order_confirmation', { benefits })
    expect(text).toContain('- Benefit 29')
    expect(text).not.toContain('Benefit 30')
    expect(text.length).toBeLessThan(5000)
  })

  test.each([
    ['attached', 'Your invoice is attached to this email.'],
    ['in_portal', 'You can download your invoice'],
    [null, ''],
  ] as const)('with its invoice %s says where it is', (invoice, line) => {
    const text = textOf('subscription_cycled', { invoice })
    expect(text).toContain(line)
    if (invoice === null) expect(text).not.toMatch(/your invoice/i)
  })

  test('that credit or a discount covers claims no payment', () => {
    for (const text of [
      textOf('subscription_cycled', {}, 'account-credit'),
      textOf('order_confirmation', {}, 'fully-discounted'),
    ]) {
      expect(text).toContain('There is nothing to pay')
      expect(text).not.toContain('Your payment')
    }
  })

  test('of nothing says so, without rows of zeros', () => {
    const text = textOf('order_confirmation', {}, 'free')
    expect(text).toContain('There is nothing to pay.')
    expect(text).toMatch(/^Starter Kit +Free$/m)
    expect(text).not.toContain('$0')
  })

  test('has the day in UTC', () => {
    const { order } = standard.order_confirmation
    const at = (date: string) => textOf('order_confirmation', { order: { ...order, date } })
    expect(at('2026-11-04T23:59:59.999999Z')).toContain('November 4, 2026')
    expect(at('2026-11-05T00:30:00+02:00')).toContain('November 4, 2026')
  })
})

describe('a subscription', () => {
  const { plan } = standard.subscription_cycled

  test('that will not renew promises no renewal', () => {
    const ending = { plan: { ...plan, renewsAt: null } }
    const kinds = ['subscription_cycled', 'subscription_confirmation', 'payment_recovered'] as const
    for (const kind of kinds) expect(textOf(kind, ending)).not.toMatch(/renews on|next renewal/i)
  })

  test.each([
    ['month', 1, 'Monthly'],
    ['year', 1, 'Yearly'],
    ['week', 2, 'Every 2 weeks'],
    ['month', 3, 'Every 3 months'],
  ] as const)('every %s, %d at a time, is billed %s', (interval, intervalCount, expected) => {
    const text = textOf('subscription_cycled', { plan: { ...plan, interval, intervalCount } })
    expect(text).toMatch(new RegExp(`^Billed +${expected}$`, 'm'))
  })

  test('says for how many it is', () => {
    const quantity = { count: 5, of: 'seat' } as const
    const text = textOf('subscription_cycled', { plan: { ...plan, quantity } })
    expect(text).toMatch(/^Subscription +Studio Plan · 5 seats$/m)
  })

  test('that changes says from what to what, and what it cost', () => {
    const text = textOf('subscription_updated')
    expect(text).toContain('from Solo Plan to Studio Plan, with immediate effect. Your payment of')
    expect(text).toMatch(/^Before +Solo Plan\nNow +Studio Plan$/m)
    expect(textOf('subscription_updated', {}, 'settled-later')).toContain('your next invoice')
    expect(textOf('subscription_updated', {}, 'quantity')).toMatch(/^Before .*3 seats\nNow .*5/m)
  })

  test('that will change says when, and nothing it doesn’t know', () => {
    expect(textOf('subscription_change_scheduled')).toMatch(/^From December 4, 2026 +Solo Plan$/m)
    const unnamed = textOf('subscription_change_scheduled', {}, 'unnamed')
    expect(unnamed).toContain('Your Studio Plan subscription changes on December 4, 2026.')
    expect(unnamed).not.toContain('From December')
  })

  test('that is paused at an unknown time names no day', () => {
    const text = textOf('subscription_paused', {}, 'scheduled-without-dates')
    expect(text).toContain('at the end of the current period')
    expect(text).not.toMatch(/20\d\d/)
  })
})

describe('a failed payment', () => {
  test('reads from what happened to what to do, until when, and what goes on meanwhile', () => {
    const { text, subject } = mailOf('subscription_past_due')
    expect(subject).toBe('Payment failed for your Studio Plan subscription')
    for (const sentences of [
      'The payment of $29.00 for Studio Plan failed on November 4, 2026. The bank said that',
      `Update payment method\n${standard.subscription_past_due.links.action}\n`,
      'We will try the payment again on November 6, 2026,',
      'If it isn’t paid by November 24, 2026, the subscription ends. You keep access until',
    ])
      expect(text).toContain(sentences)
    expect(text).toMatch(/^Payment method +Visa ending in 4242$/m)
  })

  test('of which little is known says little', () => {
    const text = textOf('subscription_past_due', {}, 'without-amount')
    expect(text).toContain('The payment for Studio Plan failed on November 4, 2026. To keep')
    expect(amountsIn(text)).toEqual([])
    expect(text).not.toMatch(/access|ending in|bank|Next attempt/)
  })
})

test.each([
  ['standard', /We have refunded \$15\.00 of your order of .* Mastercard card ending in 5454/],
  ['full', /in full: \$49\.00\. The money goes back to the payment method you paid with/],
])('a refund, %s, says how much, where to and how long', (name, expected) => {
  expect(textOf('order_refunded', {}, name)).toMatch(expected)
})

test.each([
  ['Win at evil.example.com', 'Hello,'],
  ['Click http://evil', 'Hello,'],
  ['me@example.com', 'Hello,'],
  ['J. R. R. Tolkien', 'Hi J. R. R. Tolkien,'],
])(
  'a customer named %j reads %j, since a name is no place for a link',
  (customerName, greeting) => {
    expect(textOf('order_confirmation', { customerName })).toContain(`\n${greeting}\n`)
  },
)
