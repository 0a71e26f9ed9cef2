// A found event is remembered once it is stored, and not before: otherwise a Redis that fails once would leave a hole.

import { expect, test } from 'vitest'
import { foundIn } from '../../src/backfill/found.ts'
import { createTake } from '../../src/backfill/take.ts'
import { createComplete } from '../../src/events/complete.ts'
import type { Forecast } from '../../src/events/forecast.ts'
import { fixture } from './build.ts'
import { stoppedClock } from './decided.ts'

const AT = '2026-11-20T08:00:00.000Z'
const { data } = fixture('order.paid')
const found = foundIn('order.paid', data.id as string, AT, data)
const SENDS = { kind: 'order_confirmation', fact: 'order/1/purchase', result: 'sends' } as const

const started = (fails: number, expected: Forecast = { messages: [SENDS] }) => {
  const stored: string[] = []
  const noted: string[] = []
  let failures = fails
  const clock = stoppedClock()
  const order = async () => {
    throw new Error('not asked')
  }
  const take = createTake({
    ...{ clock, complete: createComplete({ polar: { order }, clock }) },
    forecast: async () => expected,
    remembered: 10,
    known: { note: (type) => void noted.push(type) },
    nudge: () => {},
    events: {
      add: async (id) => {
        if (failures-- > 0) throw new Error('Command timed out')
        if (stored.includes(id)) return null
        stored.push(id)
        return 'high'
      },
    },
  })
  return { take, stored, noted }
}

test('an event that Redis did not take is found and stored the next time', async () => {
  const { take, stored, noted } = started(1)
  await expect(take(found)).rejects.toThrow('Command timed out')
  expect([stored, noted]).toEqual([[], []])
  expect(await take(found)).toEqual({ messages: [SENDS] })
  expect([stored, noted]).toEqual([[found.id], ['order.paid']])
})

test('a fact that a second event says counts once, and its order is not stored again', async () => {
  const { take, stored } = started(0)
  await take(found)
  expect(await take(foundIn('order.paid', 'another', AT, data))).toBeNull()
  expect(stored).toEqual([found.id])
})

test('an event of a deleted customer is not stored, and does not count as missed', async () => {
  const { take, stored } = started(0, { ignored: 'customer_deleted', because: 'order.paid' })
  expect(await take(found)).toBeNull()
  expect(stored).toEqual([])
})
