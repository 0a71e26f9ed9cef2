// Prepares the props of an email for its template: it cleans strings from outside, picks the language and the words, and adds
// formatting functions. Layout is left to the components.

import { spoken, type Words } from '../words/index.ts'
import type { DeepPartial } from './brand.ts'
import { formatCount } from './counts.ts'
import { formatDate, formatMonth } from './dates.ts'
import { type Reader, readerOf } from './language.ts'
import { formatMoney } from './money.ts'
import type { OrderSummary } from './order-summary.ts'
import { printable } from './printable.ts'
import type { Common, Kind, Month, Plan, PropsOf } from './props.ts'
import { dayOf, lastDayBefore } from './time-zones.ts'

/** The prepared props that every component needs, for all kinds. */
export type Email = Omit<Common, 'locale'> &
  Reader & {
    common: Words['common']
    /** The brand's name, isolated for use in a sentence. */
    brandName: string
    /** Isolates text from outside, so that it can stand in a sentence of either direction. */
    isolate(text: string): string
    /** A day of the books, in UTC as on the invoice. */
    date(iso: string): string
    /** The day on which something happens, where the customer lives. */
    day(iso: string): string
    /** The last day on which the customer is in time for something; null where it may be over. */
    lastDay(iso: string): string | null
    /** Whether the day of an instant is no later than the last day for something. */
    isInTime(iso: string, before: string): boolean
    /** `by November 24, 2026`, the last day; `right away` where it may be over. */
    by(iso: string): string
    month(of: Month): string
    count(number: number): string
    money(amount: number, currency: string): string
    /** The amount paid for an order; null if nothing was paid. */
    paid(order: Pick<OrderSummary, 'paid' | 'currency'> | null): string | null
    /** Joins sentences to one paragraph, and skips null and false. */
    join(...sentences: (string | null | false)[]): string
  }

export type EmailOf<K extends Kind> = Omit<PropsOf[K], keyof Email> & Email & { words: Words[K] }

/** The words, with the brand's `own` ones in their place. */
const override = <T extends object>(words: T, own: DeepPartial<T> | undefined): T => {
  if (own === undefined) return words
  const all = { ...words } as Record<string, unknown>
  for (const [key, value] of Object.entries(own)) {
    const ours = all[key]
    const isGroup = typeof ours === 'object' && !Array.isArray(ours)
    if (value !== undefined) all[key] = isGroup ? override(ours as object, value as object) : value
  }
  return all as T
}

const RIGHT_TO_LEFT = /[\u0590-\u05ff\u0600-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/**
 * Isolates text from outside in a text of the other direction. Without the isolating characters (U+2068, U+2069), a full
 * stop or an amount after it would jump to its other side.
 */
const isolated = (text: string, dir: Reader['dir']): string =>
  dir === 'rtl' || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text

/** Amounts in Latin letters always run from left to right, sign first and currency last. */
const isolatedAmount = (text: string): string => {
  if (RIGHT_TO_LEFT.test(text)) return isolated(text, 'rtl')
  return `\u2066${text.replace(/[\u200e\u200f\u061c]/g, '')}\u2069`
}

type Names = {
  product?: string
  plan?: Plan
  before?: { name: string | null }
  nextPlan?: string | null
  plans?: readonly string[]
  customerName: string | null
}

/** The names that sentences use. A product or plan without a name gets the brand's. */
const named = (props: Names, brand: string, isolate: Email['isolate']) => {
  const isolatedOrNull = (text: string | null) => text && isolate(text)
  return {
    customerName: isolatedOrNull(props.customerName),
    ...(props.product !== undefined && { product: isolate(props.product || brand) }),
    ...(props.plan && { plan: { ...props.plan, name: isolate(props.plan.name || brand) } }),
    ...(props.before && { before: { ...props.before, name: isolatedOrNull(props.before.name) } }),
    ...(props.nextPlan !== undefined && { nextPlan: isolatedOrNull(props.nextPlan) }),
    ...(props.plans && { plans: props.plans.map((name) => isolate(name || brand)) }),
  }
}

/** The days where the customer lives. */
const daysOf = (
  { country, now }: Pick<Common, 'country' | 'now'>,
  words: Words['common'],
  locale: string,
) => {
  const lastDay = (iso: string) => {
    const day = lastDayBefore(iso, country, now)
    return day && formatDate(day, locale)
  }
  return {
    day: (iso: string) => formatDate(dayOf(iso, country), locale),
    lastDay,
    isInTime: (iso: string, before: string) =>
      dayOf(iso, country) <= (lastDayBefore(before, country, now) ?? ''),
    by: (iso: string) => {
      const day = lastDay(iso)
      return day ? words.by(day) : words.rightAway
    },
  }
}

const formattingOf = (props: Common, { dir, locale, language }: Reader) => {
  const { brand } = props
  const common = override<Words['common']>(spoken(language).words.common, brand.words[language])
  const isolate = (text: string) => isolated(text, dir)
  const money = (amount: number, currency: string) => {
    const text = formatMoney(amount, currency, locale)
    return dir === 'rtl' ? isolatedAmount(text) : text
  }
  return {
    common,
    ...daysOf(props, common, locale),
    brandName: isolate(brand.name),
    isolate,
    date: (iso: string) => formatDate(iso, locale),
    month: (of: Month) => formatMonth(of, locale),
    count: (number: number) => formatCount(number, locale),
    money,
    paid: (order: Pick<OrderSummary, 'paid' | 'currency'> | null) =>
      order && order.paid > 0 ? money(order.paid, order.currency) : null,
    join: (...sentences: (string | null | false)[]) =>
      sentences.filter(Boolean).join(gapOf(language)),
  }
}

/** The space between two sentences; Japanese has none. */
export const gapOf = (language: Reader['language']): string => (language === 'ja' ? '' : ' ')

/** Every template starts with this. It formats and cleans; it throws nothing for odd text, and a RangeError for a bad date. */
export const prepareEmail = <K extends Kind>(kind: K, given: PropsOf[K]): EmailOf<K> => {
  const { brand, links, locale, preview, ...content } = given as Common
  const reader = readerOf(locale, brand.language)
  const own = brand.kinds[kind]?.words as
    | { [L in Reader['language']]?: DeepPartial<Words[K]> }
    | undefined
  const clean = printable(content)
  const formatting = formattingOf(given, reader)
  return {
    ...clean,
    ...named(clean as Names, brand.name, formatting.isolate),
    ...formatting,
    ...reader,
    brand,
    links,
    ...(preview && { preview }),
    words: override(spoken(reader.language).words[kind], own?.[reader.language]),
  } as unknown as EmailOf<K>
}
