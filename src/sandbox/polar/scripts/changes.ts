// Changes of plan or quantity: billed at once, billed with the next period, or applied with the next period.

import { randomUUID } from 'node:crypto'
import type { Line } from '../shapes/order.ts'
import type { PolarEvent, Product, Subscription } from '../shapes/rows.ts'
import { onTerms, type Terms } from '../shapes/subscription.ts'
import type { Billing } from './billing.ts'
import type { Ground, ProductChoice } from './ground.ts'
import type { BillInput } from './purchases.ts'

type ChangeInput = BillInput & {
  /**
   * `invoice`: order.created (pending, subscription_update) → subscription.updated → order.updated → order.paid; where
   * nothing is due, the order is paid before subscription.updated. `prorate`: subscription.updated alone, and
   * the same as `invoice` where the new plan has another interval. `next_period`: subscription.updated with a
   * `pending_update`, which the next renewal applies.
   */
  proration: 'invoice' | 'prorate' | 'next_period'
}

const day = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'medium' })
const on = (instant: string) => day.format(new Date(instant))

export const createChanges = (ground: Ground, billing: Billing) => {
  const { world, stamp } = ground

  /** A second change for the next period joins the first. */
  const postpone = (of: Subscription, { product, seats, units }: Terms) => {
    const at = stamp()
    const before = of.pending_update
    ground.changeSubscription(of.id, {
      pending_update: {
        created_at: before?.created_at ?? at,
        modified_at: before === null ? null : at,
        id: before?.id ?? randomUUID(),
        applies_at: of.current_period_end,
        product_id: product?.id ?? before?.product_id ?? null,
        seats: seats ?? before?.seats ?? null,
        units: units ?? before?.units ?? null,
      },
    })
    return ground.eventsOf(of.id, 'updated')
  }

  /** The remaining share of the period, from 0 to 1. */
  const remainingShare = (of: Subscription, now: string) => {
    const [start, end, at] = [of.current_period_start, of.current_period_end, now].map(Date.parse)
    const part = (Number(end) - Number(at)) / (Number(end) - Number(start) || 1)
    return Math.min(1, Math.max(0, part))
  }

  const lines = (
    before: Subscription,
    after: Subscription,
    now: string,
    inFull: boolean,
  ): Line[] => {
    const part = remainingShare(before, now)
    const name = (id: string) => world.products.get(id)?.name ?? 'Subscription'
    const time = (of: Subscription) => ` — From ${on(now)} to ${on(of.current_period_end)}`
    if (before.product_id !== after.product_id) {
      const unused = -Math.round(before.amount * part)
      const used = inFull ? after.amount : Math.round(after.amount * part)
      return [
        {
          label: `Remaining time on ${name(before.product_id)}${time(before)}`,
          amount: unused,
          proration: true,
        },
        { label: `${name(after.product_id)}${time(after)}`, amount: used, proration: true },
      ]
    }
    const [noun, from, to] =
      before.seats === after.seats
        ? ['units', before.units, after.units]
        : ['seats', before.seats, after.seats]
    const label = `${name(after.product_id)} (${from ?? 1} → ${to ?? 1} ${noun})${time(after)}`
    return [{ label, amount: Math.round((after.amount - before.amount) * part), proration: true }]
  }

  const change = (
    subscriptionId: string,
    terms: Terms,
    { proration, amount, ...input }: ChangeInput,
  ): { orderId: string | undefined; events: PolarEvent[] } => {
    const before = ground.subscription(subscriptionId)
    if (proration === 'next_period') return { ...postpone(before, terms), orderId: undefined }
    const now = stamp()
    const next = onTerms(before, terms)
    const every = (of: Partial<Subscription>) =>
      `${of.recurring_interval} ${of.recurring_interval_count}`
    const otherInterval = every({ ...before, ...next }) !== every(before)
    // A plan that was chosen for the next period outlives a change of quantity.
    const waits = terms.product === undefined && before.pending_update?.product_id != null
    const pending_update =
      waits && before.pending_update ? { ...before.pending_update, seats: null, units: null } : null
    const changed = { ...next, pending_update }
    const isTrial = before.status === 'trialing'
    if (otherInterval && !isTrial) billing.startPeriod(subscriptionId, now, changed)
    else ground.changeSubscription(subscriptionId, changed)
    const after = ground.subscription(subscriptionId)
    const isBilled = (proration === 'invoice' || otherInterval) && !isTrial
    const updated = () => ground.ofSubscription('updated', subscriptionId)
    if (!isBilled) return { orderId: undefined, events: [updated()] }

    const computed = lines(before, after, now, otherInterval)
    const label = computed.at(-1)?.label ?? ''
    const billed = amount === undefined ? computed : [{ label, amount, proration: true }]
    const due = billing.due(subscriptionId, { ...input, lines: billed }, 'subscription_update')
    const events =
      due.order.due_amount === 0
        ? [...due.events, ...billing.collect(due.order), updated()]
        : [...due.events, updated(), ...billing.collect(due.order)]
    return { orderId: due.order.id, events }
  }

  return {
    /** `amount` is the order's amount. Default: the difference of both plans for the rest of the period. */
    changePlan: (
      subscriptionId: string,
      { product: choice, ...input }: ChangeInput & { product: ProductChoice },
    ) => {
      const made =
        typeof choice === 'string' ? choice : { recurring_interval: 'month' as const, ...choice }
      const product: Product = ground.product(made)
      const changed = change(subscriptionId, { product }, input)
      return { ...ground.eventsOf(subscriptionId), ...changed, newProductId: product.id }
    },

    /** Changes seats or units, with the same events as a change of plan. */
    changeQuantity: (
      subscriptionId: string,
      { seats, units, ...input }: ChangeInput & { seats?: number; units?: number },
    ) => {
      const terms = { ...(seats !== undefined && { seats }), ...(units !== undefined && { units }) }
      return { ...ground.eventsOf(subscriptionId), ...change(subscriptionId, terms, input) }
    },

    /** Cancels the pending change: subscription.updated */
    clearPendingUpdate: (subscriptionId: string) => {
      ground.changeSubscription(subscriptionId, { pending_update: null })
      return ground.eventsOf(subscriptionId, 'updated')
    },
  }
}
