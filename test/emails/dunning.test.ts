// The emails about a failed payment say what is true, for each course that it can take.

import { describe, expect, test } from 'vitest'
import { formatDate } from '../../emails/_kit/dates.ts'
import type { PropsOf } from '../../emails/index.ts'
import { type Language, languages } from '../../emails/words/index.ts'
import { amountsIn, mailOf, plain, preheaderOf, standard } from './mail.ts'

type Overdue = PropsOf['payment_reminder']

const all = Object.keys(languages) as Language[]
const kinds = ['subscription_past_due', 'payment_reminder', 'payment_final_notice'] as const

const textOf = (kind: (typeof kinds)[number], different: Partial<Overdue> = {}, name?: string) =>
  plain(mailOf(kind, different, name).text).replace(/ {2,}/g, ' ')

/** The day of the year whose words are the longest. */
const longestDay = (locale: Language): string => {
  const days = Array.from(
    { length: 12 },
    (_, month) => `2026-${String(month + 1).padStart(2, '0')}-25T10:00:00Z`,
  )
  const lengthOf = (day: string) => formatDate(day, languages[locale].standard).length
  return days.toSorted((a, b) => lengthOf(a) - lengthOf(b)).at(-1) ?? ''
}

const DEADLINE = 'If it isn’t paid by November 24, 2026, the subscription ends.'

describe('a reminder of a failed payment', () => {
  test('says what is owed, since when, why, what to do and what happens by itself', () => {
    const { subject, html } = mailOf('payment_reminder')
    expect(subject).toBe('Reminder: your payment for Studio Plan is still open')
    expect(preheaderOf(html)).toContain('by November 24, 2026')
    const text = textOf('payment_reminder')
    expect(text).toContain(
      '$29.00 for Studio Plan has been unpaid since November 4, 2026. The bank said that',
    )
    expect(text).toContain('update your payment method.\n\nUpdate payment method\n')
    expect(text).toContain(`We will try the payment again on November 11, 2026. ${DEADLINE}\n`)
    expect(text).toMatch(/^Pay by November 24, 2026\nAmount due \$29\.00$/m)
  })

  test('lists the orders where there are several, and adds them up', () => {
    const text = textOf('payment_reminder', {}, 'several-orders')
    expect(text).toContain('$41.40 for Studio Plan has been unpaid')
    expect(text).toMatch(/^Invoice LARK-9M4C-0001 \$29\.00\nAmount \$12\.40\nAmount due \$41\.40$/m)
  })

  test('adds up no currencies that differ', () => {
    const owed = ['usd', 'eur'].map((currency) => ({ number: null, value: 2900, currency }))
    const text = textOf('payment_reminder', { owed })
    expect(text).toContain('The payment for Studio Plan has been open since November 4, 2026.')
    expect(amountsIn(text)).toEqual(['$29.00', '€29.00'])
    expect(text).not.toContain('Amount due')
  })

  test('of which nothing is known names no amount', () => {
    expect(amountsIn(textOf('payment_reminder', {}, 'no-order'))).toEqual([])
  })
})

describe('the last reminder', () => {
  test('says so, and by when to pay', () => {
    expect(mailOf('payment_final_notice').subject).toBe(
      'Last reminder: please pay for Studio Plan by November 24, 2026',
    )
    const text = textOf('payment_final_notice')
    expect(text).toContain('since November 4, 2026. This is the last reminder before the')
    expect(text).toContain(`\n\n${DEADLINE}\n`)
  })
})

describe.each(kinds)('%s', (kind) => {
  const retry = /we will try|next attempt/i

  test('promises no attempt after a hard decline', () => {
    const text = textOf(kind, { nextChargeAt: '2026-11-11T11:00:00Z' }, 'not-retried')
    expect(text).toContain('We won’t charge this payment method again.')
    expect(text).toContain('please use another payment method.')
    expect(text).not.toMatch(retry)
  })

  test.each([
    ['no date is known', null],
    ['it comes on the deadline’s day', standard.payment_reminder.deadline],
  ])('promises no attempt where %s', (_, nextChargeAt) => {
    const text = textOf(kind, { nextChargeAt })
    expect(text).not.toMatch(retry)
    expect(text).toContain(`\n\n${DEADLINE}`)
  })

  test('asks for a card where there is none, and names no other', () => {
    const { html, text } = mailOf(kind, { card: { brand: 'visa', last4: '4242' } }, 'no-card')
    expect(text).toContain('There is no payment method on file.')
    expect(text).toContain('\nAdd payment method\n')
    expect(text).toContain('As soon as you add a payment method, we will try the payment again.')
    expect(text).not.toMatch(/4242|Next attempt|Update/)
    expect(preheaderOf(html)).toMatch(/^Please add a payment method/)
  })

  test('asks for a confirmation where the bank wants one, and waits for no attempt without it', () => {
    const { html, text } = mailOf(kind, { nextChargeAt: '2026-11-11T11:00:00Z' }, 'authentication')
    expect(text).toContain('open the payment and confirm it with your bank.')
    expect(text).toContain('\nConfirm payment\n')
    expect(text).not.toMatch(retry)
    expect(preheaderOf(html)).toMatch(/^Please confirm the payment/)
  })

  test.each(all)('has a button for each course in %s', (locale) => {
    const { action, add, confirm } = languages[locale].words[kind]
    const buttons = { standard: action, 'no-card': add.action, authentication: confirm.action }
    expect(new Set(Object.values(buttons)).size).toBe(3)
    for (const [name, button] of Object.entries(buttons))
      expect(mailOf(kind, { locale }, name).text).toContain(`\n${button}\n`)
  })

  test.each(all)('is seen in full beside the subject on the longest day, in %s', (locale) => {
    const deadline = longestDay(locale)
    for (const name of ['standard', 'no-card', 'authentication'])
      expect(
        preheaderOf(mailOf(kind, { locale, deadline, now: '2026-01-01T00:00:00Z' }, name).html),
      ).not.toContain('…')
  })
})

describe.each(all)('an invoice of usage that could not be collected, in %s', (locale) => {
  const { usage, facts } = languages[locale].words.payment_reminder
  const mail = (name: string) => mailOf('payment_reminder', { locale }, name)

  test('says what is owed, where to pay, and that the subscription goes on', () => {
    const { subject, html, text } = mail('usage')
    expect(plain(subject)).toBe(plain(usage.subject('Studio Plan')))
    expect(preheaderOf(html)).not.toContain('…')
    expect(text).toContain(`\n${usage.action}\n`)
    for (const sentence of [usage.ask, usage.goesOn, facts.nextTry, facts.amount])
      expect(text).toContain(sentence)
    expect(text).not.toContain(facts.deadline)
  })

  test('names no amount and no attempt that is not known', () => {
    const { text } = mail('usage-no-date')
    for (const label of [facts.nextTry, facts.amount]) expect(text).not.toContain(label)
  })
})
