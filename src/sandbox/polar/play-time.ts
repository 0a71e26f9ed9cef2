// Makes happen what falls due at the simulated Polar, one thing at a time. The caller moves the clock.

import type { Cards } from './cards.ts'
import type { Delivery } from './deliver.ts'
import { nextCharge } from './next-charge.ts'
import type { Scenarios } from './scenarios.ts'
import type { Failing } from './scripts/billing.ts'
import { type Due, nextDue } from './time.ts'
import type { Webhooks } from './webhooks/webhooks.ts'
import type { World } from './world.ts'

type Parts = {
  world: World
  cards: Cards
  scenario: Scenarios
  webhooks: Pick<Webhooks, 'next' | 'attempt'>
  started: number
}

export const createPlayTime = ({ world, cards, scenario, webhooks, started }: Parts) => {
  /** Everything that fell due before is done, unless renewals were switched off then. */
  let done = started

  /** How the next charge of a subscription fails; `undefined` if it succeeds, or if nothing has to be paid. */
  const failing = (subscriptionId: string): Failing | undefined => {
    const of = world.subscriptions.get(subscriptionId)
    if (of === undefined || nextCharge(world, of).due_amount === 0) return undefined
    const card = world.defaultCardOf(of.customer_id)
    if (card === undefined) return { noCard: true }
    const decline = cards.declineOf(card)
    return decline && { decline }
  }

  const nextDelivery = (): Due | undefined => {
    const next = webhooks.next()
    return next && { ...next, at: Math.max(next.at, done), what: 'deliver' }
  }

  const play = async ({ what, id }: Due): Promise<{ deliveries: Delivery[] }> => {
    switch (what) {
      case 'renew': {
        const how = failing(id)
        const input = { subscriptionId: id }
        return how === undefined
          ? scenario.renew(input)
          : scenario.failRenewal({ ...input, ...how })
      }
      case 'resume': {
        const how = failing(id)
        return scenario.resume(id, how === undefined ? {} : { failing: how })
      }
      case 'end':
        return scenario.end(id)
      case 'pause':
        return scenario.pause(id)
      case 'retry':
        return scenario.retry(id)
      case 'deliver':
        return { deliveries: await webhooks.attempt(id) }
      default:
        return what satisfies never
    }
  }

  return {
    /** The next thing that falls due; `undefined` if nothing will. */
    next: (): Due | undefined => {
      const [due, delivery] = [nextDue(world, { started, done }), nextDelivery()]
      return due === undefined || (delivery !== undefined && delivery.at <= due.at) ? delivery : due
    },
    /** Changes the world and delivers the webhooks. Returns their types. */
    play: async (due: Due): Promise<string[]> => {
      const { deliveries } = await play(due)
      return deliveries.map(({ type }) => type)
    },
    /** Time has reached `at`, in milliseconds, and all that was due is done. */
    reached: (at: number) => {
      done = Math.max(done, at)
    },
  }
}

export type PlayTime = ReturnType<typeof createPlayTime>

/** The same for a caller whose clock is `ahead` milliseconds behind Polar's. */
export const inOwnTime = (ahead: number, { next, play, reached }: PlayTime): PlayTime => ({
  next: () => {
    const due = next()
    return due && { ...due, at: due.at - ahead }
  },
  play: (due) => play({ ...due, at: due.at + ahead }),
  reached: (at) => reached(at + ahead),
})
