// Puts together the worker's part in the long work that operators start in the console.

import { createRuns, OPERATOR_RUN } from '../backfill/runs.ts'
import { createComplete } from '../events/complete.ts'
import { createForecast } from '../events/forecast.ts'
import type { Policy } from '../events/plan.ts'
import { createOperatorActions } from '../operator/actions.ts'
import { createBackfillWork } from '../operator/long-work/backfill.ts'
import { createDrive } from '../operator/long-work/drive.ts'
import { createReindexWork } from '../operator/long-work/reindex.ts'
import { createReplayWork } from '../operator/long-work/replay.ts'
import { createWorkStore } from '../operator/long-work/store.ts'
import { isDry, type Perform } from '../operator/long-work/work.ts'
import { createWorkWorker } from '../operator/long-work/worker.ts'
import { createDryRun } from '../operator/replay.ts'
import { countCalls } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import { oursIn } from '../polar/our-endpoints.ts'
import { createReindex } from '../retention/reindex.ts'
import { WORK } from '../schedule/entries.ts'
import type { Shared } from './shared.ts'

const createPerform = (shared: Shared, policy: Policy): Perform => {
  const { config, redis, stages, polarOptions, clock, backpressure } = shared
  const note = createOperatorActions(redis, clock).note

  /** Each work counts its own calls to Polar. */
  const atPolar = () => {
    const { budget, calls } = countCalls(shared.budget.backfill)
    const polar = createPolarClient(polarOptions, budget, clock)
    const complete = createComplete({ polar, clock })
    return { polar, calls, complete, forecast: createForecast({ ...shared, policy }) }
  }

  const performers: Record<string, () => Perform> = {
    backfill: () => {
      const { calls, ...found } = atPolar()
      const { nudge } = stages.events
      const runs = createRuns({ ...shared, ...found, nudge, ours: oursIn(config) }, OPERATOR_RUN)
      return createBackfillWork({
        ...{ runs, calls, clock },
        fits: (ended, wanted) => ended.since === wanted.since && ended.until === wanted.until,
      })
    },
    replay: () => {
      const runDry = createDryRun(atPolar())
      return async (work, report, signal) =>
        createReplayWork({
          ...{ ...shared, runDry },
          onEnd: async (events) => {
            if (isDry(work) || events === 0 || signal.aborted) return
            await note('console', { act: 'events replayed', events })
          },
        })(work, report, signal)
    },
    reindex: () => createReindexWork({ reindex: createReindex({ ...shared }) }),
  }

  return (work, report, signal) => {
    const perform = performers[work.order.what]?.()
    if (!perform) throw new TypeError(`no long work is called ${work.order.what}`)
    const yielding = async (progress: Parameters<typeof report>[0]) => {
      await backpressure.whenIdle()
      return report(progress)
    }
    return perform(work, yielding, signal)
  }
}

export const createWork = (shared: Shared, policy: Policy) => {
  const { redis, stages, clock, log } = shared
  const { due } = stages.schedule
  const store = createWorkStore({ redis, due, clock })
  return createWorkWorker({
    ...{ store, clock, log },
    drive: createDrive({ store, clock }).drive,
    perform: createPerform(shared, policy),
    hasten: () => due.at(WORK, clock.now()),
  })
}
