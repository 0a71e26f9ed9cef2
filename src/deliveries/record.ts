// Records how a message ended, or that it waits for a person: the state, the log line, the alert, and the links' dates.

import type { Alert } from '../alerts/alert.ts'
import type { Links } from '../links/issue.ts'
import { retryConflicts } from '../redis/compare-and-set.ts'
import type { About } from '../resend/email.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { Missing, NotSent } from './composed.ts'
import { type Held, hasEnded, type In } from './delivery.ts'
import type { HeldMessages } from './held.ts'
import type { Rehearsals } from './rehearsals.ts'
import { type DeliveryStore, HELD_TOO_LONG, type Loaded } from './store.ts'

type RecordParts = {
  deliveries: DeliveryStore
  held: HeldMessages
  rehearsals: Rehearsals
  /** The writes that note on links when their email was accepted. */
  mailed: (messageId: string, links: readonly string[], at: number) => ReturnType<Links['mailed']>
  notify: (alert: Alert) => void
  clock: Clock
  log: Log
}

/** A message that is being delivered, and its delivery as it was read. */
export type InProgress = Loaded & { id: string; about: About }

export const createRecord = (parts: RecordParts) => {
  const { deliveries, held, rehearsals, mailed, notify, clock, log } = parts

  type Ending = Parameters<DeliveryStore['apply']>[2]

  /** @returns whether this process recorded it. */
  const apply = async (message: InProgress, happening: Ending): Promise<boolean> => {
    const applied = await deliveries.apply(message.id, message, happening)
    if (!applied) await deliveries.thawAccepted(message.id)
    return applied !== null
  }

  return {
    /** Nobody has decided yet about a held message: after an hour an alert goes out, once. */
    stillHeld: async (id: string, { at, because }: In<'held'>) => {
      if (clock.now() < at + HELD_TOO_LONG) return deliveries.dueAgain(id, at + HELD_TOO_LONG)
      log.warn({ message: id, because, since: new Date(at) }, 'message held for an hour')
      notify({ event: 'message_held_long', message: id, because })
      await deliveries.done(id)
      // A person may have released it meanwhile: then its entry is needed.
      const { delivery } = await deliveries.load(id)
      if (!hasEnded(delivery) && delivery.state !== 'held')
        await deliveries.dueAgain(id, clock.now())
    },
    /**
     * Resend has the email.
     * @param links ids of the links in it.
     */
    accepted: async (
      { id, about, ...read }: InProgress,
      links: readonly string[],
      providerId: string,
    ) => {
      const at = clock.now()
      let found: Loaded = read
      const isFirst = await retryConflicts(async () => {
        const happening = { what: 'accepted', at, providerId, links } as const
        const writes = mailed(id, links, at)
        if (await deliveries.apply(id, found, happening, { writes })) return true
        // Another process has moved on from this claim. But if Resend says that it has the email, it has.
        found = await deliveries.load(id)
        return found.delivery.state === 'accepted' ? false : null
      })
      if (isFirst) log.info({ message: id, ...about, provider: providerId }, 'message accepted')
      else {
        await deliveries.thaw(id) // a report was faster, and left what the batch needed
        await deliveries.done(id)
      }
    },
    failed: async (message: InProgress, because: string) => {
      if (!(await apply(message, { what: 'failed', at: clock.now(), because }))) return
      log.error({ message: message.id, ...message.about, because }, 'message failed')
      notify({ event: 'message_failed', message: message.id, because })
    },
    /** @param missing what the email would have gone without, where it was rehearsed. */
    notSent: async (message: InProgress, because: NotSent, missing: readonly Missing[] = []) => {
      const { id, about } = message
      const at = clock.now()
      if (because === 'shadow') await rehearsals.add(id, at)
      if (!(await apply(message, { what: 'not_sent', at, because, missing }))) return
      log.info(
        { message: id, ...about, because, ...(missing.length > 0 && { missing }) },
        'message not sent',
      )
    },
    /** A person is to decide. */
    held: async (message: InProgress, because: Held) => {
      const { id } = message
      const at = clock.now()
      await held.add(id, at)
      if (!(await apply(message, { what: 'held', at, because }))) return
      log.error({ message: id, ...message.about, because }, 'message held')
      notify({ event: 'message_held', message: id, because })
    },
  }
}

export type DeliveryRecord = ReturnType<typeof createRecord>
