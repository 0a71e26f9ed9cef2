// Formats counts by locale: `25,000` in English, `25.000` in German.

const formats = new Map<string, Intl.NumberFormat>()

export const formatCount = (count: number, locale: string): string => {
  let format = formats.get(locale)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale)
    formats.set(locale, format)
  }
  return format.format(count)
}
