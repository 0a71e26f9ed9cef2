// The claim of a message, alone or for a batch, and how long it and its key are good for.

import type { Link } from '../links/link.ts'
import type { Lanes } from '../redis/stage.ts'
import type { ResendClient } from '../resend/client.ts'
import type { PauseMail } from '../resend/pause-mail.ts'
import { type Clock, HOUR, SECOND } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { Email, In } from './delivery.ts'
import type { Draft } from './dispatcher.ts'
import type { Flood } from './flood.ts'
import type { DeliveryRecord } from './record.ts'
import type { DeliveryStore } from './store.ts'

/** A try's time, answer and all: the call itself gives up after eight seconds. Whoever dies in it is taken for dead then. */
export const TRY = 10 * SECOND

/** Resend remembers a key for 24 hours; an hour before, it is no longer relied on. */
export const KEY_TRUSTED = 23 * HOUR

/** What whoever sends needs, one email or many. */
export type SendParts = {
  deliveries: DeliveryStore
  flood: Flood
  lanes: Lanes
  resend: ResendClient
  record: DeliveryRecord
  stop: PauseMail
  /** The records that store drafted links. */
  newsOf: (links: readonly Link[]) => { key: string; value: string }[]
  /** Puts links where the placeholders stand: these, or those that are stored. */
  withLinks: (messageId: string, email: Email, links?: readonly Link[]) => Promise<Email>
  random: () => number
  clock: Clock
  log: Log
}

/** Claims a draft for `next`; what can't be claimed is recorded, and left. Answers the stored text. */
export const createClaim =
  ({ deliveries, flood, newsOf, record, clock }: SendParts) =>
  async (draft: Draft, next: In<'sending' | 'batched'>): Promise<string | null> => {
    const { id, email, links, isLimited } = draft
    const counted = { id, address: email.to, kind: email.about.kind }
    if (isLimited && !(await flood.admits(counted, clock.now()))) {
      await record.held(draft, draft.generation, 'too_many')
      return null
    }
    return deliveries.claim({ ...draft, news: newsOf(links) }, next)
  }
