// npm run backfill: makes up for webhooks that were missed. With --dry-run it says what there is, and changes nothing.

import { createRuns, OPERATOR_RUN } from '../backfill/runs.ts'
import { BACKFILLED_KEY } from '../redis/keys.ts'
import { createAlone } from './alone.ts'
import { backfillArguments, createBackfilling, USAGE } from './backfilling.ts'
import { command } from './command.ts'
import { createFoundEvents } from './found-events.ts'

export const backfill = command({
  usage: USAGE,
  given: backfillArguments,
  run: async (context, given) => {
    const { redis, clock } = context
    const found = await createFoundEvents(context)
    const { nudge } = context.eventsStage()
    return createBackfilling({
      runs: createRuns({ ...found, nudge }, OPERATOR_RUN),
      alone: createAlone(context),
      backfilledUntil: async () => Number((await redis.get(BACKFILLED_KEY)) ?? 0) || null,
      ...{ calls: found.calls, clock },
    })(given)
  },
})
