// Cancels one reminder of a subscription. The schedule follows from the customer state, so the state notes the reminder as it
// does one that was sent: no event brings it back. A reminder of another day, and a later step of a failed payment, still come.

import { withSubscription } from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { SubscriptionRef } from '../events/decide.ts'
import { type CompareAndSet, retryConflicts } from '../redis/compare-and-set.ts'
import { type Due, NUDGE_LOST } from '../redis/due.ts'
import type { Clock } from '../runtime/clock.ts'
import type { ReminderPolicy } from '../schedule/appointment.ts'
import { createReschedule, entryOf, nextIn } from '../schedule/entries.ts'
import type { NoteAct } from './actions.ts'

/** `changed`: it is another reminder by now, or none. `falling due`: a worker may be about to decide it. */
export type Cancelled = 'cancelled' | 'changed' | 'falling due'

type CancelParts = {
  due: Pick<Due, 'scoreOf' | 'write' | 'doneWrite'>
  customers: Pick<CustomerStore, 'load' | 'update'>
  compareAndSet: CompareAndSet
  policy: ReminderPolicy
  clock: Pick<Clock, 'now'>
  note: NoteAct
}

export const createCancelReminder = (parts: CancelParts) => {
  const { due, customers, compareAndSet, policy, clock, note } = parts
  const reschedule = createReschedule(due, policy)

  /** `null` when the state has changed since it was read. */
  const attempt = async (ref: SubscriptionRef, name: string): Promise<Cancelled | null> => {
    const { customerId, subscriptionId } = ref
    const loaded = await customers.load(customerId, subscriptionId)
    if (nextIn(loaded.state, subscriptionId, policy, clock.now())?.name !== name) return 'changed'
    const score = await due.scoreOf(entryOf(ref))
    if (score === 0) return 'changed'
    // While a worker is at an entry, its time is never further ahead than this.
    if (score <= clock.now() + NUDGE_LOST) return 'falling due'
    const next = withSubscription(loaded.state, subscriptionId, (one) => ({
      ...one,
      reminded: name,
    }))
    const update = customers.update(customerId, loaded, next)
    const writes = [...update.writes, ...reschedule(ref, loaded.state, next)]
    return (await compareAndSet(update.guards, writes)) ? 'cancelled' : null
  }

  /** @param name of the reminder, as the schedule names it. */
  return (ref: SubscriptionRef, name: string): Promise<Cancelled> => {
    const subscription = ref.subscriptionId
    return note.perform({ action: 'reminder cancelled', subscription }, async () => {
      const result = await retryConflicts(() => attempt(ref, name))
      if (result === 'cancelled') await note.result({ act: 'reminder cancelled', subscription })
      return result
    })
  }
}

export type CancelReminder = ReturnType<typeof createCancelReminder>
