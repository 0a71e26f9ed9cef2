// Puts together the watch over the webhook endpoint at Polar.

import { createPolarClient } from '../polar/client.ts'
import { oursIn } from '../polar/our-endpoints.ts'
import { failure } from '../runtime/log.ts'
import { createRounds } from '../watch/rounds.ts'
import { createWatch } from '../watch/watch.ts'
import { backfillSoon } from './backfill.ts'
import type { Shared } from './shared.ts'

export const startWatch = (shared: Shared) => {
  const { config, redis, budget, notify, clock, log, releases } = shared
  // A client of its own: where Polar is slow to list deliveries, no email is held up.
  const polar = createPolarClient(shared.polarOptions, budget.messages, clock)
  const watch = createWatch({
    ...{ redis, polar, notify, clock, log },
    ours: oursIn(config),
    onMended: () => backfillSoon(shared),
  })
  return releases.add(
    createRounds({
      ...{ watch, clock },
      onError: (error) => log.error(failure(error), 'webhook endpoint not checked'),
    }),
    ({ close }) => close(),
  )
}
