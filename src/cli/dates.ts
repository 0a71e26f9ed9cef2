/** The instant of an argument like 2026-11-20 or 2026-11-20T08:30:00Z (ms); `null` where it is none, `undefined` where it is absent. */
export const dateIn = (text: string | undefined): number | null | undefined => {
  if (text === undefined) return undefined
  const isDate = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text)
  const at = isDate ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}
