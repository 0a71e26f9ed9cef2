// Puts together what lets records grow old and what erases customers.

import { createAges } from '../retention/ages.ts'
import { createErase } from '../retention/erase.ts'
import { createRetention } from '../retention/retention.ts'
import { createWalk } from '../retention/walk.ts'
import { failure } from '../runtime/log.ts'
import type { Shared } from './shared.ts'

export const startRetention = (shared: Shared) => {
  const { config, redis, clock, log, erasures, releases } = shared
  const erase = createErase(shared)
  return releases.add(
    createRetention({
      walks: createAges({ ...shared, lifetimes: config.retain }),
      step: createWalk(redis, clock),
      ...{ erasures, clock },
      erase: async (customerId) =>
        log.info({ customer: customerId, ...(await erase(customerId)) }, 'customer erased'),
      onError: (error) => log.error(failure(error), 'records not aged'),
    }),
    ({ close }) => close(),
  )
}
