// What to do about an answer that is not a yes: the table of Resend's errors (https://resend.com/docs/api-reference/errors).

import { MINUTE, SECOND } from '../runtime/clock.ts'

/** `status` is null when no answer came, or none that can be read: then the email may have been sent. */
export type SendError = { name: string; status: number | null; retryAfter: number | null }

export type Verdict =
  /** It may have been sent: the same bytes again under the same key. `after` is for the first time, doubled each time. */
  | { do: 'retry'; after: number }
  /** It was not sent, and the time is wrong for any email: thaw it, and let the whole queue wait. */
  | { do: 'wait'; for: number; because: 'rate_limit' | 'quota' | 'configuration' }
  /** Resend has seen this key with other bytes: whether it was sent, only Resend can say. */
  | { do: 'ask' }
  /** It was not sent, and never will be like this. */
  | { do: 'give up' }

const RETRY: Verdict = { do: 'retry', after: SECOND }
const GIVE_UP: Verdict = { do: 'give up' }
const QUOTA: Verdict = { do: 'wait', for: 10 * MINUTE, because: 'quota' }
const CONFIGURATION: Verdict = { do: 'wait', for: MINUTE, because: 'configuration' }

const byName: Record<string, Verdict> = {
  concurrent_idempotent_requests: { do: 'retry', after: 3 * SECOND },
  internal_server_error: RETRY,
  daily_quota_exceeded: QUOTA,
  monthly_quota_exceeded: QUOTA,
  missing_api_key: CONFIGURATION,
  restricted_api_key: CONFIGURATION,
  invalid_api_key: CONFIGURATION,
  invalid_from_address: CONFIGURATION, // a setting, the same for every message
  invalid_parameter: GIVE_UP,
  invalid_attachment: GIVE_UP,
  invalid_access: CONFIGURATION,
  invalid_region: CONFIGURATION,
  invalid_idempotency_key: GIVE_UP,
  invalid_idempotent_request: { do: 'ask' }, // a key or an origin of links has changed since the first try
  missing_required_field: GIVE_UP,
  method_not_allowed: CONFIGURATION, // no message is the cause of these two, but an address that is not Resend's
  not_found: CONFIGURATION,
  security_error: GIVE_UP,
}

/** Who we are, where we ask, and by which proxy: the same for every message. */
const OF_THE_SET_UP = new Set([401, 403, 404, 405, 407])

/** No header stops all mail for longer. */
const MOST_WAIT = 10 * MINUTE

const rateLimit = (retryAfter: number | null): Verdict => ({
  do: 'wait',
  for: Math.min(retryAfter ?? SECOND, MOST_WAIT),
  because: 'rate_limit',
})

export const verdict = ({ name, status, retryAfter }: SendError): Verdict => {
  if (name === 'rate_limit_exceeded') return rateLimit(retryAfter)
  // The SDK's own name for an answer it cannot read, such as the page of a proxy in between.
  if (name === 'application_error') return status === 429 ? rateLimit(retryAfter) : RETRY
  // A domain that is not verified is told as a validation error, with 403.
  if (name === 'validation_error') return status === 403 ? CONFIGURATION : GIVE_UP
  const named = Object.hasOwn(byName, name) && byName[name]
  if (named) return named
  if (status === 429) return rateLimit(retryAfter)
  if (status !== null && OF_THE_SET_UP.has(status)) return CONFIGURATION
  if (status === 409) return { do: 'ask' }
  if (status === null || status >= 500 || status === 408 || status === 425 || status < 400)
    return RETRY
  return GIVE_UP
}

const MOST_BACKOFF = 10 * MINUTE

/**
 * How long to wait before the next try.
 * @param tries tries so far, 1 or more.
 * @param random from 0 to 1: spreads retries over the upper half of the wait.
 */
export const backoff = (after: number, tries: number, random: number): number =>
  Math.min(after * 2 ** (tries - 1), MOST_BACKOFF) * (0.5 + random / 2)
