// Has a stored event interpreted again, and says before that what it would lead to.

import type { Complete } from '../events/complete.ts'
import type { Expected, Forecast, ForecastOf } from '../events/forecast.ts'
import { isInterpreted, type StoredEvent } from '../events/record.ts'
import { readEvent } from '../polar/event.ts'

type DryRunParts = { complete: Complete; forecast: ForecastOf }

/** `not`: it cannot be interpreted again. */
export type DryRun = Forecast | { not: 'waits' | 'payload_gone' }

/** The results that a message of the event can have, in words. */
export const RESULTS: Record<Expected['result'], string> = {
  sends: 'would be sent',
  decided: 'was decided before, and is not sent twice',
  too_old: 'is too old to be sent',
  before_live: 'happened before LIVE_SINCE, and is not sent',
}

/** Changes nothing. */
export const createDryRun =
  ({ complete, forecast }: DryRunParts) =>
  /** @throws {PolarUnavailableError} where the event needs an order that Polar does not give now. */
  async (stored: StoredEvent): Promise<DryRun> => {
    if (!isInterpreted(stored)) return { not: 'waits' }
    const { body } = stored
    if (body === null) return { not: 'payload_gone' }
    const event = await complete(readEvent({ ...stored, body }))
    return 'ignored' in event ? event : forecast(event, stored.isBackfilled)
  }

export type RunDry = ReturnType<typeof createDryRun>
