// A name is not a way to write to people: nothing that a customer typed becomes a link or a call in a mail client.

import { LinkifyIt } from 'linkify-it'
import tlds from 'tlds' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { customerText, greetingName, postalCodeText } from '../../emails/_kit/customer-text.ts'
import { address } from '../../emails/_kit/samples/parts.ts'
import { mailOf, plain, standard } from './mail.ts'

const client = new LinkifyIt({ fuzzyLink: true, fuzzyIP: true, tlds })

/** Links, addresses and numbers, and how each reads where a name stands. */
const reachable: [text: string, shown: string][] = [
  ['evil-pay.com/claim', 'evil-pay. com/claim'],
  ['EVIL.COM', 'EVIL. COM'],
  ['t.co', 't. co'],
  ['www.x', 'www. x'],
  ['bücher.de', 'bücher. de'],
  ['موقع.شبكة', 'موقع. شبكة'],
  ['山田.コム', '山田. コム'],
  ['evil\uff0ecom', 'evil. com'],
  ['evil\u3002com', 'evil. com'],
  ['evil\uff61com', 'evil. com'],
  ['evil\u2024com', 'evil. com'],
  ['ev\u{e0041}il.c\u{e0041}om', 'evil. com'],
  ['evil\u200d.com', 'evil. com'],
  ['evil\u200b.\u2060c\u202eom', 'evil. com'],
  ['win@evil.com', 'win @ evil. com'],
  ['win＠evil．com', 'win @ evil. com'],
  ['me at evil.example', 'me at evil. example'],
  ['http://evil', 'http: / /evil'],
  ['//evil', '/ /evil'],
  ['\\\\evil\\share', '\\ \\evil\\share'],
  ['mailto:x', 'mailto: x'],
  ['tel:911', 'tel: 911'],
  ['203.0.113.7', '203. 0. 113. 7'],
  ['2001:db8::7', '2001: db8: : 7'],
  ['http://[2001:db8::7]/', 'http: / /[2001: db8: : 7]/'],
  ['Call +1 888 555 0199', 'Call …'],
  ['(888) 555-0199', '…'],
  ['888.555.0199', '…'],
  ['0800 123 456', '…'],
  ['01 23 45 67 89', '…'],
  ['１２３-４５６-７８９０', '…'],
  ['٠١٢٣ ٤٥٦ ٧٨٩', '…'],
  ['8885550199', '…'],
  ['1-800-EVIL-PAY', '…'],
  ['555-0199', '555 · 0199'],
]

const named = [
  'O’Brien',
  "O'Brien",
  'Jean-Luc',
  'Dr. A. B. Smith',
  'A.B.Smith',
  'St. John',
  '山田 太郎',
  '山田｡',
]
const inArabic = ['محمد علي', 'د/ سارة', 'م/ أحمد', 'د.محمد', 'أ.د/ محمد علي', 'خانه\u200cدار']

describe('what a customer typed', () => {
  test.each(reachable)('is neither a link nor a call: %j reads %j', (text, shown) => {
    expect(customerText(text)).toBe(shown)
    expect(client.match(customerText(text))).toBeNull()
    expect(customerText(shown)).toBe(shown)
  })

  test.each([
    ...named,
    ...inArabic,
    'Müller/Schmidt GbR',
    'Rossi S.p.A.',
    'Novak d.o.o.',
    'Hornsgatan 40, 2. OG',
    '118 21 Stockholm',
    '六本木6-10-1-1205',
    '神宮前12-34-56-1203',
    'Rochester, NY 14607-1234',
    'DE123456789',
    '1234567 Canada Inc.',
    '葛\u{e0100}城 花子',
    '👩‍👩‍👧‍👦',
  ])('stays as it is where nobody can be reached by it: %s', (text) => {
    expect(customerText(text)).toBe(text)
  })

  test.each([
    ['Acme.io GmbH', 'Acme. io GmbH'],
    ['9876-5432 Québec inc.', '9876 · 5432 Québec inc.'],
    ['Example Co.Ltd', 'Example Co. Ltd'],
  ])('stays readable where a company looks like a link or a number: %s', (text, shown) => {
    expect(customerText(text)).toBe(shown)
  })

  test.each([
    ['tags', 'Ma\u{e0020}\u{e0041}ra'],
    ['bidi controls', 'Ma\u202e\u2067ra'],
    ['nothing that is seen', 'Ma\u200b\u200d\u00ad\u2060\u3164\ufeffra'],
    ['row of selectors', 'Mara\u{e0101}\u{e0102}'],
  ])('has no %s', (_, text) => {
    expect(customerText(text)).toBe('Mara')
  })

  test.each(['a', '1', 'a.', '+1 ', '@', 'a:', ':', '/', '\u200d', '録'])(
    'is read no further than it is shown: a megabyte of %j',
    (isolate) => {
      const all = isolate.repeat(1_000_000 / isolate.length)
      expect(customerText(all)).toBe(customerText(all.slice(0, 480)))
      expect(greetingName(all)).toBe(greetingName(all.slice(0, 480)))
    },
  )

  test.each(['14607-1234', '01310-100', '150-0001', 'SW1A 2AA', '118 21'])(
    'is a postal code: %s',
    (text) => {
      expect(postalCodeText(text)).toBe(text)
    },
  )

  test.each([
    ['8885550199', '…'],
    ['evil.com', 'evil. com'],
  ])('is no postal code: %s', (text, shown) => {
    expect(postalCodeText(text)).toBe(shown)
  })
})

describe('a greeting', () => {
  test.each([...named, ...inArabic])('has the name of %s', (name) => {
    expect(greetingName(name)).toBe(name)
  })

  test.each([
    ...reachable.map(([text]) => text),
    '.',
    '',
    ' ',
    '-',
    '123',
    '\u200b',
    'Win at evil.example now',
  ])('has no name that is none: %j', (text) => {
    expect(greetingName(text)).toBeNull()
  })

  test.each([
    ['Wolfeschlegelsteinhausen Montgomery the Younger', 'Wolfeschlegelsteinhausen Montgomery…'],
    [
      'Donaudampfschifffahrtselektrizitätengesellschaft',
      'Donaudampfschifffahrtselektrizitätenges…',
    ],
    ['👩‍👩‍👧‍👦 Mara '.repeat(10), '👩‍👩‍👧‍👦 Mara 👩‍👩‍👧‍👦 Mara…'],
  ])('has at most forty characters: %s', (name, shown) => {
    expect(greetingName(name)).toBe(shown)
    expect(shown.length).toBeLessThanOrEqual(40)
  })
})

test.each(reachable)('an email passes on %j as nothing to click or call', (text) => {
  const { order } = standard.order_confirmation
  const email = mailOf('order_confirmation', {
    customerName: text,
    order: { ...order, billingName: text, billingAddress: address({ line1: text, city: text }) },
  })
  const ours = mailOf('order_confirmation')
  const linksOf = (part: string) => client.match(part)?.map(({ url }) => url)
  expect(linksOf(email.text)).toEqual(linksOf(ours.text))
  expect(linksOf(email.subject)).toEqual(linksOf(ours.subject))
  expect(plain(email.text)).toContain('\nHello,\n')
  for (const part of [email.html, email.text, email.subject])
    if (text !== customerText(text)) expect(part).not.toContain(text)
})

test('the merchant’s own words keep their links', () => {
  const benefits = [{ name: 'acme.io', note: 'Open docs.acme.io or call 0800 123 456.' }]
  const { text } = mailOf('order_confirmation', { product: 'Node.js Pro', benefits })
  for (const own of ['acme.io', 'Open docs.acme.io or call 0800 123 456.', 'Node.js Pro'])
    expect(text).toContain(own)
})
