// Merges an untrusted payload into a row: it takes the fields of the right type and leaves the others.

export type Fields = Record<string, unknown>

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** When it changed last. Without a date it counts as new, with an invalid one as old. */
export const changedAt = (value: Fields | object): string => {
  const { modified_at, created_at } = value as Fields
  const at = modified_at ?? created_at ?? '9999'
  return Number.isNaN(Date.parse(String(at))) ? '' : String(at)
}

const kind = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)

const ALWAYS = ['id', 'created_at', 'type', 'status', 'role', 'currency', 'customer_id']

/** Fields that Polar never leaves empty, and that the pages need. */
const isNeverNull = (key: string, value: unknown) =>
  ALWAYS.includes(key) || Array.isArray(value) || ['number', 'boolean'].includes(typeof value)

/** `base` with every field of `payload` that has the type of the same field in `base`. */
export const merged = <T extends object>(base: T, payload: Fields): T => {
  const result: Fields = Object.fromEntries(Object.entries(base))
  for (const [key, before] of Object.entries(base)) {
    const now = payload[key]
    if (now === undefined) continue
    if (now === null ? !isNeverNull(key, before) : before === null || kind(before) === kind(now))
      result[key] = now
  }
  return result as T
}
