// Finds what an event means: a message, or a recorded reason why there is none. The rows are tried from the top and the first
// that applies decides; an event without a row is `not_mapped`.

import type { Kind } from '../../emails/index.ts'
import { isForgotten, subscriptionIdIn } from '../customers/forget.ts'
import { type CustomerState, changedAt, subscriptionIn } from '../customers/state.ts'
import type { Message } from '../messages/message.ts'
import type { Withheld } from '../messages/store.ts'
import type { Event } from '../polar/event.ts'
import type { Customer } from '../polar/payloads.ts'
import type { Given, Ignored, Row } from './row.ts'
import { orderRows } from './rows/orders.ts'
import { refundRows } from './rows/refunds.ts'
import { cardRows } from './rows/reminders.ts'
import { subscriptionRows } from './rows/subscriptions.ts'
import { usageRows } from './rows/usage.ts'

/** A message before its recipients are known. */
export type Planned = { customer: Customer } & Pick<
  Message,
  'kind' | 'fact' | 'content' | 'target' | 'subscriptionId' | 'productId' | 'asOf'
>

/**
 * One event can cause two messages: `also` has the others. A `withheld` message is recorded, and not sent; its fact happened at
 * `happenedAt` (ms).
 */
export type Plan =
  | { message: Planned; also?: Planned[] }
  | { ignored: Withheld; because: string; withheld: Planned; happenedAt: number }
  | { ignored: Exclude<Ignored, Withheld>; because: string }

/** Settings beside the table. Times are in milliseconds. */
export type Policy = {
  /** Facts since then are mailed. */
  liveSince: number
  isOff: (kind: Kind) => boolean
  /** Since when a fact must have happened to be mailed, for an event that was found late. */
  freshSince?: (kind: Kind) => number
}

const FORGOTTEN = 'a late event of a subscription that has been over for long'

const EVERY_ORDER = [...orderRows, ...usageRows]

type About = Pick<Planned, 'subscriptionId' | 'productId' | 'asOf'>

type Decided =
  | { planned: Planned; happenedAt: number }
  | { ignored: Exclude<Ignored, Withheld>; because: string }

const meaning = <Subject>(row: Row<Subject>, given: Given<Subject>, about: About): Decided => {
  if (typeof row.means === 'string') return { ignored: row.means, because: row.is }
  const { kind, say } = row.means
  const said = say(given)
  if (!said) return { ignored: 'unreadable', because: `${row.is}, without its subscription` }
  const { happenedAt, ...message } = said
  const { customer, occurredAt } = given.event
  return {
    // A row's kind and content fit each other; the type of all rows cannot express that.
    planned: { customer, kind, ...message, ...about } as Planned,
    happenedAt: happenedAt ? Date.parse(happenedAt) : occurredAt,
  }
}

/** The first row that applies, and those that apply beside it. */
const thatApply = <Subject>(
  rows: readonly Row<Subject>[],
  given: Given<Subject>,
  about: About,
  isOff: Policy['isOff'],
): Decided[] => {
  const { type } = given.event
  const isOut = ({ orElse, means }: Row<Subject>) =>
    orElse === true && typeof means === 'object' && isOff(means.kind)
  return rows
    .filter(
      ({ on, when }) =>
        (typeof on === 'string' ? on === type : on.includes(type)) && (when?.(given) ?? true),
    )
    .filter((row) => !isOut(row))
    .filter((row, at) => at === 0 || row.beside)
    .map((row) => meaning(row, given, about))
}

const decide = (event: Event, state: CustomerState, isOff: Policy['isOff']): Decided[] => {
  const subscription = subscriptionIn(state, subscriptionIdIn(event))
  if (subscription && event.about !== 'member' && isForgotten(event, subscription))
    return [{ ignored: 'stale', because: FORGOTTEN }]
  switch (event.about) {
    case 'order': {
      const { order } = event
      const subscriptionId = order.subscription?.id ?? null
      return thatApply(
        EVERY_ORDER,
        { subject: order, event, state: subscriptionIn(state, subscriptionId) },
        {
          subscriptionId,
          productId: order.product?.id ?? order.subscription?.product_id ?? null,
          ...(order.subscription && { asOf: changedAt(order.subscription, 0) }),
        },
        isOff,
      )
    }
    case 'subscription': {
      const { subscription } = event
      return thatApply(
        subscriptionRows,
        { subject: subscription, event, state: subscriptionIn(state, subscription.id) },
        {
          subscriptionId: subscription.id,
          productId: subscription.product_id ?? subscription.product?.id ?? null,
          asOf: changedAt(subscription, event.occurredAt),
        },
        isOff,
      )
    }
    case 'refund':
      return thatApply(
        refundRows,
        { subject: event, event, state: undefined },
        { subscriptionId: null, productId: event.order.product?.id ?? null },
        isOff,
      )
    case 'customer':
      return event.expiring
        ? thatApply(
            cardRows,
            { subject: event.expiring, event, state: undefined },
            { subscriptionId: null, productId: null },
            isOff,
          )
        : []
    case 'member':
      return []
    default:
      return event satisfies never
  }
}

/** The plan for an event, by the state after it. */
export const plan = (event: Event, state: CustomerState, policy: Policy): Plan => {
  const { liveSince, isOff, freshSince } = policy
  const decided = decide(event, state, isOff).map((one): Plan => {
    if ('ignored' in one) return one
    const { kind } = one.planned
    if (isOff(kind)) return { ignored: 'switched_off', because: kind }
    // This comes first: a message that is recorded names its recipients.
    if (state.deletedAt) return { ignored: 'customer_deleted', because: kind }
    const { happenedAt, planned } = one
    const withheld = { because: kind, happenedAt, withheld: planned }
    if (happenedAt < liveSince) return { ignored: 'before_live', ...withheld }
    if (freshSince && happenedAt < freshSince(kind)) return { ignored: 'too_old', ...withheld }
    return { message: planned }
  })
  const [message, ...also] = decided.flatMap((one) => ('message' in one ? [one.message] : []))
  if (message) return { message, ...(also.length > 0 && { also }) }
  return decided[0] ?? { ignored: 'not_mapped', because: event.type }
}
