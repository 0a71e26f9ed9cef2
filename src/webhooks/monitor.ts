// Monitors one webhook endpoint: counts outcomes, logs refusals once a minute by cause, and alerts when webhooks fail for ten
// minutes. Each process counts for itself, in memory, from its start on.

import type { Alert } from '../alerts/alert.ts'
import { type Clock, HOUR, MINUTE } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { createTally } from '../runtime/tally.ts'
import { createThrottle } from '../runtime/throttle.ts'
import { createOutage } from './outage.ts'
import {
  type Cause,
  lineOf,
  minutesApart,
  type Origin,
  type Refusal,
  SIGNATURE_CAUSES,
} from './refusals.ts'

const OUTCOMES = [
  ...(['stored', 'duplicate', 'not_stored'] as const),
  ...(['no_signature', 'malformed', 'timestamp', 'wrong_secret'] as const),
  ...(['too_large', 'too_slow', 'no_room', 'cut_off'] as const),
]

export type Outcome = (typeof OUTCOMES)[number]

export type EndpointName = 'polar' | 'resend'

type MonitorParts = {
  endpoint: EndpointName
  origin: Origin
  /** How many secrets there are. */
  secrets: number
  /** Webhooks may have been missed in an outage that is over now. */
  onOver?: () => void
  notify: (alert: Alert) => void
  clock: Clock
  log: Log
}

const ORDINALS = ['1st', '2nd', '3rd']
const ordinal = (index: number) => ORDINALS[index] ?? `${index + 1}th`

export const createMonitor = (parts: MonitorParts) => {
  const { endpoint, origin, secrets, onOver = () => {}, notify, clock, log } = parts
  const outcomes = Object.fromEntries(OUTCOMES.map((name) => [name, 0])) as Record<Outcome, number>
  const lastVerified = Array.from({ length: secrets }, () => 0)
  const mayNameSecret = lastVerified.map(() => createThrottle(HOUR, clock))
  let latest: Cause = 'no_signature'
  let isClockTold = false

  const refused = createOutage({
    clock,
    calm: 0,
    onLasting: () => {
      log.error({ endpoint, because: latest }, 'webhooks were refused for ten minutes')
      notify({ event: 'webhooks_refused', endpoint, because: latest })
    },
    onOver: () => {
      log.info({ endpoint }, 'webhooks verified again')
      notify({ event: 'webhooks_verified_again', endpoint })
      onOver()
    },
  })
  const notStored = createOutage({
    clock,
    calm: MINUTE,
    onLasting: () => {
      log.error({ endpoint }, 'webhooks were not stored for ten minutes')
      notify({ event: 'webhooks_not_stored', endpoint })
    },
    onOver: () => {
      log.info({ endpoint }, 'webhooks stored again')
      notify({ event: 'webhooks_stored_again', endpoint })
      onOver()
    },
  })

  const tallies = new Map<string, (refusal: Refusal) => void>()
  /** A genuine refusal has a line of its own: it proves that a clock is wrong. */
  const logRefusal = (refusal: Refusal) => {
    const isGenuine = refusal.cause === 'timestamp' && refusal.genuine
    const key = `${refusal.cause} ${isGenuine}`
    const level = refusal.cause === 'cut_off' ? 'debug' : 'warn'
    const tally =
      tallies.get(key) ??
      createTally(MINUTE, clock, (count: number, one: Refusal) =>
        log[level]({ endpoint, cause: one.cause, count }, lineOf(one, origin)),
      )
    tallies.set(key, tally)
    tally(refusal)
  }

  return {
    endpoint,
    refused: (refusal: Refusal) => {
      const { cause } = refusal
      outcomes[cause]++
      logRefusal(refusal)
      if (cause === 'no_room') notStored.failed()
      if (!SIGNATURE_CAUSES.has(cause)) return
      latest = cause
      refused.failed()
      if (refusal.cause !== 'timestamp' || !refusal.genuine || isClockTold) return
      isClockTold = true
      notify({ event: 'webhook_clock', endpoint, minutes: minutesApart(refusal.apart) })
    },
    /** @param secret the index of the secret that verified. */
    verified: (secret: number) => {
      lastVerified[secret] = clock.now()
      isClockTold = false
      refused.succeeded()
      if (secrets > 1 && mayNameSecret[secret]?.())
        log.info({ endpoint }, `webhook verified by the ${ordinal(secret)} of ${secrets} secrets`)
    },
    stored: (isNew: boolean) => {
      outcomes[isNew ? 'stored' : 'duplicate']++
      notStored.succeeded()
    },
    notStored: () => {
      outcomes.not_stored++
      notStored.failed()
    },
    /** How many webhooks had each outcome. */
    outcomes: (): Readonly<Record<Outcome, number>> => outcomes,
    /** In how many minutes webhooks were refused for their signature, or could not be stored. */
    badMinutes: () => ({ refused: refused.minutes(), not_stored: notStored.minutes() }),
    /** When each secret last verified a webhook, in milliseconds; 0 if none since the start. */
    lastVerified: (): readonly number[] => lastVerified,
  }
}

export type Monitor = ReturnType<typeof createMonitor>
