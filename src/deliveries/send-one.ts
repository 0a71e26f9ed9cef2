// Sends one email in a request of its own, and again under the same key while nobody knows whether it was sent.

import type { Email } from '../resend/email.ts'
import type { ResendError } from '../resend/errors.ts'
import { scrub } from '../runtime/scrub.ts'
import { ATTEMPT, createClaim, KEY_TRUSTED, type SendParts } from './claim.ts'
import { type In, idempotencyKey } from './delivery.ts'
import type { AcquireSlot, Draft } from './dispatcher.ts'
import type { InProgress } from './record-outcome.ts'
import { idsOf } from './store.ts'

const reasonOf = ({ name, status, message }: ResendError) => {
  const says = scrub(message)
  return `${name} (${status ?? 'no answer'})${says && `: ${says}`}`
}

export const createSendOne = (parts: SendParts) => {
  const { deliveries, resend, record, afterRefusal, withLinks, clock, log } = parts
  const claim = createClaim(parts)

  const unconfirmed = async (message: InProgress, attempts: number, because: string) => {
    await deliveries.apply(message, { what: 'unconfirmed', at: clock.now(), because })
    log.error({ ...idsOf(message), attempts }, 'delivery unconfirmed')
  }

  const refused = async (message: InProgress, attempts: number, error: ResendError) => {
    const because = reasonOf(error)
    const after = await afterRefusal(error, attempts)
    const at = clock.now()
    switch (after.do) {
      case 'repeat': {
        const { name, status } = error
        await deliveries.apply(message, {
          what: 'retry_scheduled',
          at,
          because,
          retryAt: after.at,
        })
        log.warn({ ...idsOf(message), error: name, status, attempts }, 'delivery to be retried')
        return
      }
      case 'requeue':
        await deliveries.apply(message, { what: 'requeued', at, because, until: after.until })
        return
      case 'reject':
        return record.failed(message, because)
      case 'confirm':
        return unconfirmed(message, attempts, because)
      default:
        return after satisfies never
    }
  }

  /** @param message claimed, and in state `sending`. */
  const request = async (
    message: InProgress,
    { email, filled, departed }: { email: Email; filled: Email; departed: () => void },
  ) => {
    const sending = message.delivery as In<'sending'>
    if (clock.now() >= sending.retryAt) return // this process counts as dead: another has it
    const key = idempotencyKey(message.id, sending.generation)
    const answering = resend.send(message.id, filled, key)
    departed()
    const answer = await answering
    if ('error' in answer) return refused(message, sending.attempts, answer.error)
    // Resend has accepted it and we have not recorded that yet. After a crash here the message is still `sending`: when its
    // time is over, the same bytes go out under the same key, and Resend answers with the first id instead of sending again.
    await record.accepted(message, answer.providerId, email)
  }

  return {
    first: async (draft: Draft, acquire: AcquireSlot) => {
      const { about, email } = draft
      const filled = withLinks(draft, email, draft.links)
      const departed = await acquire()
      if (departed === 'paused') return
      const at = clock.now()
      const claimed = await claim(draft, { what: 'claimed', at, retryAt: at + ATTEMPT })
      if (claimed) await request({ about, ...claimed }, { email, filled, departed })
    },
    /** Makes the same request again, as long as its key is trusted. */
    again: async (message: InProgress, before: In<'sending'>, acquire: AcquireSlot) => {
      if (clock.now() - before.firstAttemptAt > KEY_TRUSTED)
        return unconfirmed(message, before.attempts, 'its key is no longer trusted')
      const email = await deliveries.frozen(message.id)
      if (!email) return
      const filled = withLinks(message, email)
      const departed = await acquire()
      if (departed === 'paused') return
      const at = clock.now()
      const repeated = await deliveries.apply(message, {
        what: 'repeated',
        at,
        retryAt: at + ATTEMPT,
      })
      if (repeated) await request({ ...message, ...repeated }, { email, filled, departed })
    },
  }
}

export type SendOne = ReturnType<typeof createSendOne>
