// The claim of a message, alone or for a batch, and how long a claim and its idempotency key are good for.

import type { MailedLinks } from '../links/link.ts'
import type { ResendClient } from '../resend/client.ts'
import type { Email } from '../resend/email.ts'
import type { ResendError } from '../resend/errors.ts'
import type { PauseMail } from '../resend/pause-mail.ts'
import { type Clock, HOUR, SECOND } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { Happening } from './delivery.ts'
import type { Draft } from './dispatcher.ts'
import type { Flood } from './flood.ts'
import type { OutcomeRecord } from './record-outcome.ts'
import type { AfterRefusal } from './refusal.ts'
import type { DeliveryStore, Loaded } from './store.ts'

/** Time for one request, answer included: the request itself times out after eight seconds. Then its process counts as dead. */
export const ATTEMPT = 10 * SECOND

/** Resend remembers a key for 24 hours; Postern stops relying on it an hour sooner. */
export const KEY_TRUSTED = 23 * HOUR

/** The parts that sending needs, one email or many. */
export type SendParts = {
  deliveries: DeliveryStore
  flood: Flood
  resend: ResendClient
  record: OutcomeRecord
  pauseMail: PauseMail
  afterRefusal: (error: ResendError, attempts: number) => Promise<AfterRefusal>
  /** Puts links where the placeholders stand: these, or those that are stored. */
  withLinks: (message: Loaded, email: Email, links?: MailedLinks) => Email
  clock: Clock
  log: Log
}

/** Claims a draft and freezes its email. A draft that may not be claimed is recorded as held, and `null` is the answer. */
export const createClaim =
  ({ deliveries, flood, record, clock }: SendParts) =>
  async (
    draft: Draft,
    happening: Extract<Happening, { what: 'claimed' | 'batched' }>,
  ): Promise<Loaded | null> => {
    const { id, email, links, isLimited } = draft
    const counted = { id, address: email.to, kind: email.about.kind }
    if (isLimited && !(await flood.admits(counted, clock.now()))) {
      await record.held(draft, 'too_many')
      return null
    }
    return deliveries.apply(draft, happening, { freeze: email, links })
  }
