// Delivers webhooks as Polar does: it retries each under the same id until the answer is 202.

import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import type { SimulatedPolar } from '../../src/sandbox/polar/server.ts'
import type { Random } from '../support/random.ts'
import type { Fact, Webhook } from './facts.ts'

/** For one webhook; no outage in a storm lasts as long. */
const TIMEOUT = 5 * MINUTE

/** Webhooks in flight. During an outage, no further ones are started. */
const MAX_CONCURRENT = 100

/** Waits between retries double from the first to the maximum. */
const FIRST_WAIT = 0.3 * SECOND
const MAX_WAIT = 5 * SECOND

export const createFlow = (post: SimulatedPolar['deliver'], random: Random) => {
  /** Number of answers by status; 0 is no answer. */
  const answers = new Map<number, number>()
  /** Webhook ids with a 202, and those without one at the end. */
  const stored = new Set<string>()
  const refused = new Set<string>()
  /** When a fact first got a 202, by its address. */
  const storedAt = new Map<string, number>()

  const deliver = async ({ fact, webhookId }: Webhook) => {
    const until = Date.now() + TIMEOUT
    for (let wait = FIRST_WAIT; Date.now() < until; wait = Math.min(2 * wait, MAX_WAIT)) {
      const { status } = await post(fact.event(), { webhookId })
      answers.set(status, (answers.get(status) ?? 0) + 1)
      if (status === 202) {
        stored.add(webhookId)
        if (!storedAt.has(fact.address)) storedAt.set(fact.address, Date.now())
        return
      }
      await sleep(random.between(wait / 2, wait))
    }
    refused.add(webhookId)
  }

  return {
    answers,
    stored,
    refused,
    storedAt,
    isStored: ({ address }: Fact) => storedAt.has(address),
    /** Starts at most `perSecond` webhooks a second, and resolves when all have a 202 or have timed out. */
    deliverAll: async (webhooks: readonly Webhook[], perSecond: number) => {
      const underWay = new Set<Promise<void>>()
      let next = performance.now()
      for (const webhook of webhooks) {
        while (underWay.size >= MAX_CONCURRENT) await Promise.race(underWay)
        await sleep(Math.max(0, next - performance.now()))
        next = Math.max(next, performance.now() - SECOND) + SECOND / perSecond
        const delivery = deliver(webhook).finally(() => underWay.delete(delivery))
        underWay.add(delivery)
      }
      await Promise.all(underWay)
    },
  }
}

export type Flow = ReturnType<typeof createFlow>
