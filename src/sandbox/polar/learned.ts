// Takes from what was told what can be used, and leaves the rest: somebody else wrote it.

export type Loose = Record<string, unknown>

export const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** When it changed last: what does not say is taken for new, what says nonsense for old. */
export const changedAt = (value: Loose | object): string => {
  const { modified_at, created_at } = value as Loose
  const at = modified_at ?? created_at ?? '9999'
  return Number.isNaN(Date.parse(String(at))) ? '' : String(at)
}

const kind = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)

const ALWAYS = ['id', 'created_at', 'type', 'status', 'role', 'currency', 'customer_id']

/** What Polar never leaves empty: without these a page could not be drawn. */
const isNeverNull = (key: string, value: unknown) =>
  ALWAYS.includes(key) || Array.isArray(value) || ['number', 'boolean'].includes(typeof value)

/** `base` with every field of `told` that is of the kind that `base` holds there. */
export const filled = <T extends object>(base: T, told: Loose): T => {
  const fitted: Loose = Object.fromEntries(Object.entries(base))
  for (const [key, before] of Object.entries(base)) {
    const now = told[key]
    if (now === undefined) continue
    if (now === null ? !isNeverNull(key, before) : before === null || kind(before) === kind(now))
      fitted[key] = now
  }
  return fitted as T
}
