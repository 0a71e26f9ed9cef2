// Generates business facts, each with its own customer and address, and the webhooks about them. Some facts have two webhooks.

import { randomUUID } from 'node:crypto'
import type { Kind } from '../../emails/index.ts'
import { createEvents } from '../../src/sandbox/polar/events.ts'
import type { PolarEvent } from '../../src/sandbox/polar/shapes/rows.ts'
import { ORGANIZATION } from '../../src/sandbox/system.ts'
import type { Random } from '../support/random.ts'

export type Fact = {
  address: string
  /** The kind of its one email. */
  kind: Kind
  /** The event of the fact. It is created at the first call, and the same afterwards. */
  event: () => PolarEvent
}

/** A fact's second webhook may have the same id, as in a retry, or another one, as from a second endpoint. */
export type Webhook = { fact: Fact; webhookId: string }

const events = createEvents({ organizationId: ORGANIZATION.id, slug: ORGANIZATION.slug })

/** Customers share a few products, so that not every email looks one up. */
const ALBUM = { id: '5d8ea2a2-54c6-4e60-9a0b-7b3c6f0b8d11' }
const PLAN = { id: '0c6d1f37-9d0e-4f0f-8a5c-2f1f0e6a9b42' }

/** Without a billing name there is no invoice to wait for. */
const NO_BILLING = { billing_name: null, billing_address: null }

type EventFor = (customer: { id: string; email: string; name: string }) => PolarEvent

type FactType = { kind: Kind; share: number; eventFor: EventFor }

const KINDS: readonly [FactType, ...FactType[]] = [
  {
    kind: 'order_confirmation',
    share: 0.4,
    eventFor: (customer) => events.orderPaid({ customer, product: ALBUM, order: NO_BILLING }),
  },
  // This one has an invoice, which is attached.
  {
    kind: 'order_confirmation',
    share: 0.02,
    eventFor: (customer) => events.orderPaid({ customer, product: ALBUM }),
  },
  {
    kind: 'subscription_cycled',
    share: 0.28,
    eventFor: (customer) =>
      events.orderPaid({ customer, product: PLAN, subscription: {}, order: NO_BILLING }),
  },
  {
    kind: 'subscription_confirmation',
    share: 0.15,
    eventFor: (customer) =>
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
    eventFor: (customer) => events.subscriptionCanceled({ customer, product: PLAN }),
  },
  {
    kind: 'subscription_revoked',
    share: 0.05,
    eventFor: (customer) => events.subscriptionRevoked({ customer, product: PLAN }),
  },
]

/** The type at a point between 0 and 1, by the shares. */
const kindAt = (point: number) => {
  let from = 0
  return KINDS.find(({ share }) => {
    from += share
    return point < from
  })
}

const createFact = (name: string, random: Random): Fact => {
  const { kind, eventFor } = kindAt(random.between(0, 1)) ?? KINDS[0]
  const address = `${name}@example.com`
  let event: PolarEvent | undefined
  return {
    address,
    kind,
    event: () => {
      event ??= eventFor({ id: randomUUID(), email: address, name })
      return event
    },
  }
}

/** Maximal distance of a duplicate from the first webhook, in webhooks. The nearest are in flight at the same time. */
const MAX_DISTANCE = 60

/**
 * `count` facts with their webhooks, and `duplicates` more webhooks, in the order of delivery.
 * @param name prefix of the names of customers and webhooks.
 */
export const createWebhooks = (
  count: number,
  duplicates: number,
  random: Random,
  name = 'customer',
) => {
  const first: Webhook[] = Array.from({ length: count }, (_, number) => ({
    fact: createFact(`${name}-${number}`, random),
    webhookId: `msg_${name}_${number}`,
  }))
  const again = Array.from({ length: duplicates }, (_, number) => {
    const at = random.index(count)
    const { fact, webhookId } = first[at] as Webhook
    const isSameId = random.chance(0.5)
    return {
      at: at + random.between(0, 1) ** 2 * MAX_DISTANCE,
      webhook: { fact, webhookId: isSameId ? webhookId : `msg_${name}_again_${number}` },
    }
  })
  const inOrder = [...first.map((webhook, at) => ({ at, webhook })), ...again]
  inOrder.sort((a, b) => a.at - b.at)
  return { facts: first.map(({ fact }) => fact), webhooks: inOrder.map(({ webhook }) => webhook) }
}
