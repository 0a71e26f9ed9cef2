// Medians, percentiles and formats of measurements.

/** The value that a `share` (0 to 1) of the values does not exceed. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))
  return sorted[at] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export const rate = (value: number) => `${Math.round(value).toLocaleString('en-US')}/s`
export const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`
export const micro = (value: number) => `${value.toFixed(1)} µs`
export const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`
export const count = (value: number) => Math.round(value).toLocaleString('en-US')
export const percent = (value: number) => `${(value * 100).toFixed(1)} %`
export const mib = (value: number) => `${Math.round(value)} MiB`
