// The lists of the simulated Polar with the filters that a backfill needs.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { stoppedClock } from '../tables/decided.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
let clock: ReturnType<typeof stoppedClock>
beforeEach(async () => {
  clock = stoppedClock()
  started = await startPolar({ clock })
})
afterEach(() => started.close())

/** Three results of a script, a day apart. */
const threeDays = <T>(make: () => T): [T, T, T] => {
  const next = () => {
    clock.advance(DAY)
    return make()
  }
  return [next(), next(), next()]
}

test('orders can be listed between two times, both exclusive', async () => {
  const days = threeDays(() => started.polar.script.purchase().orderId)
  const all = (await started.sdk.orders.list({ sorting: ['created_at'] })).items
  expect(all.map(({ id }) => id)).toEqual(days)
  const [first, , third] = all.map(({ created_at }) => created_at)
  const { items } = await started.sdk.orders.list({
    ...(first && { created_after: first }),
    ...(third && { created_before: third }),
  })
  expect(items.map(({ id }) => id)).toEqual([days[1]])
})

test('subscriptions can be listed by when they started and when they were cancelled', async () => {
  const days = threeDays(() => started.polar.script.subscribe().subscriptionId)
  const list = started.sdk.subscriptions.list
  const ids = async (query: Parameters<typeof list>[0]) =>
    (await list({ sorting: ['started_at'], ...query })).items.map(({ id }) => id)
  const startOf = (id: string) => started.polar.world.subscriptions.get(id)?.started_at ?? ''
  expect(await ids({ started_after: startOf(days[0]) })).toEqual(days.slice(1))
  expect(await ids({ started_before: startOf(days[2]) })).toEqual(days.slice(0, 2))
  const now = new Date(clock.now()).toISOString()
  expect(await ids({ canceled_at_after: now })).toEqual([])
  clock.advance(DAY)
  started.polar.script.cancel(days[1])
  expect(await ids({ canceled_at_after: now })).toEqual([days[1]])
  expect(await ids({ cancel_at_period_end: true })).toEqual([days[1]])
})

test('customers can be listed, newest first, without those that are deleted', async () => {
  const days = threeDays(() => started.polar.script.welcome().customerId)
  started.polar.script.deleteCustomer(days[1])
  const { items } = await started.sdk.customers.list()
  expect(items.map(({ id }) => id)).toEqual([days[2], days[0]])
})
