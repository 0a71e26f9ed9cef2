// Business facts, each of its own customer and address, and the webhooks that tell them: some more than once.

import { randomUUID } from 'node:crypto'
import type { Kind } from '../../emails/index.ts'
import { createEvents } from '../../src/sandbox/polar/events.ts'
import type { PolarEvent } from '../../src/sandbox/polar/shapes/rows.ts'
import { ORGANIZATION } from '../../src/sandbox/system.ts'
import type { Random } from '../support/random.ts'

export type Fact = {
  address: string
  /** Of the one email that it leads to. */
  kind: Kind
  /** The event that tells it: the same whenever it is told, and as old as its first telling. */
  event: () => PolarEvent
}

/** One webhook. A fact's second one may have the same id, as when Polar tries again, or another, as for a second endpoint. */
export type Telling = { fact: Fact; webhookId: string }

const events = createEvents({ organizationId: ORGANIZATION.id, slug: ORGANIZATION.slug })

/** A merchant sells a few things to many: none is looked up for every email. */
const ALBUM = { id: '5d8ea2a2-54c6-4e60-9a0b-7b3c6f0b8d11' }
const PLAN = { id: '0c6d1f37-9d0e-4f0f-8a5c-2f1f0e6a9b42' }

/** Where nobody is named to bill, there is no invoice to wait for. */
const NO_BILLING = { billing_name: null, billing_address: null }

type Told = (customer: { id: string; email: string; name: string }) => PolarEvent

type Sort = { kind: Kind; share: number; told: Told }

const KINDS: readonly [Sort, ...Sort[]] = [
  {
    kind: 'order_confirmation',
    share: 0.4,
    told: (customer) => events.orderPaid({ customer, product: ALBUM, order: NO_BILLING }),
  },
  // With an invoice, which goes as an attachment.
  {
    kind: 'order_confirmation',
    share: 0.02,
    told: (customer) => events.orderPaid({ customer, product: ALBUM }),
  },
  {
    kind: 'subscription_cycled',
    share: 0.28,
    told: (customer) =>
      events.orderPaid({ customer, product: PLAN, subscription: {}, order: NO_BILLING }),
  },
  {
    kind: 'subscription_confirmation',
    share: 0.15,
    told: (customer) =>
      events.orderPaid({
        customer,
        product: PLAN,
        subscription: {},
        order: { ...NO_BILLING, billing_reason: 'subscription_create' },
      }),
  },
  {
    kind: 'subscription_cancellation',
    share: 0.1,
    told: (customer) => events.subscriptionCanceled({ customer, product: PLAN }),
  },
  {
    kind: 'subscription_revoked',
    share: 0.05,
    told: (customer) => events.subscriptionRevoked({ customer, product: PLAN }),
  },
]

/** What is at a point between 0 and 1 where the shares lie side by side. */
const kindAt = (point: number) => {
  let from = 0
  return KINDS.find(({ share }) => {
    from += share
    return point < from
  })
}

const createFact = (name: string, random: Random): Fact => {
  const { kind, told } = kindAt(random.between(0, 1)) ?? KINDS[0]
  const address = `${name}@example.com`
  let event: PolarEvent | undefined
  return {
    address,
    kind,
    event: () => {
      event ??= told({ id: randomUUID(), email: address, name })
      return event
    },
  }
}

/** How far behind its first telling a duplicate comes, in tellings; the nearest are on their way at the same time. */
const BEHIND = 60

/**
 * `count` facts, and `duplicates` more tellings of some of them, in the order in which they are told.
 * @param name what customers and webhooks are called by, with a number.
 */
export const createTellings = (
  count: number,
  duplicates: number,
  random: Random,
  name = 'customer',
) => {
  const first: Telling[] = Array.from({ length: count }, (_, number) => ({
    fact: createFact(`${name}-${number}`, random),
    webhookId: `msg_${name}_${number}`,
  }))
  const again = Array.from({ length: duplicates }, (_, number) => {
    const at = random.index(count)
    const { fact, webhookId } = first[at] as Telling
    const isSameId = random.chance(0.5)
    return {
      at: at + random.between(0, 1) ** 2 * BEHIND,
      telling: { fact, webhookId: isSameId ? webhookId : `msg_${name}_again_${number}` },
    }
  })
  const inOrder = [...first.map((telling, at) => ({ at, telling })), ...again]
  inOrder.sort((a, b) => a.at - b.at)
  return { facts: first.map(({ fact }) => fact), tellings: inOrder.map(({ telling }) => telling) }
}
