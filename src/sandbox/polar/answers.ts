// Builds the simulated Polar's responses: one row, a page of rows, or an error.

import type { Context } from 'hono'
import { microsOf } from './instants.ts'

export const notFound = (c: Context) =>
  c.json({ error: 'ResourceNotFound', detail: 'Not found' }, 404)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Polar's response to a part of a request that is not valid. */
export const unprocessable = (
  c: Context,
  loc: string[],
  msg: string,
  input: unknown,
  type = 'value_error',
) => c.json({ error: 'RequestValidationError', detail: [{ loc, msg, type, input }] }, 422)

/** Polar's response to an id in a path that is not a UUID; `undefined` if it is one. */
export const unlessUuid = (c: Context, id: string) =>
  UUID.test(id)
    ? undefined
    : unprocessable(c, ['path', 'id'], 'Input should be a valid UUID', id, 'uuid_parsing')

export const one = (c: Context, found: object | undefined) =>
  found === undefined ? notFound(c) : c.json(found)

/** A filter by query: for each of `fields` in the query, a row must have one of the given values. */
export const matching =
  (c: Context, ...fields: string[]) =>
  (row: object) =>
    fields.every((field) => {
      const wanted = c.req.queries(field)
      return (
        wanted === undefined || wanted.includes(String((row as Record<string, unknown>)[field]))
      )
    })

/** A filter by query: the row's time must lie between the two bounds, exclusively. A row without it lies nowhere. */
export const within = <T extends object>(
  c: Context,
  field: keyof T & string,
  after: string,
  before: string,
) => {
  const [from, to] = [c.req.query(after), c.req.query(before)]
  return (row: T) => {
    if (from === undefined && to === undefined) return true
    const at = microsOf(String(row[field]))
    const isAfter = from === undefined || at > microsOf(from)
    return isAfter && (to === undefined || at < microsOf(to))
  }
}

/** A filter by query: `metadata[order_id]=…`. */
export const hasMetadata = (c: Context, metadata: Record<string, unknown>) =>
  Object.entries(c.req.query()).every(([name, value]) => {
    const [, field] = /^metadata\[(.+)\]$/.exec(name) ?? []
    return field === undefined || String(metadata[field]) === value
  })

const compare = (a: unknown, b: unknown) => {
  if (a === b) return 0
  if (a == null || b == null) return a == null ? 1 : -1 // as in Polar's database: nothing comes last
  return a < b ? -1 : 1
}

/** Sorts rows by the fields in the query's `sorting`, as in `-created_at`; a minus reverses the order. */
export const sorted = <T extends object>(c: Context, rows: T[], byDefault: string): T[] => {
  const fields = c.req.queries('sorting') ?? [byDefault]
  return rows.toSorted((a, b) => {
    for (const field of fields) {
      const name = field.replace(/^-/, '') as keyof T
      const order = compare(a[name], b[name])
      if (order !== 0) return name === field ? order : -order
    }
    return 0
  })
}

/** One page of a list, in Polar's format. */
export const page = <T>(c: Context, rows: T[], view: (row: T) => unknown = (row) => row) => {
  const limit = Math.min(100, Math.max(1, Number(c.req.query('limit') ?? 10) || 10))
  const number = Math.max(1, Number(c.req.query('page') ?? 1) || 1)
  const items = rows.slice((number - 1) * limit, number * limit).map(view)
  const pagination = { total_count: rows.length, max_page: Math.ceil(rows.length / limit) }
  return c.json({ items, pagination })
}
