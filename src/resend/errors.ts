// The retry table of Resend's errors: decides by status, name and message whether to retry, wait, ask or give up. It follows
// https://resend.com/docs/api-reference/errors and the answers of live accounts.

import { MINUTE, SECOND } from '../runtime/clock.ts'

/**
 * An error of Resend's. `status` is null where no readable answer came: then the email may have been sent. `message` is
 * Resend's own sentence, as it came.
 */
export type ResendError = {
  name: string
  status: number | null
  message: string
  retryAfter: number | null
}

export type Verdict =
  /** It may have been sent: the same bytes go again under the same key. `after` (ms) doubles from one attempt to the next. */
  | { do: 'retry'; after: number }
  /** It was not sent, and any other email would be refused too: all mail pauses for `for` (ms). */
  | { do: 'wait'; for: number; because: 'rate_limit' | 'quota' | 'configuration' }
  /** Resend has seen this key with other bytes: only Resend can say whether it was sent. */
  | { do: 'ask' }
  /** It was not sent, and the same email would be refused again. */
  | { do: 'give up' }

const RETRY: Verdict = { do: 'retry', after: SECOND }
const ASK: Verdict = { do: 'ask' }
const GIVE_UP: Verdict = { do: 'give up' }
const QUOTA: Verdict = { do: 'wait', for: 10 * MINUTE, because: 'quota' }
const CONFIGURATION: Verdict = { do: 'wait', for: MINUTE, because: 'configuration' }

/** Names a field that differs from message to message. */
const ABOUT_THE_MESSAGE =
  /\b(?:invalid|missing)\b\W{0,3}(?:to|cc|bcc|subject|html|text|tags?|attachments?|headers?)\b|\battachments?\b|\btoo (?:large|long|big)\b/i

/** Names a quota, which a larger plan raises. */
const ABOUT_THE_QUOTA = /\bquotas?\b|\b(?:daily|monthly) (?:sending )?limit\b/i

/** Names something that all messages share: the key, the sender, its domain, the region, the plan, the account. */
const ABOUT_THE_ACCOUNT: readonly RegExp[] = [
  /\bAPI[ _-]?keys?\b/i,
  /\bonly send testing emails\b/i,
  /\bdomain\b.*\b(?:not|isn.t|never) (?:been )?(?:verified|found|registered|allowed|authorized)\b/i,
  /\bverify (?:a|your|the) domain\b/i,
  /\bnot authorized to send\b/i,
  /\b(?:invalid|missing)\b\W{0,3}(?:from|reply[ _-]?to|sender)\b|`(?:from|reply_?to)`/i,
  /\bregions?\b/i,
  /\b(?:your|the|this|current|free) plan\b|\bupgrade (?:your|to)\b/i,
  /\bsuspend|\bdeactivated\b|\b(?:account|team)\b.*\b(?:disabled|paused|blocked|restricted|review|closed|banned)\b/i,
]

type Row = {
  names?: readonly string[]
  statuses?: readonly (number | null)[]
  says?: readonly RegExp[]
  verdict: Verdict | 'rate limit'
}

/** The first row that fits decides; a column that a row leaves out fits everything. */
const TABLE: readonly Row[] = [
  { names: ['rate_limit_exceeded'], verdict: 'rate limit' },
  // The SDK's name for an answer that it cannot read, such as a proxy's error page.
  { names: ['application_error'], statuses: [429], verdict: 'rate limit' },
  { names: ['application_error', 'internal_server_error'], verdict: RETRY },
  { names: ['concurrent_idempotent_requests'], verdict: { do: 'retry', after: 3 * SECOND } },
  { names: ['invalid_idempotent_request'], verdict: ASK }, // a key or an origin of links has changed since the first try
  { names: ['invalid_idempotency_key'], verdict: GIVE_UP },
  { names: ['daily_quota_exceeded', 'monthly_quota_exceeded'], verdict: QUOTA },
  {
    names: [
      ...['missing_api_key', 'restricted_api_key', 'invalid_api_key', 'invalid_access'],
      ...['invalid_region', 'invalid_from_address'],
      // Not the message causes these two, but a base URL that is not Resend's.
      ...['method_not_allowed', 'not_found'],
    ],
    verdict: CONFIGURATION,
  },
  // The account, its plan, the URL, a proxy. `validation_error` comes with 401 for a key that is unknown or deleted, and with
  // 403 for a domain that is not verified.
  { statuses: [402], says: [ABOUT_THE_QUOTA], verdict: QUOTA },
  { statuses: [401, 402, 403, 404, 405, 407], verdict: CONFIGURATION },
  { statuses: [400, 422, 451, null], says: [ABOUT_THE_MESSAGE], verdict: GIVE_UP },
  { statuses: [400, 422, 429, 451, null], says: [ABOUT_THE_QUOTA], verdict: QUOTA },
  { statuses: [400, 422, 451, null], says: ABOUT_THE_ACCOUNT, verdict: CONFIGURATION },
  {
    names: [
      ...['validation_error', 'invalid_parameter', 'invalid_attachment', 'missing_required_field'],
      'security_error',
    ],
    verdict: GIVE_UP,
  },
  { statuses: [429], verdict: 'rate limit' },
  { statuses: [409], verdict: ASK },
  { statuses: [null, 408, 425], verdict: RETRY },
]

/** No `retry-after` pauses mail for longer. */
const MAX_PAUSE = 10 * MINUTE

const rateLimit = (retryAfter: number | null): Verdict => ({
  do: 'wait',
  for: Math.min(retryAfter ?? SECOND, MAX_PAUSE),
  because: 'rate_limit',
})

const fits = ({ names, statuses, says }: Row, { name, status, message }: ResendError) =>
  (names?.includes(name) ?? true) &&
  (statuses?.includes(status) ?? true) &&
  (says?.some((words) => words.test(message)) ?? true)

/** After a 5xx, or an answer that is not an API's, the email may have been sent. */
const byStatus = (status: number | null): Verdict =>
  status === null || status >= 500 || status < 400 ? RETRY : GIVE_UP

export const verdict = (error: ResendError): Verdict => {
  const found = TABLE.find((row) => fits(row, error))?.verdict ?? byStatus(error.status)
  return found === 'rate limit' ? rateLimit(error.retryAfter) : found
}

/** The verdict on one email of an accepted batch: Resend gives only a message for it, no status and no name. */
export const verdictInBatch = (message: string): Extract<Verdict, { do: 'wait' | 'give up' }> => {
  const decided = verdict({ name: 'validation_error', status: 422, message, retryAfter: null })
  return decided.do === 'wait' ? decided : { do: 'give up' }
}

const MAX_BACKOFF = 10 * MINUTE

/**
 * Milliseconds before the next attempt.
 * @param attempts attempts so far, 1 or more.
 * @param random from 0 to 1: spreads retries over the upper half of the wait.
 */
export const backoff = (after: number, attempts: number, random: number): number =>
  Math.min(after * 2 ** (attempts - 1), MAX_BACKOFF) * (0.5 + random / 2)
