// The report of a call that Polar denies: without ids, and with the scopes that the answer names.

import { describe, expect, test } from 'vitest'
import { callOf, createDenials, type Denial, denialOf, reasonOf } from '../../src/polar/denials.ts'

describe('a call', () => {
  test.each([
    ['GET', 'https://api.polar.sh/v1/orders/?customer_id=1&status=pending', 'GET /v1/orders/'],
    ['POST', 'https://api.polar.sh/v1/customer-sessions/', 'POST /v1/customer-sessions/'],
    [
      'GET',
      'https://api.polar.sh/v1/orders/0198c4b2-0000-4000-8000-000000000000/invoice',
      'GET /v1/orders/{id}/invoice',
    ],
    [
      'GET',
      'https://api.polar.sh/v1/customers/external/theo%40example.com',
      'GET /v1/customers/external/{id}',
    ],
    ['GET', 'https://api.polar.sh/v1/customers/external/theo', 'GET /v1/customers/external/{id}'],
  ])('%s %s is %s', (method, url, call) => {
    expect(callOf(method, url)).toBe(call)
  })
})

describe('a denial', () => {
  const call = 'GET /v1/orders/'
  test.each<[number, string | null, Denial | null]>([
    [200, null, null],
    [404, null, null],
    [422, 'Bearer scope="orders:read"', null],
    [401, 'Bearer error="invalid_token"', { call, status: 401, scopes: [] }],
    [403, null, { call, status: 403, scopes: [] }],
    [
      403,
      'Bearer error="insufficient_scope", scope="orders:write orders:read", x="y"',
      { call, status: 403, scopes: ['orders:read', 'orders:write'] },
    ],
  ])('of %i with %s', (status, challenge, denial) => {
    expect(denialOf(call, status, challenge)).toEqual(denial)
  })

  test('has a reason', () => {
    expect(reasonOf({ call, status: 401, scopes: [] })).toBe('the access token is not valid')
    expect(reasonOf({ call, status: 403, scopes: [] })).toBe('the call is not permitted')
    expect(reasonOf({ call, status: 403, scopes: ['a', 'b'] })).toBe(
      'the access token lacks the scope a or b',
    )
  })

  test('is reported once for each call and status, and again after the call has worked', () => {
    const reported: string[] = []
    const { denied, worked } = createDenials(({ call, status }) =>
      reported.push(`${call} ${status}`),
    )
    const of = (call: string, status: 401 | 403) => denied({ call, status, scopes: [] })
    of('a', 403)
    of('a', 403)
    of('b', 403)
    of('a', 401)
    worked('a')
    of('a', 401)
    expect(reported).toEqual(['a 403', 'b 403', 'a 401', 'a 401'])
  })
})
