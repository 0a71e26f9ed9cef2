// Sending one email in a request of its own, and again under the same key for as long as nobody knows whether it was sent.

import { linksIn } from '../links/issue.ts'
import { backoff, type ResendError, verdict } from '../resend/errors.ts'
import { scrub } from '../runtime/scrub.ts'
import { createClaim, KEY_TRUSTED, type SendParts, TRY } from './claim.ts'
import { type Email, type In, idempotencyKey } from './delivery.ts'
import type { Draft, Permit } from './dispatcher.ts'
import type { DeliveryRef } from './record.ts'

const refusalOf = ({ name, status, message }: ResendError) => {
  const says = scrub(message)
  return `${name} (${status ?? 'no answer'})${says && `: ${says}`}`
}

export const createSendOne = (parts: SendParts) => {
  const { deliveries, lanes, resend, record, stop, withLinks, clock, log } = parts
  const claimed = createClaim(parts)

  const again = async (
    { id, lane, expected }: Pick<DeliveryRef, 'id' | 'lane' | 'expected'>,
    next: In<'sending' | 'unconfirmed'>,
    at: number,
  ) => {
    await deliveries.move(id, expected, next, 'keep')
    await lanes[lane].due.at(id, at)
  }

  const unconfirmed = async (message: DeliveryRef, sending: In<'sending'>) => {
    const { generation, firstAttemptAt } = sending
    const now = clock.now()
    await again(
      message,
      { v: 1, state: 'unconfirmed', generation, firstAttemptAt, lastAttemptAt: now },
      now,
    )
    log.error({ message: message.id, attempts: sending.attempts }, 'delivery unconfirmed')
  }

  const refused = async (message: DeliveryRef, sending: In<'sending'>, error: ResendError) => {
    const { id, lane, expected } = message
    const decided = verdict(error)
    // Only what was refused at its first try is surely not sent. After that it stays in its claim, under its key.
    const isUnsent = sending.attempts === 1
    switch (decided.do) {
      case 'retry': {
        const retryAt = clock.now() + backoff(decided.after, sending.attempts, parts.random())
        await again(message, { ...sending, retryAt }, retryAt)
        const { name, status } = error
        log.warn(
          { message: id, error: name, status, attempts: sending.attempts },
          'delivery to be retried',
        )
        return
      }
      case 'wait': {
        const until = await stop(decided, error)
        if (!isUnsent) return again(message, { ...sending, retryAt: until }, until)
        const { generation } = sending
        await deliveries.move(
          id,
          expected,
          { v: 1, state: 'waiting', generation, notBefore: until },
          'thaw',
        )
        await lanes[lane].due.at(id, until)
        return
      }
      case 'give up':
        if (!isUnsent) return unconfirmed(message, sending)
        return record.failed(message, refusalOf(error))
      case 'ask':
        return unconfirmed(message, sending)
      default:
        return decided satisfies never
    }
  }

  const call = async (
    message: DeliveryRef,
    sending: In<'sending'>,
    { email, filled, left }: { email: Email; filled: Email; left: () => void },
  ) => {
    if (clock.now() >= sending.retryAt) return // taken for dead meanwhile: another has it
    const key = idempotencyKey(message.id, sending.generation)
    const answering = resend.send(message.id, filled, key)
    left()
    const answer = await answering
    if ('error' in answer) return refused(message, sending, answer.error)
    // Resend has accepted it and we have not recorded that yet. A crash here finds it `sending`: when the try's time is
    // over the same bytes go out under the same key, and Resend answers with the first id instead of sending again.
    await record.accepted(message, linksIn(email.html), answer.providerId)
  }

  return {
    first: async (draft: Draft, permit: Permit) => {
      const { id, about, lane, email } = draft
      const filled = await withLinks(id, email, draft.links)
      const left = await permit()
      if (left === 'shut') return
      const now = clock.now()
      const sending: In<'sending'> = {
        v: 1,
        state: 'sending',
        generation: draft.generation + 1,
        attempts: 1,
        firstAttemptAt: now,
        retryAt: now + TRY,
      }
      const expected = await claimed(draft, sending)
      if (expected !== null)
        await call({ id, about, lane, expected }, sending, { email, filled, left })
    },
    /** The same again, or once the key is no longer trusted: no more. */
    again: async (message: DeliveryRef, before: In<'sending'>, permit: Permit) => {
      const { id, expected } = message
      if (clock.now() - before.firstAttemptAt > KEY_TRUSTED) return unconfirmed(message, before)
      const email = await deliveries.frozen(id)
      if (!email) return
      const filled = await withLinks(id, email)
      const left = await permit()
      if (left === 'shut') return
      const now = clock.now()
      const sending = { ...before, attempts: before.attempts + 1, retryAt: now + TRY }
      const text = await deliveries.move(id, expected, sending, 'keep')
      if (text !== null)
        await call({ ...message, expected: text }, sending, { email, filled, left })
    },
  }
}
