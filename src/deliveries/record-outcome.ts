// Records how a message ended, or that it waits for a person: the state, the log line, the alert, and the links' dates.

import type { Alert } from '../alerts/alert.ts'
import { retryConflicts } from '../redis/compare-and-set.ts'
import type { About, Email } from '../resend/email.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { Missing, NotSent } from './composed.ts'
import { type Held, hasEnded, type In } from './delivery.ts'
import { type DeliveryStore, HELD_TOO_LONG, idsOf, type Loaded } from './store.ts'

type OutcomeParts = {
  deliveries: DeliveryStore
  notify: (alert: Alert) => void
  clock: Clock
  log: Log
}

/** A message that is being delivered, and its delivery as it was read. */
export type InProgress = Loaded & { about: About }

export const createRecordOutcome = (parts: OutcomeParts) => {
  const { deliveries, notify, clock, log } = parts

  return {
    /** Nobody has decided yet about a held message: after an hour an alert goes out, once. */
    stillHeld: async (message: Loaded, { at, because }: In<'held'>) => {
      const { id } = message
      if (clock.now() < at + HELD_TOO_LONG) return deliveries.dueAgain(id, at + HELD_TOO_LONG)
      log.warn({ ...idsOf(message), because, since: new Date(at) }, 'message held for an hour')
      notify({ event: 'message_held_long', message: id, because })
      await deliveries.done(id)
      // A person may have released it meanwhile: then its entry is needed.
      const now = await deliveries.load(id)
      if (now && !hasEnded(now.delivery) && now.delivery.state !== 'held')
        await deliveries.dueAgain(id, clock.now())
    },
    /**
     * Resend has the email.
     * @param email as it was frozen; its attachment is not kept.
     */
    accepted: async ({ about, ...read }: InProgress, providerId: string, email: Email) => {
      const { id } = read
      const at = clock.now()
      let found: Loaded = read
      const isFirst = await retryConflicts(async () => {
        const happening = { what: 'accepted', at, providerId } as const
        if (await deliveries.apply(found, happening, { mailedAt: at, sent: email })) return true
        // Another process has moved on from this claim. But if Resend says that it has the email, it has.
        const again = await deliveries.load(id)
        if (!again || again.delivery.state === 'accepted') return false
        found = again
        return null
      })
      if (isFirst) log.info({ ...idsOf(read), ...about, provider: providerId }, 'message accepted')
      else await deliveries.done(id)
    },
    failed: async (message: InProgress, because: string) => {
      if (!(await deliveries.apply(message, { what: 'failed', at: clock.now(), because }))) return
      log.error({ ...idsOf(message), ...message.about, because }, 'message failed')
      notify({ event: 'message_failed', message: message.id, because })
    },
    /** @param missing what the email would have gone without, where it was rehearsed. */
    notSent: async (message: InProgress, because: NotSent, missing: readonly Missing[] = []) => {
      const at = clock.now()
      if (!(await deliveries.apply(message, { what: 'not_sent', at, because, missing }))) return
      log.info(
        { ...idsOf(message), ...message.about, because, ...(missing.length > 0 && { missing }) },
        'message not sent',
      )
    },
    /** A person is to decide. */
    held: async (message: InProgress, because: Held) => {
      const { id } = message
      if (!(await deliveries.apply(message, { what: 'held', at: clock.now(), because }))) return
      log.error({ ...idsOf(message), ...message.about, because }, 'message held')
      notify({ event: 'message_held', message: id, because })
    },
  }
}

export type OutcomeRecord = ReturnType<typeof createRecordOutcome>
