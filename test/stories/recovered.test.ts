// The totals of recovered payments, as the API and the metrics tell them.

import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { bearer, credited, fail, get, pay, recovery, start, TOKENS } from '../support/recoveries.ts'
import { startTestSystem } from '../support/system.ts'

describe('the totals', () => {
  test('are told for the days that are asked about', async () => {
    const system = await start()
    const { orders } = system.polarWorld.world
    const day = (orderId: string) => orders.get(orderId)?.modified_at?.slice(0, 10)
    const first = await fail(system)
    await pay(system, first.orderId)
    const firstDay = day(first.orderId)
    system.clock.advance(40 * DAY)
    const second = await fail(system)
    await pay(system, second.orderId)
    const lastDay = day(second.orderId)
    const sums = async (query: string) => (await get(system, `/api/recovered${query}`)).json
    const both = { since: firstDay, until: lastDay }
    expect(await sums(`?since=${firstDay}&until=${lastDay}`)).toEqual({
      ...both,
      recovered: [{ currency: 'usd', ...recovery(5800, 2), by: { customer: recovery(5800, 2) } }],
    })
    expect(await credited(system, `?since=${lastDay}`)).toEqual({ customer: recovery() })
    expect(await credited(system, `?until=${firstDay}`)).toEqual({ customer: recovery() })
    expect(await credited(system)).toEqual({ customer: recovery(5800, 2) })
  })

  test.each([
    ['since=yesterday', /since is not a day: write it as YYYY-MM-DD/],
    ['until=2026-02-30', /until is not a day: write it as YYYY-MM-DD/],
    ['since=2026-12-02&until=2026-12-01', /since is after until/],
  ])('are refused for %s, with what to write', async (query, says) => {
    const { status, json } = await get(await start(), `/api/recovered?${query}`)
    expect(status).toBe(400)
    expect(json.error).toMatch(says)
  })

  test('need the token, and do not exist without API_TOKEN', async () => {
    const path = '/api/recovered'
    expect((await visit(`${(await start()).postern}${path}`)).status).toBe(401)
    const without = await startTestSystem()
    const { status } = await visit(`${without.postern}${path}`, bearer(TOKENS.API_TOKEN))
    expect(status).toBe(404)
  })

  test('are metrics too', async () => {
    const system = await start()
    const { orderId } = await fail(system)
    await pay(system, orderId)
    const { body } = await visit(`${system.postern}/metrics`, bearer(TOKENS.METRICS_TOKEN))
    expect(body).toContain('postern_recovered_amount{currency="usd",by="customer"} 2900')
    expect(body).toContain('postern_recovered_payments{currency="usd",by="customer"} 1')
  })
})
