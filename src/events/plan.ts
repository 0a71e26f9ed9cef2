// What an event means: the table that turns it, and what is known, into a message or a recorded reason why there is none.
// Rows are tried from the top and the first that applies decides; an event that none applies to is not mapped.

import type { Message } from '../messages/message.ts'
import { freeRenewal, orderContent, pastDueContent, planName } from './content.ts'
import type { Customer, Event, Order, Subscription } from './event.ts'
import { type Known, type KnownSubscription, subscriptionIn } from './known.ts'

/** Why an event leads to no message. */
export type Ignored =
  | 'not_mapped'
  | 'unreadable'
  | 'free_renewal'
  | 'before_live'
  | 'customer_deleted'
  | 'no_recipient'

/** A message to whoever the recipients of its customer turn out to be. */
export type Planned = { customer: Customer } & Pick<
  Message,
  'kind' | 'fact' | 'content' | 'target' | 'subscriptionId'
>

export type Plan = { message: Planned } | { ignored: Ignored; because: string }

type Row<Subject> = {
  /** What it is, in words. */
  is: string
  on: string
  when?: (subject: Subject, known: KnownSubscription | undefined) => boolean
  means:
    | Exclude<Ignored, 'unreadable'>
    | ((subject: Subject, known: KnownSubscription | undefined) => Planned | null)
}

const isPurchase = (order: Order) => order.billing_reason === 'purchase'
const isFirst = (order: Order) => order.billing_reason === 'subscription_create'
const isCycle = (order: Order) => order.billing_reason === 'subscription_cycle'

/** Polar tells a converted trial, a final invoice and a charge after a pause as ordinary cycles. */
const endsTrial = ({ subscription }: Order) =>
  subscription?.trial_end != null && subscription.trial_end === subscription.current_period_start

const mends = (order: Order, known: KnownSubscription | undefined) => {
  const period = order.subscription?.current_period_start ?? null
  const openedAt = Date.parse(order.created_at)
  return (known?.episodes ?? []).some(
    ({ pastDueAt, periodStart }) => period === periodStart && openedAt <= Date.parse(pastDueAt),
  )
}

const followsPause = (order: Order, known: KnownSubscription | undefined) => {
  if (!known) return false
  const period = order.subscription?.current_period_start
  if (period != null && known.resumedPeriods.includes(period)) return true
  return known.pausedSince !== null && Date.parse(order.created_at) >= known.pausedSince
}

const orderRows: readonly Row<Order>[] = [
  {
    is: 'a purchase',
    on: 'order.paid',
    when: (order) => isPurchase(order) && order.product != null,
    means: (order) => ({
      kind: 'order_confirmation',
      fact: `order/${order.id}/purchase`,
      customer: order.customer,
      content: {
        product: order.product?.name ?? order.description ?? '',
        order: orderContent(order),
      },
      target: `order:${order.id}`,
      subscriptionId: null,
    }),
  },
  {
    is: 'the start of a trial',
    on: 'order.paid',
    when: (order) => isFirst(order) && order.subscription?.status === 'trialing',
    means: 'not_mapped',
  },
  {
    is: 'a new subscription',
    on: 'order.paid',
    when: isFirst,
    means: (order) =>
      order.subscription
        ? {
            kind: 'subscription_confirmation',
            fact: `order/${order.id}/sub-start`,
            customer: order.customer,
            content: {
              plan: planName(order.subscription, order.product),
              order: orderContent(order),
            },
            target: `subscription:${order.subscription.id}`,
            subscriptionId: order.subscription.id,
          }
        : null,
  },
  {
    is: 'the final invoice of an ended subscription',
    on: 'order.paid',
    when: (order) => isCycle(order) && order.subscription?.ended_at != null,
    means: 'not_mapped',
  },
  {
    is: 'a trial that turned into a paid subscription',
    on: 'order.paid',
    when: (order) => isCycle(order) && endsTrial(order),
    means: 'not_mapped',
  },
  {
    is: 'a failed payment that was mended',
    on: 'order.paid',
    when: (order, known) => isCycle(order) && mends(order, known),
    means: 'not_mapped',
  },
  {
    is: 'the first charge after a pause',
    on: 'order.paid',
    when: (order, known) => isCycle(order) && followsPause(order, known),
    means: 'not_mapped',
  },
  {
    is: 'the renewal of a free plan',
    on: 'order.paid',
    when: (order, known) => isCycle(order) && freeRenewal(order, known?.free ?? null),
    means: 'free_renewal',
  },
  {
    is: 'a renewal',
    on: 'order.paid',
    when: isCycle,
    means: (order) =>
      order.subscription
        ? {
            kind: 'subscription_cycled',
            fact: `order/${order.id}/renewed`,
            customer: order.customer,
            content: {
              plan: planName(order.subscription, order.product),
              order: orderContent(order),
            },
            target: `order:${order.id}`,
            subscriptionId: order.subscription.id,
          }
        : null,
  },
]

const subscriptionRows: readonly Row<Subscription>[] = [
  {
    is: 'the first failed charge of a period',
    on: 'subscription.past_due',
    when: (subscription) => subscription.past_due_at != null,
    means: (subscription, known) => {
      const pastDueAt = subscription.past_due_at
      return pastDueAt === null
        ? null
        : {
            kind: 'subscription_past_due',
            fact: `sub/${subscription.id}/past-due/${pastDueAt}`,
            customer: subscription.customer,
            content: pastDueContent(subscription, pastDueAt, known?.openOrder ?? null),
            target: 'payment',
            subscriptionId: subscription.id,
          }
    },
  },
]

const firstThatApplies = <Subject>(
  rows: readonly Row<Subject>[],
  type: string,
  subject: Subject,
  known: KnownSubscription | undefined,
): Plan => {
  const row = rows.find(({ on, when }) => on === type && (when?.(subject, known) ?? true))
  if (!row) return { ignored: 'not_mapped', because: type }
  const meaning = typeof row.means === 'function' ? row.means(subject, known) : row.means
  if (meaning === null)
    return { ignored: 'unreadable', because: `${row.is}, without its subscription` }
  return typeof meaning === 'string' ? { ignored: meaning, because: row.is } : { message: meaning }
}

/**
 * What to say, given an event and all that is known with it.
 * @param liveSince the instant of going live, in milliseconds: nothing that happened before it is mailed.
 */
export const plan = (event: Event, known: Known, liveSince: number): Plan => {
  const planned =
    event.about === 'order'
      ? firstThatApplies(
          orderRows,
          event.type,
          event.order,
          subscriptionIn(known, event.order.subscription?.id),
        )
      : event.about === 'subscription'
        ? firstThatApplies(
            subscriptionRows,
            event.type,
            event.subscription,
            subscriptionIn(known, event.subscription.id),
          )
        : ({ ignored: 'not_mapped', because: event.type } as const)
  if ('ignored' in planned) return planned
  if (event.occurredAt < liveSince) return { ignored: 'before_live', because: planned.message.kind }
  if (known.deletedAt) return { ignored: 'customer_deleted', because: planned.message.kind }
  return planned
}
