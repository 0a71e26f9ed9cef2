// Formats amounts by locale. The number of decimals is Polar's, which differs from Intl's for a dozen currencies.

/** Polar counts these currencies in whole units, and all others in hundredths, UGX, ISK and KWD included. */
const WHOLE_UNITS = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
)

/** Creating a formatter costs fifty calls of it. There are at most as many as locales times currencies. */
const formats = new Map<string, Intl.NumberFormat>()

const formatOf = (code: string, locale: string, digits: number) => {
  const key = `${locale} ${code}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: code,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    formats.set(key, format)
  }
  return format
}

/**
 * `formatMoney(2900, 'usd', 'en-US')` is `$29.00`. `amount` is an integer in Polar's smallest unit. An invalid currency code
 * gives the number and the code in capitals instead of an error, because a receipt must go out.
 */
export const formatMoney = (amount: number, currency: string, locale: string): string => {
  const code = currency.trim().toUpperCase()
  const digits = WHOLE_UNITS.has(code.toLowerCase()) ? 0 : 2
  // `|| 0` turns -0 into 0, which would read "-$0.00".
  const value = amount / 10 ** digits || 0
  if (/^[A-Z]{3}$/.test(code)) return formatOf(code, locale, digits).format(value)
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value)
  return `${number} ${code}`.trim()
}
