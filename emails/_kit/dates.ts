// Days as people read them, in UTC: Polar's own clock, and the same day in every copy of one receipt.

const formats = new Map<string, Intl.DateTimeFormat>()

/** Intl writes the first of a month like any other day; these languages have an ordinal for it. */
const firsts: Record<string, string> = { fr: '1er ', 'pt-BR': '1º ' }

/** `formatDate('2026-11-04T16:59:40Z', 'en-US')` is `November 4, 2026`. Throws a RangeError for what is no instant. */
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

const dayOf = (iso: string): string => new Date(iso).toISOString().slice(0, 10)

/** Whether one instant is on an earlier day than another, by the days that `formatDate` writes. */
export const isEarlierDay = (one: string, other: string): boolean => dayOf(one) < dayOf(other)
