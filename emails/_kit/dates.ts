// Days as people read them, in UTC: Polar's own clock, and the same day in every copy of one receipt.

const formats = new Map<string, Intl.DateTimeFormat>()

/** `formatDate('2026-11-04T16:59:40Z', 'en-US')` is `November 4, 2026`. Throws a RangeError for what is no instant. */
export const formatDate = (iso: string, locale: string): string => {
  let format = formats.get(locale)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
    formats.set(locale, format)
  }
  return format.format(new Date(iso))
}
