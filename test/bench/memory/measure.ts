// Posts purchases to a side, waits until all are done, and reads how much memory Redis uses.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { MINUTE, SECOND } from '../../../src/runtime/clock.ts'
import { PRODUCT, type Purchase, signed } from '../events.ts'
import { timedRequest } from '../request.ts'

export const CONNECTIONS = 50
const TIMEOUT = 5 * MINUTE
const POLL = 0.1 * SECOND

/** For what is still recorded after the last acceptance, and for what Redis frees later. */
export const REST = SECOND

/** Before it is measured, as many messages as this fill the pages of the index and the tables of Redis a little. */
export const WARM = 200

export const used = async (redis: Redis) =>
  Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? Number.NaN)

/** Purchases of as many customers. @param make in the format that the side takes. */
export const purchases = (
  count: number,
  make: (name: string, product: string) => Purchase,
): Purchase[] =>
  Array.from({ length: count }, () => ({
    ...make(randomUUID().slice(0, 13), PRODUCT),
    webhookId: randomUUID(),
  }))

export const post = async (url: string, all: readonly Purchase[]) => {
  const left = all[Symbol.iterator]()
  const one = async () => {
    for (const each of left) {
      const { status } = await timedRequest(`${url}/webhooks/polar`, {
        ...{ method: 'POST', headers: signed(each), body: each.body },
      })
      if (status < 200 || status > 299) throw new Error(`an event was answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
}

export const until = async (isDone: () => Promise<boolean>) => {
  const began = performance.now()
  while (!(await isDone())) {
    if (performance.now() - began > TIMEOUT) throw new Error('messages were not sent in time')
    await sleep(POLL)
  }
  await sleep(REST)
}
