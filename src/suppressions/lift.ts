// Releases a suppressed address on an operator's word: at Resend first, which keeps a list of its own, then here.

import type { ResendClient } from '../resend/client.ts'
import type { RateLimiter } from '../resend/rate-limiter.ts'
import { comparableAddress } from '../runtime/address.ts'
import type { Releaser, Suppression, Suppressions } from './store.ts'

/**
 * How Resend's own list stands after a release: `not_permitted` where the key may only send, `not_asked` where no request
 * could go, or nobody knows the address.
 */
export type AtResend = 'removed' | 'not_listed' | 'not_permitted' | 'not_asked' | 'failed'

/** Removes an address from Resend's list. */
export type RemoveAtResend = (address: string) => Promise<AtResend>

export type Lifted = { suppression: Suppression; atResend: AtResend }

type ResendListParts = {
  resend: Pick<ResendClient, 'unsuppress'>
  rateLimiter: Pick<RateLimiter, 'acquire' | 'departed'>
}

const TOO_MANY = 429

export const createRemoveAtResend =
  ({ resend, rateLimiter }: ResendListParts): RemoveAtResend =>
  async (address) => {
    const slot = await rateLimiter.acquire()
    if (slot === 'paused') return 'not_asked'
    const answering = resend.unsuppress(comparableAddress(address))
    await rateLimiter.departed(slot)
    const answer = await answering
    if (!('error' in answer)) return answer.isRemoved ? 'removed' : 'not_listed'
    if (answer.error.name === 'restricted_api_key') return 'not_permitted'
    return answer.error.status === TOO_MANY ? 'not_asked' : 'failed'
  }

type LiftParts = {
  suppressions: Pick<Suppressions, 'isSuppressed' | 'release'>
  removeAtResend: RemoveAtResend
}

export const createLift =
  ({ suppressions, removeAtResend }: LiftParts) =>
  /** @returns `null` where the address is not suppressed; then Resend is not asked either. */
  async (address: string, by: Releaser): Promise<Lifted | null> => {
    if (!(await suppressions.isSuppressed(address))) return null
    const atResend = await removeAtResend(address)
    // A crash here leaves the address suppressed, and the operator repeats the release.
    const suppression = await suppressions.release(address, by)
    return suppression && { suppression, atResend }
  }

export type Lift = ReturnType<typeof createLift>
