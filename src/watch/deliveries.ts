// Decides whether Polar's deliveries fail, by its latest attempts: pure. One that succeeds ends it.

import type { WebhookDelivery } from '../polar/webhooks.ts'
import { MINUTE } from '../runtime/clock.ts'
import type { Finding } from './finding.ts'

/** Attempts of the latest so many minutes count. Between two attempts of one event, Polar waits up to 20 minutes. */
export const RECENT = 15 * MINUTE

/** A restart loses an attempt or two, and Polar makes three within 15 seconds. */
const AT_LEAST = 3
const LASTING = 2 * MINUTE

const answerOf = (status: number | null): string =>
  status === null ? 'got no answer' : `got the status ${status}`

const hintOf = (status: number | null): string => {
  if (status === null) return 'Try /healthz from outside: DNS, the certificate or a firewall.'
  if (status === 403) return 'The log says why: webhook refused.'
  if (status === 404) return 'The URL at Polar has to end in /webhooks/polar.'
  if (status === 503) return 'Postern takes no events: /readyz says why.'
  return 'Look at the proxy before Postern, and at the log.'
}

/**
 * @param attempts newest first.
 * @param now milliseconds.
 * @returns `null` where deliveries succeed; `unknown` where there is too little to tell.
 */
export const failingOf = (
  attempts: readonly Pick<WebhookDelivery, 'at' | 'succeeded' | 'status'>[],
  now: number,
): Finding | null | 'unknown' => {
  const latest = attempts.findIndex(({ succeeded }) => succeeded)
  const failed = latest < 0 ? attempts : attempts.slice(0, latest)
  const [newest] = failed
  const first = failed.at(-1)
  const isLasting =
    first !== undefined && failed.length >= AT_LEAST && Date.parse(first.at) <= now - LASTING
  if (!newest || !isLasting) return latest < 0 ? 'unknown' : null
  const { status } = newest
  return {
    name: 'deliveries_failing',
    says: `Polar's last ${failed.length} attempts to deliver an event failed: the latest ${answerOf(status)}.`,
    why: 'Polar disables an endpoint after ten failed events.',
    mend: `${hintOf(status)} Postern makes up for what it missed.`,
  }
}
