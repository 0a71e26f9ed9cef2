// What an event means: the table that turns it, and what is known, into a message or a recorded reason why there is none.
// Rows are tried from the top and the first that applies decides; an event that none applies to is not mapped.

import type { Kind } from '../../emails/index.ts'
import type { Message } from '../messages/message.ts'
import type { Event } from './event.ts'
import { type Known, subscriptionIn } from './known.ts'
import type { Given, Ignored, Row } from './row.ts'
import { orderRows } from './rows/orders.ts'
import { refundRows } from './rows/refunds.ts'
import { subscriptionRows } from './rows/subscriptions.ts'
import type { Customer } from './shapes.ts'

/** A message to whoever the recipients of its customer turn out to be. */
export type Planned = { customer: Customer } & Pick<
  Message,
  'kind' | 'fact' | 'content' | 'target' | 'subscriptionId' | 'productId'
>

export type Plan = { message: Planned } | { ignored: Ignored; because: string }

/** What is decided beside the table: from when on anything is mailed (ms), and the kinds that are not. */
export type Policy = { liveSince: number; isOff: (kind: Kind) => boolean }

type About = Pick<Planned, 'subscriptionId' | 'productId'>

const firstThatApplies = <Subject>(
  rows: readonly Row<Subject>[],
  given: Given<Subject>,
  about: About,
): Plan => {
  const { event } = given
  const row = rows.find(
    ({ on, when }) =>
      (typeof on === 'string' ? on === event.type : on.includes(event.type)) &&
      (when?.(given) ?? true),
  )
  if (!row) return { ignored: 'not_mapped', because: event.type }
  if (typeof row.means === 'string') return { ignored: row.means, because: row.is }
  const said = row.means.say(given)
  if (!said) return { ignored: 'unreadable', because: `${row.is}, without its subscription` }
  // A row's kind and content fit each other; the union of all rows can't say so.
  return {
    message: { customer: event.customer, kind: row.means.kind, ...said, ...about } as Planned,
  }
}

const decide = (event: Event, known: Known): Plan => {
  switch (event.about) {
    case 'order': {
      const { order } = event
      const subscriptionId = order.subscription?.id ?? null
      return firstThatApplies(
        orderRows,
        { it: order, event, known: subscriptionIn(known, subscriptionId) },
        { subscriptionId, productId: order.product?.id ?? null },
      )
    }
    case 'subscription': {
      const { subscription } = event
      return firstThatApplies(
        subscriptionRows,
        { it: subscription, event, known: subscriptionIn(known, subscription.id) },
        {
          subscriptionId: subscription.id,
          productId: subscription.product_id ?? subscription.product?.id ?? null,
        },
      )
    }
    case 'refund':
      return firstThatApplies(
        refundRows,
        { it: event, event, known: undefined },
        { subscriptionId: null, productId: event.order.product?.id ?? null },
      )
    case 'customer':
      return { ignored: 'not_mapped', because: event.type }
    default:
      return event satisfies never
  }
}

/** What to say, given an event and all that is known with it. */
export const plan = (event: Event, known: Known, { liveSince, isOff }: Policy): Plan => {
  const planned = decide(event, known)
  if ('ignored' in planned) return planned
  const { kind } = planned.message
  if (isOff(kind)) return { ignored: 'switched_off', because: kind }
  if (event.occurredAt < liveSince) return { ignored: 'before_live', because: kind }
  if (known.deletedAt) return { ignored: 'customer_deleted', because: kind }
  return planned
}
