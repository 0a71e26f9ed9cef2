// An email as its blocks see it: what it says, fit to print, whose it is, and the language it is read in.

import { spoken, type Words } from '../words/index.ts'
import type { Brand, Some } from './brand.ts'
import { formatCount } from './counts.ts'
import { formatDate } from './dates.ts'
import { type Reader, readerOf } from './language.ts'
import { formatMoney } from './money.ts'
import { printable } from './printable.ts'
import type { Common, Kind, OrderSummary, Plan, PropsOf } from './props.ts'

/** What every block needs to know, whatever the email is about. */
export type Letter = Omit<Common, 'locale'> &
  Reader & {
    common: Words['common']
    /** The brand's name as it stands in a sentence. */
    brandName: string
    /** What comes from outside, as it stands in a sentence or a line. */
    piece(text: string): string
    date(iso: string): string
    count(number: number): string
    money(amount: number, currency: string): string
    /** What was paid for an order; null for nothing. */
    paid(order: Pick<OrderSummary, 'paid' | 'currency'> | null): string | null
    /** What is said of several sentences, as one paragraph. */
    say(...sentences: (string | null | false)[]): string
  }

export type LetterOf<K extends Kind> = Omit<PropsOf[K], keyof Letter> & Letter & { words: Words[K] }

/** Those of `words`, unless there are `own` ones. */
const chosen = <T extends object>(words: T, own: Some<T> | undefined): T => {
  if (own === undefined) return words
  const all = { ...words } as Record<string, unknown>
  for (const [key, value] of Object.entries(own)) {
    const ours = all[key]
    const isGroup = typeof ours === 'object' && !Array.isArray(ours)
    if (value !== undefined) all[key] = isGroup ? chosen(ours as object, value as object) : value
  }
  return all as T
}

const RIGHT_TO_LEFT = /[\u0590-\u05ff\u0600-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/**
 * What comes from outside stays one piece in a text that runs the other way: without the isolating characters around it
 * (U+2068, U+2069), a full stop or an amount after it would jump to its other side.
 */
const isolated = (text: string, dir: Reader['dir']): string =>
  dir === 'rtl' || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text

/** Amounts in Latin letters run from left to right, sign first and currency last, whatever is around them. */
const isolatedAmount = (text: string): string => {
  if (RIGHT_TO_LEFT.test(text)) return isolated(text, 'rtl')
  return `\u2066${text.replace(/[\u200e\u200f\u061c]/g, '')}\u2069`
}

type Names = {
  product?: string
  plan?: Plan
  before?: { name: string | null }
  nextPlan?: string | null
  customerName: string | null
}

/** What is named in sentences. A product or a plan without a name goes by the brand's. */
const named = (props: Names, brand: string, piece: Letter['piece']) => {
  const known = (text: string | null) => text && piece(text)
  return {
    customerName: known(props.customerName),
    ...(props.product !== undefined && { product: piece(props.product || brand) }),
    ...(props.plan && { plan: { ...props.plan, name: piece(props.plan.name || brand) } }),
    ...(props.before && { before: { ...props.before, name: known(props.before.name) } }),
    ...(props.nextPlan !== undefined && { nextPlan: known(props.nextPlan) }),
  }
}

const speech = (brand: Brand, { dir, locale, language }: Reader) => {
  const piece = (text: string) => isolated(text, dir)
  const money = (amount: number, currency: string) => {
    const text = formatMoney(amount, currency, locale)
    return dir === 'rtl' ? isolatedAmount(text) : text
  }
  return {
    common: chosen(spoken(language).words.common, brand.words[language]),
    brandName: piece(brand.name),
    piece,
    date: (iso: string) => formatDate(iso, locale),
    count: (number: number) => formatCount(number, locale),
    money,
    paid: (order: Pick<OrderSummary, 'paid' | 'currency'> | null) =>
      order && order.paid > 0 ? money(order.paid, order.currency) : null,
    say: (...sentences: (string | null | false)[]) =>
      sentences.filter(Boolean).join(gapOf(language)),
  }
}

/** Between two sentences: Japanese leaves none. */
export const gapOf = (language: Reader['language']): string => (language === 'ja' ? '' : ' ')

/** The letter that the props of a kind make. Every template starts with it. */
export const letterOf = <K extends Kind>(kind: K, given: PropsOf[K]): LetterOf<K> => {
  const { brand, links, locale, preview, ...content } = given as Common
  const reader = readerOf(locale, brand.language)
  const own = brand.kinds[kind]?.words as { [L in Reader['language']]?: Some<Words[K]> } | undefined
  const clean = printable(content)
  const said = speech(brand, reader)
  return {
    ...clean,
    ...named(clean as Names, brand.name, said.piece),
    ...said,
    ...reader,
    brand,
    links,
    ...(preview && { preview }),
    words: chosen(spoken(reader.language).words[kind], own?.[reader.language]),
  } as unknown as LetterOf<K>
}
