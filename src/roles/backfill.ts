// Puts together the backfill, which makes up for missed webhooks.

import { createReconcile } from '../backfill/reconcile.ts'
import { createPlaces, createRun } from '../backfill/run.ts'
import { createRuns } from '../backfill/runs.ts'
import { createImports } from '../backfill/sources/import.ts'
import { createLearn } from '../backfill/take.ts'
import { createComplete } from '../events/complete.ts'
import type { Decide } from '../events/decide.ts'
import { createForecast } from '../events/forecast.ts'
import type { Policy } from '../events/plan.ts'
import { createPolarClient } from '../polar/client.ts'
import { oursIn } from '../polar/our-endpoints.ts'
import { MINUTE } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import { BACKFILL } from '../schedule/entries.ts'
import type { Shared } from './shared.ts'

/** A start, or the end of an outage, is followed by a run after so long: Polar may still be delivering. */
const SOON = 2 * MINUTE

/** Makes a run due soon. */
export const backfillSoon = ({ stages, clock, log }: Shared): Promise<void> =>
  stages.schedule.due
    .at(BACKFILL, clock.now() + SOON)
    .catch((error) => log.error(failure(error), 'backfill not scheduled'))

export const createBackfill = (shared: Shared, decide: Decide, policy: Policy) => {
  const { config, redis, stages, budget, notify, clock, log } = shared
  const polar = createPolarClient(shared.polarOptions, budget.backfill, clock)
  const complete = createComplete({ polar, clock })
  const forecast = createForecast({ ...shared, policy })
  const { nudge } = stages.events
  const found = { ...shared, complete, forecast, polar, nudge, ours: oursIn(config) }
  const runs = createRuns(found, BACKFILL)
  return createReconcile({
    ...{ redis, notify, clock, log },
    imports: createRun({
      sources: createImports(polar),
      take: createLearn({ complete, decide, clock }),
      places: createPlaces(redis, 'import'),
    }),
    backfill: runs.real(),
  })
}
