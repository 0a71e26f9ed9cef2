// Decides what a refused request means for the messages in it, alone or in a batch.

import { backoff, type ResendError, verdict } from '../resend/errors.ts'
import type { PauseMail } from '../resend/pause-mail.ts'
import type { Clock } from '../runtime/clock.ts'

/** Times in milliseconds. */
export type AfterRefusal =
  /** The same bytes are to go out again at that time, under the same key. */
  | { do: 'repeat'; at: number }
  /** Surely not sent, and the time is wrong for any email: compose again, not before `until`. */
  | { do: 'requeue'; until: number }
  /** Surely not sent, and never will be like this. */
  | { do: 'reject' }
  /** It may have been sent: ask Resend. */
  | { do: 'confirm' }

type RefusalParts = {
  pauseMail: PauseMail
  /** From 0 to 1. */
  random: () => number
  clock: Clock
}

export const createAfterRefusal =
  ({ pauseMail, random, clock }: RefusalParts) =>
  /** @param attempts requests so far, this one included. Only a first one that was refused has surely not been sent. */
  async (error: ResendError, attempts: number): Promise<AfterRefusal> => {
    const isUnsent = attempts === 1
    const decided = verdict(error)
    switch (decided.do) {
      case 'retry':
        return { do: 'repeat', at: clock.now() + backoff(decided.after, attempts, random()) }
      case 'wait': {
        const until = await pauseMail(decided, error)
        return isUnsent ? { do: 'requeue', until } : { do: 'repeat', at: until }
      }
      case 'give up':
        return isUnsent ? { do: 'reject' } : { do: 'confirm' }
      case 'ask':
        return { do: 'confirm' }
      default:
        return decided satisfies never
    }
  }
