// What is worth a person's attention, in one plain sentence each: what happened, and what to do. Ids, never an address.

import { scrub } from '../runtime/scrub.ts'

type EndpointName = 'polar' | 'resend'
type HeldBecause = 'too_many' | 'unconfirmed'
type HeldBy = 'command' | 'setting'
type PausedBecause = 'rate_limit' | 'quota' | 'configuration'

export type Alert =
  /** `says` is Resend's own sentence, scrubbed; `until` in milliseconds. */
  | { event: 'deliveries_paused'; because: PausedBecause; says: string; until: number }
  | { event: 'deliveries_held'; by: HeldBy }
  | { event: 'deliveries_released'; by: HeldBy }
  | { event: 'message_held'; message: string; because: HeldBecause }
  /** It has been held for an hour, and nobody has decided. */
  | { event: 'message_held_long'; message: string; because: HeldBecause }
  | { event: 'message_failed'; message: string; because: string }
  /** Polar denies a call; `scopes` are those of which any one would do. */
  | { event: 'polar_refused'; call: string; status: 401 | 403; scopes: readonly string[] }
  | { event: 'webhooks_refused'; endpoint: EndpointName; because: string }
  | { event: 'webhooks_not_stored'; endpoint: EndpointName }
  | { event: 'webhooks_verified_again' | 'webhooks_stored_again'; endpoint: EndpointName }
  | { event: 'webhook_clock'; endpoint: EndpointName; minutes: number }
  /** `because` names what is wrong, and holds no secret. */
  | { event: 'redis_failing'; because: string }
  | { event: 'redis_recovered' }
  /** The account check found a mistake; `says` is its sentence, and holds neither an address nor a secret. */
  | { event: 'account_finding'; finding: string; says: string }

type Of<E extends Alert['event']> = Extract<Alert, { event: E }>

const LONGEST = 120

/** A reason may be what a provider calls it: no address gets through with it, and no essay. */
const reason = (because: string) => scrub(because, LONGEST)

const hourOf = (time: number) => `${new Date(time).toISOString().slice(11, 16)} UTC`

const quoted = (says: string) => (says ? ` (it says: “${says}”)` : '')

const paused = ({ because, says, until }: Of<'deliveries_paused'>) =>
  because === 'quota'
    ? `deliveries are paused, since the quota at Resend is used up${quoted(says)}; nothing is lost, a larger plan ends it, and the next try is at ${hourOf(until)}.`
    : `deliveries are paused, since Resend refuses the key, the sender, the domain or the account${quoted(says)}; nothing is lost, mend RESEND_API_KEY, EMAIL_FROM or the domain at Resend, and the next try is at ${hourOf(until)}.`

const heldAll = ({ by }: Of<'deliveries_held'>) =>
  by === 'command'
    ? 'all mail is held by command; nothing is sent until somebody runs npm run release -- all.'
    : 'all mail is held, since a process started with SEND_MODE=hold; nothing is sent until a start in another mode, or npm run release -- all.'

const held = ({ message, because }: Of<'message_held'>) =>
  because === 'too_many'
    ? `message ${message} is held, since its address had too many emails within an hour; look for what makes so many, and let it go, or not, with npm run release -- ${message}.`
    : `message ${message} is held, since nobody can tell whether it was sent; look for it at Resend, and only if it is not there let it go with npm run release -- ${message}.`

const heldLong = ({ message, because }: Of<'message_held_long'>) =>
  `message ${message} has been held for an hour (${because}) and waits for you; npm run held lists all that are held, and npm run release says how to release them.`

const failed = ({ message, because }: Of<'message_failed'>) =>
  `message ${message} has failed for good (${reason(because)}) and is not tried again; tell its customer what it was to say, or see in the log what to mend.`

const MEANWHILE =
  'until then links lead to the sign-in page and emails go out without what only Polar knows'

const refusedByPolar = ({ call, status, scopes }: Of<'polar_refused'>) => {
  if (status === 401)
    return `Polar refuses the access token (401); make a new one at Polar, set POLAR_ACCESS_TOKEN and restart; ${MEANWHILE}.`
  return scopes.length > 0
    ? `Polar refuses ${call} (403), since the access token lacks the scope ${scopes.join(' or ')}; add it at Polar; ${MEANWHILE}.`
    : `Polar refuses ${call} (403); see what the access token may do at Polar; ${MEANWHILE}.`
}

const SENDERS = { polar: 'Polar', resend: 'Resend' }
const SECRETS = { polar: 'POLAR_WEBHOOK_SECRET', resend: 'RESEND_WEBHOOK_SECRET' }

const refusedSince = (endpoint: EndpointName, because: string): string => {
  switch (because) {
    case 'wrong_secret':
      return `since no secret in ${SECRETS[endpoint]} fits; copy the one that ${SENDERS[endpoint]} shows for this endpoint`
    case 'timestamp':
      return 'since its time is far from ours; check the clock of this machine'
    case 'no_signature':
      return 'since a signature header was missing; see whether a proxy drops it'
    default:
      return `(${reason(because)}); the log says more`
  }
}

const refused = ({ endpoint, because }: Of<'webhooks_refused'>) =>
  `for ten minutes every webhook at /webhooks/${endpoint} was refused, ${refusedSince(endpoint, because)}.`

const notStored = ({ endpoint }: Of<'webhooks_not_stored'>) =>
  `for ten minutes webhooks at /webhooks/${endpoint} could not be stored; mend Redis soon, since ${SENDERS[endpoint]} does not try for ever.`

const again = (endpoint: EndpointName, done: 'verified' | 'stored') =>
  `webhooks at /webhooks/${endpoint} are ${done} again; see at ${SENDERS[endpoint]} whether any was given up meanwhile, and redeliver it.`

const clockOff = ({ endpoint, minutes }: Of<'webhook_clock'>) =>
  `a genuine webhook at /webhooks/${endpoint} was refused, since the sender's clock and ours are ${minutes} minutes apart; check the clock of this machine.`

const first = (alert: Alert): string => {
  switch (alert.event) {
    case 'deliveries_paused':
      return paused(alert)
    case 'deliveries_held':
      return heldAll(alert)
    case 'deliveries_released':
      return 'all mail is released, and what waited goes out now; there is nothing to do.'
    case 'message_held':
      return held(alert)
    case 'message_held_long':
      return heldLong(alert)
    case 'message_failed':
      return failed(alert)
    case 'polar_refused':
      return refusedByPolar(alert)
    case 'webhooks_refused':
      return refused(alert)
    case 'webhooks_not_stored':
      return notStored(alert)
    case 'webhooks_verified_again':
      return again(alert.endpoint, 'verified')
    case 'webhooks_stored_again':
      return again(alert.endpoint, 'stored')
    case 'webhook_clock':
      return clockOff(alert)
    case 'redis_failing':
      return `Redis does not keep what it is given (${reason(alert.because)}); webhooks get 503 and are sent again by Polar and Resend, so mend Redis within hours.`
    case 'redis_recovered':
      return 'Redis keeps what it is given again, and webhooks are accepted; there is nothing to do.'
    case 'account_finding':
      return alert.says
    default:
      return alert satisfies never
  }
}

type Counted = Of<'message_held' | 'message_held_long' | 'message_failed'>

const rest = ({ event, because }: Counted, count: number) => {
  const messages = `${count} more ${count === 1 ? 'message' : 'messages'}`
  if (event === 'message_held_long')
    return `${messages} held for an hour (${because}); npm run held lists all that are.`
  return event === 'message_held'
    ? `${messages} held meanwhile (${because}); npm run held lists all that are.`
    : `${messages} failed for good meanwhile (${reason(because)}); the log names each.`
}

/** News that comes in numbers: what is not told one by one is counted. */
export const isCounted = (alert: Alert): alert is Counted =>
  alert.event === 'message_held' ||
  alert.event === 'message_held_long' ||
  alert.event === 'message_failed'

/**
 * @param count how many there are, counted ones included.
 * @param isRest whether all of them are counted ones, so that none is named.
 */
export const sentence = (alert: Alert, count: number, isRest: boolean): string => {
  if (!isCounted(alert)) return first(alert)
  if (isRest) return rest(alert, count)
  return count > 1 ? `${first(alert)} And ${rest(alert, count - 1)}` : first(alert)
}

/** The same as fields, times as in ISO 8601; `more` is how many there are beside the one that is named. */
export const fieldsOf = (alert: Alert, count: number, isRest: boolean): Record<string, unknown> => {
  if (alert.event === 'deliveries_paused')
    return { ...alert, until: new Date(alert.until).toISOString() }
  if (!isCounted(alert)) return alert
  const { event, message, because } = alert
  const more = isRest ? count : count - 1
  return {
    ...{ event, because: reason(because) },
    ...(!isRest && { message }),
    ...(more > 0 && { more }),
  }
}

/** What is told of a subject is not told again for a while; something else of the same subject is. */
export const subjectOf = (alert: Alert): { subject: string; what: string } => {
  switch (alert.event) {
    case 'deliveries_held':
    case 'deliveries_released':
      return { subject: 'tap', what: alert.event }
    case 'redis_failing':
    case 'redis_recovered':
      return { subject: 'redis', what: alert.event }
    case 'deliveries_paused':
      // Another sentence is another cause, and worth another alert.
      return { subject: `${alert.event}:${alert.because}`, what: `${alert.event}:${alert.says}` }
    case 'message_held':
    case 'message_held_long':
    case 'message_failed':
      return { subject: `${alert.event}:${reason(alert.because)}`, what: alert.event }
    case 'polar_refused':
      // One word for a token that is not valid, however many calls are denied.
      return {
        subject: alert.status === 401 ? alert.event : `${alert.event}:${alert.call}`,
        what: `${alert.status}`,
      }
    case 'webhooks_refused':
    case 'webhooks_verified_again':
      return { subject: `webhooks_verified:${alert.endpoint}`, what: alert.event }
    case 'webhooks_not_stored':
    case 'webhooks_stored_again':
      return { subject: `webhooks_stored:${alert.endpoint}`, what: alert.event }
    case 'webhook_clock':
      return { subject: `${alert.event}:${alert.endpoint}`, what: alert.event }
    case 'account_finding':
      return { subject: `${alert.event}:${alert.finding}`, what: alert.says }
    default:
      return alert satisfies never
  }
}
