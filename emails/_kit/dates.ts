// Formats days and months by locale. An instant has its day in UTC as Polar's, so that every copy of a receipt shows the same.

import type { Month } from './props.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** These languages write the first of a month as an ordinal, which Intl does not do. */
const firsts: Record<string, string> = { fr: '1er ', 'pt-BR': '1º ' }

/** `formatDate('2026-11-04T16:59:40Z', 'en-US')` is `November 4, 2026`, as for `2026-11-04`. Throws a RangeError for an invalid date. */
export const formatDate = (iso: string, locale: string): string => {
  let format = formats.get(locale)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
    formats.set(locale, format)
  }
  const text = format.format(new Date(iso))
  const first = firsts[locale] ?? firsts[locale.split('-', 1)[0] ?? '']
  return first ? text.replace(/^1 /, first) : text
}

const monthFormats = new Map<string, Intl.DateTimeFormat>()

/** `formatMonth({ month: 12, year: 2026 }, 'de-DE')` is `Dezember 2026`. Throws a RangeError for an invalid month. */
export const formatMonth = ({ month, year }: Month, locale: string): string => {
  if (!(month >= 1 && month <= 12)) throw new RangeError(`Invalid month: ${month}`)
  let format = monthFormats.get(locale)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
    monthFormats.set(locale, format)
  }
  return format.format(Date.UTC(year, month - 1))
}
