// Medians, percentiles and formats of measurements.

/** The value that a `share` (0 to 1) of the values does not exceed. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))
  return sorted[at] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Writes a value for the table; `unit` is the unit of the value itself. */
export type Format = ((value: number) => string) & { readonly unit: string }

export const formatOf = (unit: string, write: (value: number) => string): Format =>
  Object.assign(write, { unit })

export const rate = formatOf('1/s', (value) => `${Math.round(value).toLocaleString('en-US')}/s`)
export const ms = formatOf(
  'ms',
  (value) => `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`,
)
export const micro = formatOf('µs', (value) => `${value.toFixed(1)} µs`)
export const seconds = formatOf('ms', (value) => `${(value / 1000).toFixed(1)} s`)
const whole = (value: number) => Math.round(value).toLocaleString('en-US')
export const count = formatOf('1', whole)
export const bytes = formatOf('B', whole)
export const percent = formatOf('ratio', (value) => `${(value * 100).toFixed(1)} %`)
export const mib = formatOf('MiB', (value) => `${Math.round(value)} MiB`)
