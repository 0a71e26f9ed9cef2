// Checks the webhook endpoint at Polar once a minute, and tells the operator what is wrong with it, once, and that it is mended.

import type { Alert } from '../alerts/alert.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import type { Ours } from '../polar/our-endpoints.ts'
import type { WebhookEndpoint } from '../polar/webhooks.ts'
import type { RedisClient } from '../redis/connection.ts'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { failingOf, RECENT } from './deliveries.ts'
import { seenOf } from './endpoint.ts'
import { changeOf, type Finding, type FindingName, type Seen, sentenceOf } from './finding.ts'
import { type Received, readReceived } from './received.ts'
import { silenceOf } from './silence.ts'
import { createWatchState, type WatchState } from './state.ts'

/** A webhook that came so shortly before says that Polar's deliveries succeed. */
const JUST_NOW = 2 * MINUTE

type WatchParts = {
  redis: RedisClient
  polar: Pick<PolarClient, 'webhookEndpoints' | 'webhookDeliveries'>
  ours: Ours
  notify: (alert: Alert) => void
  /** Events were missed while something was wrong. */
  onMended: () => Promise<void>
  clock: Pick<Clock, 'now'>
  log: Log
}

/** `null` where Polar does not answer or denies the call: that says nothing of the endpoint, and is reported elsewhere. */
const unlessAway = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (error instanceof PolarUnavailableError) return null
    throw error
  })

export const createWatch = (parts: WatchParts) => {
  const { redis, polar, ours, notify, onMended, clock, log } = parts
  const state = createWatchState(redis)

  const failing = async (
    { id }: WebhookEndpoint,
    { attemptsSince }: WatchState,
    { last }: Received,
    now: number,
  ): Promise<Finding | null | 'unknown'> => {
    if (last > now - JUST_NOW) return null
    const after = new Date(Math.max(attemptsSince, now - RECENT)).toISOString()
    const page = await unlessAway(polar.webhookDeliveries({ endpointId: id, after }))
    return page ? failingOf(page.items, now) : 'unknown'
  }

  /** An open silence ends with the next webhook only. */
  const silent = (before: WatchState, { hours, last }: Received, now: number) => {
    const since = before.open.silence
    if (since !== undefined && last < since) return 'unknown'
    return silenceOf(hours, Math.max(last, before.since), now)
  }

  const look = async (before: WatchState, now: number): Promise<Seen | null> => {
    const endpoints = await unlessAway(polar.webhookEndpoints())
    if (!endpoints) return null
    const { seen, enabled } = seenOf(endpoints, ours)
    const [endpoint] = enabled
    if (!endpoint) return seen
    const received = await readReceived(redis, now)
    const further: [FindingName, Finding | null | 'unknown'][] = [
      ['deliveries_failing', await failing(endpoint, before, received, now)],
      ['silence', silent(before, received, now)],
    ]
    const found = further.flatMap(([, what]) => (what && what !== 'unknown' ? [what] : []))
    const isExplained = seen.found.length > 0 || found.some(({ name }) => name !== 'silence')
    return {
      ...seen,
      // One cause, one alert.
      found: [...seen.found, ...found.filter(({ name }) => name !== 'silence' || !isExplained)],
      unknown: [
        ...seen.unknown,
        ...further.flatMap(([name, what]) => (what === 'unknown' ? [name] : [])),
      ],
    }
  }

  const report = async (found: readonly Finding[], mended: readonly FindingName[]) => {
    for (const one of found) {
      const [name, says] = [one.name, sentenceOf(one)]
      log.error({ finding: name }, says)
      notify({ event: 'webhook_endpoint', finding: name, says })
    }
    for (const name of mended) {
      log.info({ finding: name }, 'webhook endpoint mended')
      notify({ event: 'webhook_endpoint_mended', finding: name })
    }
    if (mended.length > 0) await onMended()
  }

  return {
    /** Makes a check if one is due. */
    check: async (): Promise<void> => {
      const before = await state.claim(clock.now())
      if (!before) return
      const seen = await look(before, before.checkedAt)
      if (!seen) return
      const { open, found, mended } = changeOf(before.open, seen, before.checkedAt)
      // Reported before it is kept: after a crash in between it is reported again, and an alert is not repeated.
      await report(found, mended)
      const attemptsSince = mended.length > 0 ? clock.now() : before.attemptsSince
      await state.save(before, { ...before, attemptsSince, open })
    },
  }
}

export type Watch = ReturnType<typeof createWatch>
