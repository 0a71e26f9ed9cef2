// Writes an object as a person reads it: names in the form of the API, instants as ISO 8601, nothing that is empty.

export type Readable = { [name: string]: unknown }

/** Names of instants, in milliseconds. */
const IS_INSTANT = /^(?:at|asOf)$|(?:At|Since|Until)$/

const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)

const snakeCase = (field: string) =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** @param names fields that say more under another name. */
export const readable = (
  fields: object,
  names: Readonly<Record<string, string>> = {},
): Readable => {
  const readableValue = (field: string, value: unknown): unknown => {
    if (typeof value === 'number' && IS_INSTANT.test(field)) return new Date(value).toISOString()
    if (Array.isArray(value)) return value.map((one) => readableValue(field, one))
    return typeof value === 'object' && value !== null ? readable(value, names) : value
  }
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => !isEmpty(value))
      .map(([field, value]) => [names[field] ?? snakeCase(field), readableValue(field, value)]),
  )
}
