// Finds the ids in an event of any type, mapped or not: which customer, order, subscription and member it is about. So an
// event can be found, and erased with its customer, even if nothing else in it can be read.

import * as z from 'zod'
import { maybeId } from './payloads.ts'

/** Only those that the event names. */
export type EventIds = Partial<Record<'customer' | 'order' | 'subscription' | 'member', string>>

const named = z.object({ id: maybeId }).nullish().catch(null)

const fields = z.object({
  id: maybeId,
  customer_id: maybeId,
  order_id: maybeId,
  subscription_id: maybeId,
  member_id: maybeId,
  customer: named,
  order: named,
  subscription: named,
  member: z.object({ id: maybeId, customer_id: maybeId }).nullish().catch(null),
})

/** @param data of an event whose type is `type`. */
export const idsIn = (type: string, data: unknown): EventIds => {
  const { data: found } = fields.safeParse(data)
  if (!found) return {}
  const room = type.split('.')[0]
  const own = (name: string) => (room === name ? found.id : null)
  const ids = {
    customer:
      own('customer') ?? found.customer_id ?? found.customer?.id ?? found.member?.customer_id,
    order: own('order') ?? found.order_id ?? found.order?.id,
    subscription: own('subscription') ?? found.subscription_id ?? found.subscription?.id,
    member: own('member') ?? found.member_id ?? found.member?.id,
  }
  return Object.fromEntries(Object.entries(ids).filter(([, id]) => id))
}
