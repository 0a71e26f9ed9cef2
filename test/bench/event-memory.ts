// How much of Redis's memory an event takes: as it came, once it is interpreted, and without its payload. `used_memory`
// counts keys, due and index entries as well as the records.

import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import type { Outcome } from '../../src/events/outcome.ts'
import { readEvent } from '../../src/polar/event.ts'
import { messageId } from '../../src/records/message-id.ts'
import { eventStoreOn } from '../support/stored-events.ts'

const FOLDER = new URL('../fixtures/', import.meta.url)
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const fixtures = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.stringify(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))))

/** The body of an event of Polar's whose ids are its own. */
const bodyOf = (n: number) => {
  const ids = new Map<string, string>()
  return (fixtures[n % fixtures.length] ?? '').replace(UUID, (id) => {
    const own = ids.get(id) ?? randomUUID()
    ids.set(id, own)
    return own
  })
}

const outcomeOf = (n: number, customerId: string): Outcome =>
  n % 2 === 0
    ? { messages: [messageId('order_confirmation', `order/${n}`, { customerId, memberId: null })] }
    : { ignored: 'not_mapped', because: 'order.created' }

/** Before it is measured, as many events as this fill the pages of the index and the tables of Redis a little. */
const WARM = 100

/** Bytes an event, in the mean over `count` events of all types. Half of them lead to a message. */
export const measureEventMemory = async (redis: Redis, count: number) => {
  const { events, lifetimes } = eventStoreOn(redis)
  const used = async () =>
    Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? Number.NaN)

  const store = async (some: readonly string[]) => {
    for (const [n, id] of some.entries()) await events.add(id, Buffer.from(bodyOf(n)))
  }
  const settle = async (some: readonly string[]) => {
    for (const [n, id] of some.entries()) {
      const stored = await events.load(id)
      if (stored?.outcome !== null) throw new Error('an event is not as it was stored')
      const { type = null, ids = {} } = readEvent(stored)
      await events.settle(stored, { type, ids }, outcomeOf(n, ids.customer ?? ''))
    }
  }
  const drop = async (some: readonly string[]) => {
    for (const id of some) await lifetimes.dropPayload(id)
  }
  const idsOf = (n: number) => Array.from({ length: n }, () => randomUUID())

  const warm = idsOf(WARM)
  for (const step of [store, settle, drop]) await step(warm)
  const ids = idsOf(count)
  const before = await used()
  const each = async (step: (some: readonly string[]) => Promise<void>) => {
    await step(ids)
    return ((await used()) - before) / count
  }
  return {
    body: ids.reduce((sum, _, n) => sum + bodyOf(n).length, 0) / count,
    raw: await each(store),
    interpreted: await each(settle),
    outline: await each(drop),
  }
}
