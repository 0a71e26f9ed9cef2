// Asks Resend about emails that may have been sent and whose idempotency key is no longer trusted. Resend's list has
// addresses and times but no tags, so each candidate is read by itself. A message that is not found is held for a person.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Listed } from '../resend/client.ts'
import type { Email } from '../resend/email.ts'
import type { RateLimiter } from '../resend/rate-limiter.ts'
import { MINUTE, SECOND } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import { createAskResend, MAX_PAGES, SKEW } from './ask-resend.ts'
import type { SendParts } from './claim.ts'
import type { In } from './delivery.ts'
import type { InProgress } from './record-outcome.ts'
import { idsOf } from './store.ts'

/** Questions that come within this time are answered by one search. */
const GATHER = SECOND / 5

const ASK_AGAIN = MINUTE

type ReconcileParts = Pick<SendParts, 'deliveries' | 'resend' | 'record' | 'clock' | 'log'> & {
  rateLimiter: Pick<RateLimiter, 'acquire' | 'backOff'>
}

type Question = InProgress & { unconfirmed: In<'unconfirmed'>; email: Email }

const isCandidate = ({ to, at }: Listed, { unconfirmed, email }: Question) =>
  to.some((address) => address.toLowerCase() === email.to.toLowerCase()) &&
  !(at < unconfirmed.firstAttemptAt - SKEW) &&
  !(at > unconfirmed.lastAttemptAt + SKEW)

export const createReconcile = (parts: ReconcileParts) => {
  const { deliveries, record, clock, log } = parts
  const { pageAfter, tagsOf } = createAskResend(parts)
  const asked = new Set<string>()
  const waiting = new Map<string, Question>()
  let running: Promise<void> | undefined

  /** Reads the list back to the earliest first attempt, and removes each message that it finds from `open`. */
  const search = async (open: Map<string, Question>) => {
    let after: string | null = null
    for (let page = 0; page < MAX_PAGES && open.size > 0; page++) {
      const questions = [...open.values()]
      const since =
        Math.min(...questions.map(({ unconfirmed }) => unconfirmed.firstAttemptAt)) - SKEW
      const found: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(after)
      if (!found) return
      const { emails, hasMore } = found
      for (const email of emails) {
        if (![...open.values()].some((one) => isCandidate(email, one))) continue
        const tagged = await tagsOf(email.providerId)
        const question = open.get(tagged?.messageId ?? '')
        if (!question) continue
        open.delete(question.id)
        await record.accepted(question, email.providerId, question.email)
      }
      const oldest = emails.at(-1)
      if (!oldest || !hasMore || oldest.at < since) return
      after = oldest.providerId
    }
  }

  const askTogether = async () => {
    await sleep(GATHER)
    const open = new Map(waiting)
    const ids = [...waiting.keys()]
    waiting.clear()
    try {
      await search(open)
      // The list ended, was too long, or is not readable with our key: nothing is sent blindly.
      for (const question of open.values()) await record.held(question, 'unconfirmed')
    } catch (error) {
      log.warn({ messages: open.size, ...failure(error) }, 'Resend could not be asked')
      const later = clock.now() + ASK_AGAIN
      await Promise.all([...open.keys()].map((id) => deliveries.dueAgain(id, later)))
    } finally {
      for (const id of ids) asked.delete(id)
    }
  }

  const run = async () => {
    while (waiting.size > 0) await askTogether()
  }

  const gather = async (message: InProgress, unconfirmed: In<'unconfirmed'>) => {
    const { id } = message
    const email = await deliveries.frozen(id)
    if (!email) {
      asked.delete(id)
      return record.held(message, 'unconfirmed')
    }
    waiting.set(id, { ...message, unconfirmed, email })
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    /** Asks Resend about a message, together with others. Its record has the result. */
    ask: (message: InProgress, unconfirmed: In<'unconfirmed'>) => {
      if (asked.has(message.id)) return
      asked.add(message.id)
      gather(message, unconfirmed).catch((error) => {
        asked.delete(message.id)
        log.error({ ...idsOf(message), ...failure(error) }, 'delivery not reconciled')
      })
    },
    /** Whether Resend is being asked about no message. */
    isIdle: () => asked.size === 0,
    /** Resolves when no search runs; soon, once the rate limiter is closed. */
    settled: async () => {
      await running
    },
  }
}

export type Reconcile = ReturnType<typeof createReconcile>
