// Puts together what lets records grow old and what erases customers. It has a connection of its own, so that nothing that
// somebody waits for queues behind it.

import { createAbandon } from '../deliveries/abandon.ts'
import { createBatchStore } from '../deliveries/batches/store.ts'
import { createEventStores } from '../events/stores.ts'
import { createLinkStore } from '../links/store.ts'
import { createStores } from '../messages/stores.ts'
import { createDue } from '../redis/due.ts'
import { customerKey } from '../redis/keys.ts'
import { createAges } from '../retention/ages.ts'
import { createErase } from '../retention/erase.ts'
import { createRetention } from '../retention/retention.ts'
import { createWalks } from '../retention/walks.ts'
import { failure } from '../runtime/log.ts'
import { createUnschedule } from '../schedule/entries.ts'
import { createSuppressions } from '../suppressions/store.ts'
import type { Shared } from './shared.ts'

export const startRetention = async (shared: Shared) => {
  const { config, stages, clock, log, releases } = shared
  const redis = await shared.open('ask')
  const { secrets } = config.links
  const stores = createStores({
    redis,
    due: stages.deliveries.due,
    secrets,
    unschedule: createUnschedule(redis, clock),
    clock,
  })
  const parts = {
    ...stores,
    ...createEventStores({ redis, due: stages.events.due, secrets, clock }),
    linkStore: createLinkStore({ redis, records: stores.records, clock }),
    suppressions: createSuppressions(redis, clock),
    abandon: createAbandon({ batches: createBatchStore(redis, stages.batches.due), clock }),
    erasures: createDue(redis, 'erasures', clock, customerKey),
    clock,
  }
  const erase = createErase(parts)
  return releases.add(
    createRetention({
      walks: createWalks(redis, clock, createAges({ ...parts, lifetimes: config.retain })),
      erasures: parts.erasures,
      erase: async (customerId) =>
        log.info({ customer: customerId, ...(await erase(customerId)) }, 'customer erased'),
      clock,
      onError: (error) => log.error(failure(error), 'records not aged'),
    }),
    ({ close }) => close(),
  )
}
