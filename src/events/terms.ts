// What a subscription is to: its plan and quantity, how they change, what is announced, and the order that a change may
// bring a little later or, as arrival goes, a little sooner.

import type { Quantity } from '../../emails/index.ts'
import { MINUTE } from '../runtime/clock.ts'
import type { AsOf, Change, KnownSubscription, Terms } from './known.ts'
import type { Order, Subscription, SubscriptionCore } from './shapes.ts'

/** A change and its order are made within seconds of each other; at most this far apart they belong together. */
const TOGETHER = 10 * MINUTE

const MOST_CHANGES = 8

/** Whatever else is told of a change, one of these tells it too. */
const TELL_CHANGES = new Set([
  'subscription.created',
  'subscription.updated',
  'subscription.cycled',
])

type Counted = { seats?: number | null | undefined; units?: number | null | undefined }

export const quantityOf = ({ seats, units }: Counted): Quantity | null =>
  seats ? { count: seats, of: 'seat' } : units ? { count: units, of: 'unit' } : null

const termsOf = (core: SubscriptionCore, product: Order['product']): Terms | null => {
  const productId = core.product_id ?? product?.id
  return productId ? { productId, name: product?.name ?? '', quantity: quantityOf(core) } : null
}

const same = (one: Quantity | null, other: Quantity | null) =>
  one?.count === other?.count && one?.of === other?.of

const differs = (from: Terms, to: Terms): Change['what'] | null =>
  from.productId !== to.productId ? 'plan' : same(from.quantity, to.quantity) ? null : 'quantity'

const isNear = (change: Change, at: number) => Math.abs(change.at - at) <= TOGETHER

const replaced = (before: KnownSubscription, old: Change, by: Change): KnownSubscription => ({
  ...before,
  changes: before.changes.map((change) => (change === old ? by : change)),
})

const opened = (before: KnownSubscription, change: Omit<Change, 'n'>): KnownSubscription => {
  const n = before.changeCount + 1
  return {
    ...before,
    changeCount: n,
    changes: [...before.changes, { n, ...change }].slice(-MOST_CHANGES),
  }
}

/** The change was announced, or comes with a renewal: nobody needs to hear of it again. */
const wasScheduled = (type: string, announced: KnownSubscription['pending'], next: Terms) =>
  type === 'subscription.cycled' ||
  (announced !== null &&
    (announced.productId ?? next.productId) === next.productId &&
    same(announced.quantity ?? next.quantity, next.quantity))

type Telling = { id: string; type: string }

/** What is asked for and still to come. */
const announced = (before: KnownSubscription, { id }: Telling, told: Subscription) => {
  const pending = told.pending_update
  return {
    pauseAsked: told.pause_at_period_end ? (before.pauseAsked ?? { by: id }) : null,
    pending: pending
      ? {
          id: pending.id,
          by: before.pending?.id === pending.id ? before.pending.by : id,
          productId: pending.product_id,
          quantity: quantityOf(pending),
        }
      : null,
  }
}

/** Notes the terms that an event tells, the change that they are, and what is announced. */
export const learnTerms = (
  before: KnownSubscription,
  event: Telling,
  told: Subscription,
  asOf: AsOf,
): KnownSubscription => {
  if (!TELL_CHANGES.has(event.type)) return firstTerms(before, told, told.product)
  const next = termsOf(told, told.product)
  if (!next) return before
  const { terms } = before
  const after = { ...before, terms: { ...next, asOf }, ...announced(before, event, told) }
  const what = terms && differs(terms, next)
  if (!what) return after
  const { asOf: _, ...from } = terms
  const guess = before.changes.find((change) => change.isGuess && isNear(change, asOf.changedAt))
  return guess
    ? replaced(after, guess, { ...guess, isGuess: false, from, by: [...guess.by, event.id] })
    : opened(after, {
        what,
        at: asOf.changedAt,
        from,
        by: [event.id],
        isGuess: false,
        wasScheduled: wasScheduled(event.type, before.pending, next),
        order: null,
      })
}

/** Notes the paid order of a change; where the change itself is not told yet, that there is one. */
export const learnChangeOrder = (
  before: KnownSubscription,
  event: Telling,
  told: Order,
): KnownSubscription => {
  if (!told.subscription || before.changes.some(({ order }) => order?.id === told.id)) return before
  const at = Date.parse(told.created_at)
  const order = { id: told.id, by: event.id }
  const fits = before.changes.findLast(
    (change) => !change.order && !change.wasScheduled && isNear(change, at),
  )
  return fits
    ? replaced(before, fits, { ...fits, order })
    : opened(before, {
        what: quantityOf(told.subscription) ? 'quantity' : 'plan',
        at,
        from: null,
        by: [event.id],
        isGuess: true,
        wasScheduled: false,
        order,
      })
}

/** What a snapshot shows of a subscription whose terms nothing has told yet: any that tells them is newer. */
export const firstTerms = (
  before: KnownSubscription,
  core: SubscriptionCore | null | undefined,
  product: Order['product'],
): KnownSubscription => {
  const terms = core && !before.terms ? termsOf(core, product) : null
  return terms ? { ...before, terms: { ...terms, asOf: { changedAt: 0, toldAt: 0 } } } : before
}
