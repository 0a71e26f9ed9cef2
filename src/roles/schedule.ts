// Puts together what the schedule brings: reminders, cards, failed payments, credits, the backfill, and long work.

import { keptAfterLastEvent } from '../customers/forget.ts'
import type { Decide, Decided } from '../events/decide.ts'
import type { Policy } from '../events/plan.ts'
import { createCreditPaid } from '../recoveries/credit-paid.ts'
import type { ReminderPolicy } from '../schedule/appointment.ts'
import { createCards } from '../schedule/cards.ts'
import { createFailedPayments } from '../schedule/failed-payments.ts'
import { createFallDue } from '../schedule/fall-due.ts'
import { createRemind } from '../schedule/remind.ts'
import { createUsage } from '../schedule/usage.ts'
import { backfillSoon, createBackfill } from './backfill.ts'
import type { Shared } from './shared.ts'
import { createWork } from './work.ts'

type ScheduleParts = {
  decide: Decide
  nudge: (decided: readonly Decided[]) => Promise<void>
  reminders: ReminderPolicy
  policy: Policy
}

export const createSchedule = (
  shared: Shared,
  { decide, nudge, reminders, policy }: ScheduleParts,
) => {
  const { config, releases, stages, notify, clock, log } = shared
  const { due } = stages.schedule
  const { card: lead, quietHours } = config.reminders
  const parts = { ...shared, due, decide, nudge }
  const remind = createRemind({ ...parts, policy: reminders, quietHours })
  const cards = createCards({
    ...{ ...parts, lead, quietHours },
    isOff: shared.isKindOff('payment_method_expiration_reminder'),
    random: Math.random,
  })
  const backfill = createBackfill(shared, decide, policy)
  const work = releases.add(createWork(shared, policy), ({ close }) => close())
  const creditPaid = createCreditPaid({
    ...shared,
    keptFor: keptAfterLastEvent(config.retain.records),
  })
  const failedPayments = createFailedPayments({
    ...{ ...parts, quietHours },
    counts: shared.paymentCounts,
    finalInvoiceUnpaid: (order) => notify({ event: 'final_invoice_unpaid', order }),
  })
  const usage = createUsage(parts)
  return {
    /** Handles an entry that falls due. */
    handler: createFallDue({
      ...{ due, clock, log },
      handle: (entry) => {
        switch (entry.what) {
          case 'sweep':
            return cards.sweep()
          case 'backfill':
            return backfill.step()
          case 'work':
            return work.step()
          case 'payments':
            return failedPayments.look()
          case 'usage':
            return usage(entry.customerId, entry.orderId)
          case 'card':
            return cards.remind(entry.customerId)
          case 'subscription':
            return remind(entry.ref)
          case 'credit':
            return creditPaid(entry.ref)
          default:
            return entry satisfies never
        }
      },
    }),
    /** Schedules what is of no customer. */
    begin: async (): Promise<void> => {
      await cards.begin()
      await failedPayments.begin()
      await backfillSoon(shared)
    },
  }
}
