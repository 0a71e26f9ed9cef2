// Simulates a merchant's day: a steady flow of purchases, bursts, and customers who follow the links of their emails.

import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../../../src/runtime/clock.ts'
import { visit } from '../../../src/sandbox/person.ts'
import type { PolarEvent } from '../../../src/sandbox/polar/shapes/rows.ts'
import type { Email } from '../../../src/sandbox/resend/email.ts'
import type { Random } from '../../support/random.ts'
import { firstLink } from '../../support/system.ts'
import { createWebhooks } from '../facts.ts'

/** Purchases and renewals a second, and additional ones at once each minute. */
const STEADY = 20
const BURST = 500

/** The link of one email in 25 is followed. */
const FOLLOWED = 25

type World = {
  /** Delivers an event and resolves with the answer's status. */
  deliver: (event: PolarEvent, webhookId: string) => Promise<number>
  /** Adds the customer of an event to the simulated Polar. */
  applyEvent: (event: PolarEvent) => void
}

export const createLife = ({ deliver, applyEvent }: World, random: Random) => {
  const counts = { delivered: 0, refused: 0, clicks: 0, entered: 0 }
  const readers = new Set<string>()
  const underWay = new Set<Promise<void>>()
  let isOver = false

  const begin = (work: Promise<void>) => {
    const begun = work.finally(() => underWay.delete(begun))
    underWay.add(begun)
  }

  const happen = async (count: number, name: string) => {
    const { webhooks } = createWebhooks(count, 0, random, name)
    for (const { fact, webhookId } of webhooks) {
      const event = fact.event()
      const { email } = event.data.customer as { email: string }
      if (counts.delivered % FOLLOWED === 0) {
        applyEvent(event)
        readers.add(email)
      }
      counts.delivered += 1
      if ((await deliver(event, webhookId)) !== 202) counts.refused += 1
    }
  }

  const follow = async (email: Email) => {
    counts.clicks += 1
    const { status } = await visit(firstLink(email.text))
    if (status === 302) counts.entered += 1
  }

  return {
    counts,
    /** A customer reads the email and follows its link two seconds later. */
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
