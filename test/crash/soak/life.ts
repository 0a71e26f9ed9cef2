// A merchant's ordinary day, a little fast: purchases, bursts of them, and customers who follow the links of their emails.

import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../../../src/runtime/clock.ts'
import { visit } from '../../../src/sandbox/person.ts'
import type { PolarEvent } from '../../../src/sandbox/polar/shapes/rows.ts'
import type { Email } from '../../../src/sandbox/resend/email.ts'
import type { Random } from '../../support/random.ts'
import { firstLink } from '../../support/system.ts'
import { createTellings } from '../facts.ts'

/** Purchases and renewals a second, and as many more at once each minute. */
const STEADY = 20
const BURST = 500

/** One in so many emails has its link followed. */
const FOLLOWED = 25

type World = {
  /** Tells an event, and resolves with the answer's status. */
  tell: (event: PolarEvent, webhookId: string) => Promise<number>
  /** Lets Polar know of the customer whom an event is about. */
  applyEvent: (event: PolarEvent) => void
}

export const createLife = ({ tell, applyEvent }: World, random: Random) => {
  const counts = { told: 0, refused: 0, clicks: 0, entered: 0 }
  const readers = new Set<string>()
  const underWay = new Set<Promise<void>>()
  let isOver = false

  const begin = (work: Promise<void>) => {
    const begun = work.finally(() => underWay.delete(begun))
    underWay.add(begun)
  }

  const happen = async (count: number, name: string) => {
    const { tellings } = createTellings(count, 0, random, name)
    for (const { fact, webhookId } of tellings) {
      const event = fact.event()
      const { email } = event.data.customer as { email: string }
      if (counts.told % FOLLOWED === 0) {
        applyEvent(event)
        readers.add(email)
      }
      counts.told += 1
      if ((await tell(event, webhookId)) !== 202) counts.refused += 1
    }
  }

  const follow = async (email: Email) => {
    counts.clicks += 1
    const { status } = await visit(firstLink(email.text))
    if (status === 302) counts.entered += 1
  }

  return {
    counts,
    /** Somebody reads an email that has come, and follows its link a moment later. */
    read: (email: Email) => {
      const isRead = email.to.some((address) => readers.delete(address))
      if (isRead && !isOver) begin(sleep(2 * SECOND).then(() => follow(email)))
    },
    live: async (until: number) => {
      for (let second = 0; Date.now() < until; second++) {
        const next = Date.now() + SECOND
        begin(happen(STEADY, `steady-${second}`))
        if (second % (MINUTE / SECOND) === 30) begin(happen(BURST, `burst-${second}`))
        await sleep(next - Date.now())
      }
      isOver = true
      await Promise.all(underWay)
    },
  }
}
