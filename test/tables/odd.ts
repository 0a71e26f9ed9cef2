// Odd values, and where in an event they can stand.

export const ODD = [
  null,
  true,
  -1,
  0,
  2.5,
  1e21,
  '',
  'text',
  '1',
  [],
  [null],
  {},
  '__proto__',
  'constructor',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
]

/** The data with each of its fields, at any depth, replaced in turn. */
export const variants = function* (value: unknown, odd: unknown): Generator<unknown> {
  yield odd
  if (typeof value !== 'object' || value === null) return
  for (const [field, inner] of Object.entries(value)) {
    for (const other of variants(inner, odd)) {
      yield Array.isArray(value) ? value.with(Number(field), other) : { ...value, [field]: other }
    }
  }
}

/** Where each variant of the data differs, in the same order; all items of a list count as one place. */
export const placesOf = function* (value: unknown, place = ''): Generator<string> {
  yield place
  if (typeof value !== 'object' || value === null) return
  for (const [field, inner] of Object.entries(value))
    yield* placesOf(inner, `${place}.${Array.isArray(value) ? '*' : field}`)
}

const DATES = /^date$|[a-z]At$/

/** All that a template formats as a day. */
export const instantsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([field, inner]) =>
        DATES.test(field) && typeof inner === 'string' ? [inner] : instantsOf(inner),
      )
    : []
