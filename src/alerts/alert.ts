// The alerts: each says in plain sentences what happened and what to do, with ids and never an address.

import { scrub } from '../runtime/scrub.ts'

type EndpointName = 'polar' | 'resend'
type HeldBecause = 'too_many' | 'unconfirmed'
type HeldBy = 'command' | 'console' | 'setting'
type PausedBecause = 'rate_limit' | 'quota' | 'configuration'

export type Alert =
  /** `says` is Resend's own sentence, scrubbed; `until` in milliseconds. */
  | { event: 'deliveries_paused'; because: PausedBecause; says: string; until: number }
  | { event: 'deliveries_held'; by: HeldBy }
  | { event: 'deliveries_released'; by: HeldBy }
  | { event: 'message_held'; message: string; because: HeldBecause }
  /** Held for an hour, and nobody has decided. */
  | { event: 'message_held_long'; message: string; because: HeldBecause }
  | { event: 'message_failed'; message: string; because: string }
  /** Polar denies a call; any one of `scopes` would permit it. */
  | { event: 'polar_refused'; call: string; status: 401 | 403; scopes: readonly string[] }
  | { event: 'webhooks_refused'; endpoint: EndpointName; because: string }
  | { event: 'webhooks_not_stored'; endpoint: EndpointName }
  | { event: 'webhooks_verified_again' | 'webhooks_stored_again'; endpoint: EndpointName }
  | { event: 'webhook_clock'; endpoint: EndpointName; minutes: number }
  /** `because` names what is wrong, and holds no secret. */
  | { event: 'redis_failing'; because: string }
  | { event: 'redis_recovered' }
  /** Redis was restored: Resend knows emails since `since` (ms) that it does not. Mail is held, or was released. */
  | { event: 'backup_restored'; since: number; adopted: number; isReleased: boolean }
  /** Events whose webhooks never came; messages that go out for them, and those that are too old. */
  | { event: 'webhooks_missed'; missed: number; sent: number; tooOld: number }
  /** Polar could not collect the last invoice of an ended subscription; `order` is its number or id. */
  | { event: 'final_invoice_unpaid'; order: string }
  /** The watch found a mistake at Polar's webhook endpoint, or that it is gone. */
  | { event: 'webhook_endpoint'; finding: string; says: string }
  | { event: 'webhook_endpoint_mended'; finding: string }
  /** The account check found a mistake. `says` describes it, without an address or a secret. */
  | { event: 'account_finding'; finding: string; says: string }

type Of<E extends Alert['event']> = Extract<Alert, { event: E }>

const MAX_REASON = 120

/** A reason may come from a provider: it is scrubbed of addresses and cut. */
export const reason = (because: string) => scrub(because, MAX_REASON)

const hourOf = (time: number) => `${new Date(time).toISOString().slice(11, 16)} UTC`

const quoted = (says: string) => (says ? ` (Resend says: “${says}”)` : '')

const paused = ({ because, says, until }: Of<'deliveries_paused'>) =>
  because === 'quota'
    ? `mail is paused: the quota at Resend is used up${quoted(says)}. Nothing is lost. A larger plan at Resend ends the pause; the next attempt is at ${hourOf(until)}.`
    : `mail is paused: Resend refuses the key, the sender, the domain or the account${quoted(says)}. Nothing is lost. Correct RESEND_API_KEY, EMAIL_FROM or the domain at Resend; the next attempt is at ${hourOf(until)}.`

const HELD_ALL: Record<HeldBy, string> = {
  command:
    'all mail is on hold, by command. Nothing is sent until somebody runs npm run release -- all.',
  console:
    'all mail is on hold, by an operator in the console. Nothing is sent until somebody releases it there, or runs npm run release -- all.',
  setting:
    'all mail is on hold: a process started with SEND_MODE=hold. Nothing is sent until a start in another mode, or npm run release -- all.',
}

const restored = ({ since, adopted, isReleased }: Of<'backup_restored'>) =>
  `Redis was restored from an older backup: Resend has accepted ${adopted === 1 ? 'an email' : `${adopted} emails`} since ${new Date(since).toISOString()} that Redis had forgotten. Postern has adopted ${adopted === 1 ? 'it' : 'them'}, so that nothing goes out twice. ${isReleased ? 'Mail goes on, and what Polar said meanwhile is made up for.' : 'Resend’s list does not reach back that far, so all mail stays on hold until you run npm run release -- all.'} docs/operations.md says more: "A restored backup".`

const held = ({ message, because }: Of<'message_held'>) =>
  because === 'too_many'
    ? `message ${message} is held: its address had too many emails within an hour. Find the cause. If the message should go out: npm run release -- ${message}.`
    : `message ${message} is held: it may have been sent. Search for it at Resend. Only if it is not there: npm run release -- ${message}.`

const heldLong = ({ message, because }: Of<'message_held_long'>) =>
  `message ${message} has been held for an hour (${because}) and needs your decision. npm run held lists all held messages; npm run release says how to release them.`

const failed = ({ message, because }: Of<'message_failed'>) =>
  `message ${message} failed for good (${reason(because)}). Remove the cause, then send it again: npm run resend -- ${message}.`

const MEANWHILE = 'Until then links lead to the sign-in page, and emails lack what only Polar knows'

const refusedByPolar = ({ call, status, scopes }: Of<'polar_refused'>) => {
  if (status === 401)
    return `Polar refuses the access token (401). Make a new one at Polar, set POLAR_ACCESS_TOKEN and restart. ${MEANWHILE}.`
  return scopes.length > 0
    ? `Polar refuses ${call} (403): the access token lacks the scope ${scopes.join(' or ')}. Add it at Polar. ${MEANWHILE}.`
    : `Polar refuses ${call} (403). Check the scopes of the access token at Polar. ${MEANWHILE}.`
}

const messagesOf = (count: number) => (count === 1 ? '1 message' : `${count} messages`)

const missed = ({ missed, sent, tooOld }: Of<'webhooks_missed'>) =>
  `${missed === 1 ? '1 webhook of Polar’s was' : `${missed} webhooks of Polar’s were`} missed, and Postern has found what ${missed === 1 ? 'it said' : 'they said'}: ${messagesOf(sent)} will go out, ${messagesOf(tooOld)} would come too late. docs/operations.md says more: "After an outage".`

const SENDERS = { polar: 'Polar', resend: 'Resend' }
/** Polar tries ten times within about half an hour (server/polar/webhook/tasks.py); Resend for ten hours. */
const LAST_ATTEMPT = { polar: 'after about half an hour', resend: 'after ten hours' }
const SECRETS = { polar: 'POLAR_WEBHOOK_SECRET', resend: 'RESEND_WEBHOOK_SECRET' }

const refusedSince = (endpoint: EndpointName, because: string): string => {
  switch (because) {
    case 'wrong_secret':
      return `no secret in ${SECRETS[endpoint]} fits. Copy the one that ${SENDERS[endpoint]} shows for this endpoint`
    case 'timestamp':
      return 'the clocks differ too much. Check the clock of this machine'
    case 'no_signature':
      return 'a signature header is missing. Check whether a proxy drops it'
    default:
      return `${reason(because)}. The log says more`
  }
}

const refused = ({ endpoint, because }: Of<'webhooks_refused'>) =>
  `every webhook at /webhooks/${endpoint} was refused for ten minutes: ${refusedSince(endpoint, because)}.`

const notStored = ({ endpoint }: Of<'webhooks_not_stored'>) =>
  `webhooks at /webhooks/${endpoint} could not be stored for ten minutes. Repair Redis soon: ${SENDERS[endpoint]} stops trying ${LAST_ATTEMPT[endpoint]}.`

const again = (endpoint: EndpointName, done: 'verified' | 'stored') =>
  endpoint === 'polar'
    ? `webhooks at /webhooks/polar are ${done} again. Postern looks for those that failed for good meanwhile, and makes up for them.`
    : `webhooks at /webhooks/${endpoint} are ${done} again. Check at ${SENDERS[endpoint]} whether any failed for good meanwhile, and redeliver those.`

const clockOff = ({ endpoint, minutes }: Of<'webhook_clock'>) =>
  `a genuine webhook at /webhooks/${endpoint} was refused: the sender's clock and ours are ${minutes} minutes apart. Check the clock of this machine.`

const finalInvoice = ({ order }: Of<'final_invoice_unpaid'>) =>
  `the final invoice ${order} could not be collected. Its subscription has ended, so Polar does not try again, and the customer cannot pay it in the portal. Settle it with the customer, or leave it. The log names further ones.`

const first = (alert: Alert): string => {
  switch (alert.event) {
    case 'deliveries_paused':
      return paused(alert)
    case 'deliveries_held':
      return HELD_ALL[alert.by]
    case 'deliveries_released':
      return 'all mail is released, and messages that waited go out now. There is nothing to do.'
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
      return `Redis does not keep data (${reason(alert.because)}). Webhooks get 503, and their senders repeat them for a while: Polar for about half an hour. Repair Redis soon. Postern makes up for what Polar gave up.`
    case 'redis_recovered':
      return 'Redis keeps data again, and webhooks are accepted. Postern makes up for what Polar gave up meanwhile.'
    case 'backup_restored':
      return restored(alert)
    case 'webhooks_missed':
      return missed(alert)
    case 'final_invoice_unpaid':
      return finalInvoice(alert)
    case 'webhook_endpoint':
    case 'account_finding':
      return alert.says
    case 'webhook_endpoint_mended':
      return `the webhook endpoint at Polar is mended (${alert.finding}). Postern looks for what it missed meanwhile, and makes up for it. There is nothing to do.`
    default:
      return alert satisfies never
  }
}

type Counted = Of<'message_held' | 'message_held_long' | 'message_failed'>

const rest = ({ event, because }: Counted, count: number) => {
  const messages = `${count} more ${count === 1 ? 'message' : 'messages'}`
  if (event === 'message_held_long')
    return `${messages} held for an hour (${because}). npm run held lists all of them.`
  return event === 'message_held'
    ? `${messages} held meanwhile (${because}). npm run held lists all of them.`
    : `${messages} failed for good meanwhile (${reason(because)}). The log names each.`
}

/** Alerts that may come in numbers: after the first one they are counted. */
export const isCounted = (alert: Alert): alert is Counted =>
  alert.event === 'message_held' ||
  alert.event === 'message_held_long' ||
  alert.event === 'message_failed'

/**
 * The text of an alert.
 * @param count how many it stands for.
 * @param isRest whether it stands for counted ones only, so that it names none.
 */
export const sentence = (alert: Alert, count: number, isRest: boolean): string => {
  if (!isCounted(alert)) return first(alert)
  if (isRest) return rest(alert, count)
  return count > 1 ? `${first(alert)} And ${rest(alert, count - 1)}` : first(alert)
}

/** The same as fields, times in ISO 8601; `more` is how many there are beside the one that is named. */
export const fieldsOf = (alert: Alert, count: number, isRest: boolean): Record<string, unknown> => {
  if (alert.event === 'deliveries_paused')
    return { ...alert, until: new Date(alert.until).toISOString() }
  if (alert.event === 'backup_restored')
    return { ...alert, since: new Date(alert.since).toISOString() }
  if (!isCounted(alert)) return alert
  const { event, message, because } = alert
  const more = isRest ? count : count - 1
  return {
    event,
    because: reason(because),
    ...(!isRest && { message }),
    ...(more > 0 && { more }),
  }
}
