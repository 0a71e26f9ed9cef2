// Rows for paid orders. Six different facts look the same at Polar, as the paid order of a cycle: the state says which one it
// is.

import type { Kind } from '../../../emails/index.ts'
import { paidOrderIn } from '../../customers/paid-orders.ts'
import { periodOf } from '../../customers/period.ts'
import { freeRenewal, orderContent, planOf, productOf } from '../../messages/content.ts'
import type { Order, SubscriptionCore } from '../../polar/payloads.ts'
import { MINUTE } from '../../runtime/clock.ts'
import { type Given, type Row, type Said, sends } from '../row.ts'
import { saysChange } from './changes.ts'
import { saysResumed } from './pauses.ts'

type Of = Given<Order>

const isFor = (reason: string) => (given: Of) => given.subject.billing_reason === reason
const isFirst = isFor('subscription_create')
const isCycle = isFor('subscription_cycle')

/** An order that is found late comes with its subscription as it is by then. */
const beginsTrial = ({ subject: { subscription, created_at } }: Of) =>
  subscription?.status === 'trialing' ||
  (subscription?.trial_end != null && Date.parse(created_at) < Date.parse(subscription.trial_end))

/** Polar ends a subscription and bills its last usage in two jobs, which follow each other within this. */
const WITH_THE_END = MINUTE

/** An order of before the end may be found after it, and then comes with an ended subscription. */
const isFinal = ({ subject: { subscription, created_at } }: Of) =>
  subscription?.ended_at != null &&
  Date.parse(created_at) >= Date.parse(subscription.ended_at) - WITH_THE_END

const endsTrial = ({ subject }: Of) =>
  subject.subscription?.trial_end != null && subject.subscription.trial_end === periodOf(subject)

/** How the order was read when it first came. */
const taken = ({ subject, state }: Of) => state && paidOrderIn(state, subject.id)

const changeOf = ({ subject, state }: Of) =>
  state?.changes.find(({ order }) => order?.id === subject.id)

/** An email about the subscription of an order; none where the order came without it. */
const tells = <K extends Kind>(
  kind: K,
  say: (subscription: SubscriptionCore, order: Order, given: Of) => Said<K> | null,
) =>
  sends<K, Order>(kind, (given) =>
    given.subject.subscription ? say(given.subject.subscription, given.subject, given) : null,
  )

const receipt = (subscription: SubscriptionCore, order: Order) => ({
  content: { plan: planOf(subscription, order.product), order: orderContent(order) },
  target: `order:${order.id}` as const,
})

export const orderRows: readonly Row<Order>[] = [
  {
    is: 'a purchase',
    on: 'order.paid',
    when: isFor('purchase'),
    means: sends('order_confirmation', ({ subject }) => ({
      fact: `order/${subject.id}/purchase`,
      content: { product: productOf(subject), order: orderContent(subject) },
      target: `order:${subject.id}`,
    })),
  },
  {
    is: 'the start of a trial',
    on: 'order.paid',
    when: (given) => isFirst(given) && beginsTrial(given),
    means: tells('trial_started', (subscription, order) => {
      const { id, trial_start, trial_end, current_period_end, amount, currency } = subscription
      return {
        fact: `sub/${id}/trial/${trial_start ?? order.id}`,
        content: {
          plan: planOf(subscription, order.product),
          trialEndsAt: trial_end ?? current_period_end ?? order.created_at,
          price: amount > 0 ? { value: amount, currency: currency ?? order.currency } : null,
        },
        target: `subscription:${id}`,
      }
    }),
  },
  {
    is: 'a new subscription',
    on: 'order.paid',
    when: isFirst,
    means: tells('subscription_confirmation', (subscription, order) => ({
      ...receipt(subscription, order),
      fact: `order/${order.id}/sub-start`,
      target: `subscription:${subscription.id}`,
    })),
  },
  {
    is: 'usage billed within a period',
    on: 'order.paid',
    when: isFor('subscription_meter_cycle'),
    means: tells('subscription_usage_invoice', (subscription, order) => ({
      ...receipt(subscription, order),
      fact: `order/${order.id}/usage`,
    })),
  },
  {
    is: 'the order that a change of plan or quantity brought',
    on: 'order.paid',
    when: (given) => isFor('subscription_update')(given) && changeOf(given) !== undefined,
    means: tells('subscription_updated', (subscription, order, given) => {
      const change = changeOf(given)
      return change ? saysChange(subscription, order.product, change) : null
    }),
  },
  {
    is: 'the order of a change whose email has gone out without it',
    on: 'order.paid',
    when: isFor('subscription_update'),
    means: sends('order_confirmation', ({ subject }) => ({
      fact: `order/${subject.id}/update`,
      content: { product: productOf(subject), order: orderContent(subject) },
      target: `order:${subject.id}`,
    })),
  },
  {
    is: 'the final invoice of an ended subscription',
    on: 'order.paid',
    when: (given) => isCycle(given) && isFinal(given),
    means: tells('subscription_final_invoice', (subscription, order) => {
      const { content, target } = receipt(subscription, order)
      const endedAt = subscription.ended_at ?? order.created_at
      return { fact: `order/${order.id}/final`, content: { ...content, endedAt }, target }
    }),
  },
  {
    is: 'a failed payment that was recovered',
    on: 'order.paid',
    when: (given) => isCycle(given) && taken(given)?.recovers != null,
    orElse: true,
    means: tells('payment_recovered', (subscription, order, given) => ({
      ...receipt(subscription, order),
      fact: `sub/${subscription.id}/recovered/${taken(given)?.recovers}`,
    })),
  },
  {
    is: 'the renewal of a free plan',
    on: 'order.paid',
    when: (given) => isCycle(given) && freeRenewal(given.subject, given.state?.free ?? null),
    means: 'free_renewal',
  },
  {
    is: 'a trial that turned into a paid subscription',
    on: 'order.paid',
    when: (given) => isCycle(given) && endsTrial(given),
    means: tells('subscription_cycled_after_trial', (subscription, order) => ({
      ...receipt(subscription, order),
      fact: `sub/${subscription.id}/trial-converted/${subscription.trial_end}`,
    })),
  },
  {
    is: 'the first charge after a pause',
    on: 'order.paid',
    when: (given) => isCycle(given) && taken(given)?.resumes === true,
    orElse: true,
    means: tells('subscription_resumed', (subscription, order, { state }) =>
      saysResumed(subscription, order.product, periodOf(order, state?.resumed)),
    ),
  },
  {
    is: 'a renewal',
    on: 'order.paid',
    when: isCycle,
    means: tells('subscription_cycled', (subscription, order) => ({
      ...receipt(subscription, order),
      fact: `order/${order.id}/renewed`,
    })),
  },
  {
    is: 'a refund, which has events of its own',
    on: 'order.refunded',
    means: 'folded',
  },
]
