// Sending one email in a request of its own, and again under the same key for as long as nobody knows whether it was sent.

import { linksIn } from '../links/issue.ts'
import type { Link } from '../links/link.ts'
import type { Lanes } from '../redis/lanes.ts'
import { type Clock, HOUR, SECOND } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { type Email, type In, idempotencyKey } from './delivery.ts'
import type { Mailer } from './mailer.ts'
import type { Draft, Permit } from './outbox.ts'
import type { DeliveryRecord, Handled } from './record.ts'
import type { Stop } from './stop.ts'
import type { DeliveryStore } from './store.ts'
import { backoff, type SendError, verdict } from './verdict.ts'

/** A try's time, answer and all: the call itself gives up after eight seconds. Whoever dies in it is taken for dead then. */
export const TRY = 10 * SECOND

/** Resend remembers a key for 24 hours; an hour before, it is no longer relied on. */
export const KEY_TRUSTED = 23 * HOUR

export type SendParts = {
  deliveries: DeliveryStore
  lanes: Lanes
  mailer: Mailer
  record: DeliveryRecord
  stop: Stop
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
  ({ deliveries, newsOf, record, clock }: SendParts) =>
  async (draft: Draft, next: In<'sending' | 'batched'>): Promise<string | null> => {
    const { links, ...rest } = draft
    const claim = await deliveries.claim({ ...rest, news: newsOf(links), now: clock.now() }, next)
    if (claim === 'too_many') await record.held(draft, draft.claims, 'too_many')
    return typeof claim === 'string' ? null : claim.text
  }

export const createSendOne = (parts: SendParts) => {
  const { deliveries, lanes, mailer, record, stop, withLinks, clock, log } = parts
  const claimed = createClaim(parts)

  const again = async (
    { id, lane, was }: Handled,
    next: In<'sending' | 'unconfirmed'>,
    at: number,
  ) => {
    await deliveries.move(id, was, next, 'keep')
    await lanes[lane].due.at(id, at)
  }

  const unconfirmed = async (message: Handled, sending: In<'sending'>) => {
    const { claims, firstTriedAt } = sending
    const now = clock.now()
    await again(
      message,
      { v: 1, state: 'unconfirmed', claims, firstTriedAt, lastTriedAt: now },
      now,
    )
    log.error({ message: message.id, tries: sending.tries }, 'delivery unconfirmed')
  }

  const refused = async (message: Handled, sending: In<'sending'>, error: SendError) => {
    const { id, lane, was } = message
    const decided = verdict(error)
    // Only what was refused at its first try is surely not sent. After that it stays in its claim, under its key.
    const isUnsent = sending.tries === 1
    switch (decided.do) {
      case 'retry': {
        const nextTryAt = clock.now() + backoff(decided.after, sending.tries, parts.random())
        await again(message, { ...sending, nextTryAt }, nextTryAt)
        const { name, status } = error
        log.warn(
          { message: id, error: name, status, tries: sending.tries },
          'delivery to be retried',
        )
        return
      }
      case 'wait': {
        const until = await stop(decided, error)
        if (!isUnsent) return again(message, { ...sending, nextTryAt: until }, until)
        const { claims } = sending
        await deliveries.move(id, was, { v: 1, state: 'waiting', claims, notBefore: until }, 'thaw')
        await lanes[lane].due.at(id, until)
        return
      }
      case 'give up':
        if (!isUnsent) return unconfirmed(message, sending)
        return record.failed(message, `${error.name} (${error.status ?? 'no answer'})`)
      case 'ask':
        return unconfirmed(message, sending)
      default:
        return decided satisfies never
    }
  }

  const call = async (
    message: Handled,
    sending: In<'sending'>,
    { email, filled, left }: { email: Email; filled: Email; left: () => void },
  ) => {
    if (clock.now() >= sending.nextTryAt) return // taken for dead meanwhile: another has it
    const key = idempotencyKey(message.id, sending.claims)
    const answering = mailer.send(message.id, filled, key)
    left()
    const answer = await answering
    if ('error' in answer) return refused(message, sending, answer.error)
    // Resend has accepted it and we have not recorded that yet. A crash here finds it `sending`: when the try's time is
    // over the same bytes go out under the same key, and Resend answers with the first id instead of sending again.
    await record.accepted(message, linksIn(email.html), answer.providerId)
  }

  return {
    first: async (draft: Draft, permit: Permit) => {
      const { id, lane, email } = draft
      const filled = await withLinks(id, email, draft.links)
      const left = await permit()
      if (left === 'shut') return
      const now = clock.now()
      const sending: In<'sending'> = {
        v: 1,
        state: 'sending',
        claims: draft.claims + 1,
        tries: 1,
        firstTriedAt: now,
        nextTryAt: now + TRY,
      }
      const was = await claimed(draft, sending)
      if (was !== null) await call({ id, lane, was }, sending, { email, filled, left })
    },
    /** The same again, or once the key is no longer trusted: no more. */
    again: async (message: Handled, before: In<'sending'>, permit: Permit) => {
      const { id, lane, was } = message
      if (clock.now() - before.firstTriedAt > KEY_TRUSTED) return unconfirmed(message, before)
      const email = await deliveries.frozen(id)
      if (!email) return
      const filled = await withLinks(id, email)
      const left = await permit()
      if (left === 'shut') return
      const now = clock.now()
      const sending = { ...before, tries: before.tries + 1, nextTryAt: now + TRY }
      const text = await deliveries.move(id, was, sending, 'keep')
      if (text !== null) await call({ id, lane, was: text }, sending, { email, filled, left })
    },
  }
}
