// Tells facts through the door as Polar does: what is not answered with 202 is sent again, under the same id.

import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import type { SimulatedPolar } from '../../src/sandbox/polar/server.ts'
import type { Random } from '../support/random.ts'
import type { Fact, Telling } from './facts.ts'

/** Nobody keeps the door closed for longer. */
const MOST_PATIENCE = 5 * MINUTE

/** Tellings that are on their way at the same time; while the door is closed no more are begun. */
const AT_ONCE = 100

/** How long it is until the next try: longer every time. */
const FIRST_WAIT = 0.3 * SECOND
const MOST_WAIT = 5 * SECOND

export const createFlow = (deliver: SimulatedPolar['deliver'], random: Random) => {
  /** How often the door gave each answer; 0 is none. */
  const answers = new Map<number, number>()
  /** Webhook ids that were answered with 202, and those that never were. */
  const stored = new Set<string>()
  const refused = new Set<string>()
  /** When a fact was first answered for, by its address. */
  const storedAt = new Map<string, number>()

  const tell = async ({ fact, webhookId }: Telling) => {
    const until = Date.now() + MOST_PATIENCE
    for (let wait = FIRST_WAIT; Date.now() < until; wait = Math.min(2 * wait, MOST_WAIT)) {
      const { status } = await deliver(fact.event(), { webhookId })
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
    /** Begins `perSecond` tellings a second at the most, and resolves when each of them is answered for. */
    tellAll: async (tellings: readonly Telling[], perSecond: number) => {
      const underWay = new Set<Promise<void>>()
      let next = performance.now()
      for (const telling of tellings) {
        while (underWay.size >= AT_ONCE) await Promise.race(underWay)
        await sleep(next - performance.now())
        next = Math.max(next, performance.now() - SECOND) + SECOND / perSecond
        const told = tell(telling).finally(() => underWay.delete(told))
        underWay.add(told)
      }
      await Promise.all(underWay)
    },
  }
}

export type Flow = ReturnType<typeof createFlow>
