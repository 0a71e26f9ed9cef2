// Reads the filters of a list from the query of its page.

import { DAY, HOUR } from '../runtime/clock.ts'
import type { Span } from './listing.ts'

/** A query, as it came. A field that is left empty is no filter. */
export type Query = Record<string, string>

/** Says why there is no list, and what to do. */
export type Problem = { problem: string }

/** @param what in a sentence: "a state". */
export const choiceIn = <Choice extends string>(
  given: string | undefined,
  choices: readonly Choice[],
  what: string,
): { choice: Choice | undefined } | Problem => {
  const choice = choices.find((one) => one === given)
  return given && choice === undefined
    ? { problem: `That is not ${what} that this list knows. Choose one from the form.` }
    : { choice }
}

/** The start of a day in UTC (ms); `null` for any other text. */
const dayIn = (text: string): number | null => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
  return isDay ? at : null
}

/** Spans that end now, as a command names them. */
const LATEST: Record<string, number> = { '24h': 24 * HOUR, '7d': 7 * DAY, '30d': 30 * DAY }

/** Whether a list is narrowed to a time. */
export const isTimed = ({ within, from, until }: Query): boolean => Boolean(within || from || until)

/**
 * The span that a query names: one that ends now, or days of which the first and the last are included, in UTC.
 * @param now milliseconds.
 */
export const spanIn = ({ within, from, until }: Query, now: number): Span | Problem => {
  const [first, last] = [from, until].map((text) => (text ? dayIn(text) : undefined))
  if (first === null || last === null)
    return { problem: 'That is no day. Write it as YYYY-MM-DD, such as 2026-12-31.' }
  if (first !== undefined && last !== undefined && first > last)
    return { problem: 'The first day is after the last one. Write the earlier day first.' }
  if (!within) return { from: first, until: last === undefined ? undefined : last + DAY }
  const length = LATEST[within]
  if (length === undefined)
    return {
      problem: `Within is one of ${Object.keys(LATEST).join(', ')}. Choose one from the form.`,
    }
  if (first !== undefined || last !== undefined)
    return { problem: 'Choose either how long ago, or days. Clear the one or the other.' }
  return { from: now - length }
}
