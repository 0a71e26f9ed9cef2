// Asks Resend which emails it has accepted: the list, a page at a time, and single emails. A request is repeated a few times.

import type { Listed, ResendClient, Tagged } from '../resend/client.ts'
import { type ResendError, verdict } from '../resend/errors.ts'
import type { RateLimiter } from '../resend/rate-limiter.ts'
import { MINUTE } from '../runtime/clock.ts'
import { PosternError } from '../runtime/errors.ts'
import type { Log } from '../runtime/log.ts'
import { scrub } from '../runtime/scrub.ts'

/** Resend's clock and ours may differ by this much. */
export const SKEW = 2 * MINUTE

/** Attempts for one request before the whole search is put off. */
const MAX_ATTEMPTS = 3

/** Pages of a hundred emails that one search reads. */
export const MAX_PAGES = 500

type AskParts = {
  resend: Pick<ResendClient, 'list' | 'messageOf'>
  rateLimiter: Pick<RateLimiter, 'acquire' | 'backOff'>
  log: Log
}

type Page = { emails: Listed[]; hasMore: boolean }

/** An answer that is no error. */
type Answer<T> = Exclude<T, { error: unknown }>

/** Resend did not answer for now. */
export class UnansweredError extends PosternError {
  override readonly name = 'UnansweredError'
}

/** Whether the same request may work in a minute. Other refusals stay, such as that of a sending-only key. */
const isPassing = (error: ResendError) => {
  const decided = verdict(error)
  return decided.do === 'retry' || (decided.do === 'wait' && decided.because !== 'configuration')
}

/** @param even whether it asks while all mail is held, too. */
export const createAskResend = (
  { resend, rateLimiter, log }: AskParts,
  even?: Parameters<RateLimiter['acquire']>[0],
) => {
  /** `null` where Resend refuses for good. No answer here pauses mail: only an answer to sending may do that. */
  const answer = async <T extends object>(ask: () => Promise<T>): Promise<Answer<T> | null> => {
    for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
      const slot = await rateLimiter.acquire(even)
      if (slot === 'paused') break
      const found = await ask()
      if (!('error' in found)) return found as Answer<T>
      const error = found.error as ResendError
      const { name, status, message } = error
      const facts = { error: name, status, says: scrub(message) }
      if (!isPassing(error)) {
        log.error(facts, 'look-up refused')
        return null
      }
      log.warn(facts, 'look-up to be repeated')
      if (status === 429) {
        await rateLimiter.backOff()
        break // the search is repeated in a minute
      }
    }
    throw new UnansweredError('Resend has not answered')
  }

  // Both reject with an UnansweredError where Resend does not answer for now, and resolve with `null` where it refuses for good.
  return {
    pageAfter: (after: string | null): Promise<Page | null> => answer(() => resend.list(after)),
    tagsOf: (providerId: string): Promise<Tagged | null> =>
      answer(() => resend.messageOf(providerId)),
  }
}
