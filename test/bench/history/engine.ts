// The stores of Postern on a Redis, and its interpreter of events: in the bench's own process, so that each step can be timed
// alone.

import type { Redis } from 'ioredis'
import { createFind } from '../../../src/cli/timeline.ts'
import { createDecide } from '../../../src/events/decide.ts'
import { createInterpret } from '../../../src/events/interpret.ts'
import { createEventStores } from '../../../src/events/stores.ts'
import { createStores } from '../../../src/messages/stores.ts'
import { createSearch } from '../../../src/operator/search.ts'
import type { PolarClient } from '../../../src/polar/client.ts'
import { customerKeyOf } from '../../../src/records/message-id.ts'
import { createDue } from '../../../src/redis/due.ts'
import { customerKey } from '../../../src/redis/keys.ts'
import type { Clock } from '../../../src/runtime/clock.ts'
import { createLog } from '../../../src/runtime/log.ts'
import { createUnschedule } from '../../../src/schedule/entries.ts'
import { createSuppressions } from '../../../src/suppressions/store.ts'
import { LINK_SECRET } from '../sides.ts'

/** A purchase by an individual asks Polar nothing. */
const NO_POLAR = {} as PolarClient

export const createEngine = (redis: Redis, clock: Clock) => {
  const secrets = [LINK_SECRET]
  const due = {
    events: createDue(redis, 'events', clock),
    deliveries: createDue(redis, 'deliveries', clock, customerKeyOf),
  }
  const stores = createStores({
    redis,
    due: due.deliveries,
    secrets,
    unschedule: createUnschedule(redis, clock),
    clock,
  })
  const eventStores = createEventStores({ redis, due: due.events, secrets, clock })
  const erasures = createDue(redis, 'erasures', clock, customerKey)
  const parts = { ...stores, ...eventStores, erasures, polar: NO_POLAR, clock }
  const quiet = { ...parts, nudge: async () => {}, log: createLog('silent') }
  const decide = createDecide({
    ...quiet,
    addressCorrected: async () => {},
    revokeLinks: async () => {},
    reschedule: () => [],
    policy: { liveSince: 0, isOff: () => false },
  })
  const { interpret, close } = createInterpret({ ...quiet, decide })
  return {
    ...{ redis, due, interpret, close, ...stores, ...eventStores },
    find: createFind({
      ...{ ...stores, ...eventStores, suppressions: createSuppressions(redis, clock) },
      search: createSearch({ ...stores, ...eventStores }),
      pauseState: async () => null,
    }),
  }
}

export type Engine = ReturnType<typeof createEngine>
