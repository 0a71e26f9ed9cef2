// How the simulated Polar answers: one row, one page of many, or that there is none.

import type { Context } from 'hono'

export const notFound = (c: Context) =>
  c.json({ error: 'ResourceNotFound', detail: 'Not found' }, 404)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What Polar says of an id in a path that is none; nothing where it is one. */
export const unlessUuid = (c: Context, id: string) =>
  UUID.test(id)
    ? undefined
    : c.json(
        {
          error: 'RequestValidationError',
          detail: [
            {
              loc: ['path', 'id'],
              msg: 'Input should be a valid UUID',
              type: 'uuid_parsing',
              input: id,
            },
          ],
        },
        422,
      )

export const one = (c: Context, found: object | undefined) =>
  found === undefined ? notFound(c) : c.json(found)

/** Whether a row has, in each of these fields, one of the values that the query asks for, if it asks. */
export const matching =
  (c: Context, ...fields: string[]) =>
  (row: object) =>
    fields.every((field) => {
      const asked = c.req.queries(field)
      return asked === undefined || asked.includes(String((row as Record<string, unknown>)[field]))
    })

export const newestFirst = <T>(rows: T[], at: (row: T) => string) =>
  rows.sort((a, b) => (at(a) < at(b) ? 1 : at(a) > at(b) ? -1 : 0))

/** One page of a list, in Polar's words. */
export const page = <T>(c: Context, rows: T[], view: (row: T) => unknown = (row) => row) => {
  const limit = Math.min(100, Math.max(1, Number(c.req.query('limit') ?? 10) || 10))
  const number = Math.max(1, Number(c.req.query('page') ?? 1) || 1)
  const items = rows.slice((number - 1) * limit, number * limit).map(view)
  const pagination = { total_count: rows.length, max_page: Math.ceil(rows.length / limit) }
  return c.json({ items, pagination })
}
