// Sending one email in a request of its own, and again under the same key for as long as nobody knows whether it was sent.

import { linksIn } from '../links/issue.ts'
import { scrub } from '../runtime/scrub.ts'
import { createClaim, KEY_TRUSTED, type SendParts, TRY } from './claim.ts'
import { type Email, type In, idempotencyKey } from './delivery.ts'
import type { Draft, Permit } from './dispatcher.ts'
import type { Handled } from './record.ts'
import { backoff, type SendError, verdict } from '../resend/errors.ts'

const refusalOf = ({ name, status, message }: SendError) => {
  const says = scrub(message)
  return `${name} (${status ?? 'no answer'})${says && `: ${says}`}`
}

export const createSendOne = (parts: SendParts) => {
  const { deliveries, lanes, mailer, record, stop, withLinks, clock, log } = parts
  const claimed = createClaim(parts)

  const again = async (
    { id, lane, was }: Pick<Handled, 'id' | 'lane' | 'was'>,
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
        return record.failed(message, refusalOf(error))
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
      const { id, about, lane, email } = draft
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
      if (was !== null) await call({ id, about, lane, was }, sending, { email, filled, left })
    },
    /** The same again, or once the key is no longer trusted: no more. */
    again: async (message: Handled, before: In<'sending'>, permit: Permit) => {
      const { id, was } = message
      if (clock.now() - before.firstTriedAt > KEY_TRUSTED) return unconfirmed(message, before)
      const email = await deliveries.frozen(id)
      if (!email) return
      const filled = await withLinks(id, email)
      const left = await permit()
      if (left === 'shut') return
      const now = clock.now()
      const sending = { ...before, tries: before.tries + 1, nextTryAt: now + TRY }
      const text = await deliveries.move(id, was, sending, 'keep')
      if (text !== null) await call({ ...message, was: text }, sending, { email, filled, left })
    },
  }
}
