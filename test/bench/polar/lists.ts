// A Polar that only lists the orders of a week, in which the webhook endpoint was disabled: its Events API, its orders, and
// empty lists of all else. Each order is a text with other ids in it, so that listing costs little.

import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PAGE_SIZE } from '../../../src/polar/answers.ts'
import { DAY, HOUR, SECOND } from '../../../src/runtime/clock.ts'
import { purchaseToday } from '../events.ts'
import { addressOf, customerId } from './customers.ts'

/** A little less: a backfill that begins a moment later looks back for seven days from then. */
const WEEK = 7 * DAY - HOUR

const HEAD = '0fde0000-0000-4000-8000-'
const orderId = (n: number) => HEAD + n.toString(16).padStart(12, '0')

const PLACE = { order: '@order@', customer: '@customer@', address: '@address@', at: '@at@' }

/** An order as a text, with places for what differs. */
const template = (): string => {
  const { customerId, address, event } = purchaseToday('template')
  const { data } = event as { data: { id: string; created_at: string } }
  return JSON.stringify({ ...data, modified_at: null })
    .replaceAll(data.id, PLACE.order)
    .replaceAll(customerId, PLACE.customer)
    .replaceAll(address, PLACE.address)
    .replaceAll(data.created_at, PLACE.at)
}

/** @param until the end of the week (ms). */
export const startListingPolar = async (orders: number, until: number) => {
  const text = template()
  const times = Array.from(
    { length: orders },
    (_, n) => until - WEEK + Math.floor((n * WEEK) / orders),
  )
  const timeOf = (n: number, by = 0) => new Date((times[n] ?? Number.NaN) + by).toISOString()
  let calls = 0
  let called = (_: number) => {}

  const order = (n: number) =>
    text
      .replaceAll(PLACE.order, orderId(n))
      .replaceAll(PLACE.customer, customerId(n))
      .replaceAll(PLACE.address, addressOf(customerId(n)))
      .replaceAll(PLACE.at, timeOf(n, -SECOND))
  const event = (n: number) =>
    JSON.stringify({
      ...{ id: `e${orderId(n).slice(1)}`, timestamp: timeOf(n), name: 'order.paid' },
      ...{ source: 'system', label: 'Order paid', customer_id: customerId(n) },
      metadata: { order_id: orderId(n) },
    })

  /** Rows after one time and before another, exclusively. An order is created a second before it is paid. */
  const page = (
    query: URLSearchParams,
    names: readonly [after: string, before: string],
    row: typeof order,
    by = 0,
  ) => {
    const [from, to] = names.map((name) => Date.parse(query.get(name) ?? '') - by)
    const begin = times.findIndex((at) => !from || at > from)
    const end = times.findLastIndex((at) => !to || at < to) + 1
    const length = begin < 0 ? 0 : Math.max(0, end - begin)
    const first = begin + (Number(query.get('page') ?? 1) - 1) * PAGE_SIZE
    const items: string[] = []
    for (let n = first; n < Math.min(begin + length, first + PAGE_SIZE); n++) items.push(row(n))
    const max_page = Math.ceil(length / PAGE_SIZE)
    return `{"items":[${items}],"pagination":${JSON.stringify({ total_count: length, max_page })}}`
  }

  const answerOf = ({ pathname, searchParams }: URL): string => {
    if (pathname === '/v1/events/')
      return page(searchParams, ['start_timestamp', 'end_timestamp'], event)
    if (pathname === '/v1/orders/')
      return page(searchParams, ['created_after', 'created_before'], order, -SECOND)
    return '{"items":[],"pagination":{"total_count":0,"max_page":0}}'
  }

  const respond = (response: ServerResponse, body: string) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)

  const server = createServer(({ url }, response) => {
    calls += 1
    called(calls)
    respond(response, answerOf(new URL(url ?? '', 'http://localhost')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    /** Gets the number of each call, before it is answered. */
    set called(listener: (n: number) => void) {
      called = listener
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
