// The parts of commands that say what events would lead to. They need all settings.

import type { Config } from '../config.ts'
import { createComplete } from '../events/complete.ts'
import { createForecast } from '../events/forecast.ts'
import { liveSince } from '../events/live-since.ts'
import { createEventStores } from '../events/stores.ts'
import { brandWithoutPolar, createIsKindOff } from '../messages/brand.ts'
import type { createStores } from '../messages/stores.ts'
import { createBudget } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import { createDenials } from '../polar/denials.ts'
import { oursIn } from '../polar/our-endpoints.ts'
import type { RedisClient } from '../redis/connection.ts'
import { createDue } from '../redis/due.ts'
import type { Clock } from '../runtime/clock.ts'

type Parts = {
  redis: RedisClient
  config: Config
  stores: Pick<ReturnType<typeof createStores>, 'customers' | 'messages'>
  clock: Clock
}

export const createFoundEvents = async ({ redis, config, stores, clock }: Parts) => {
  const { polar: settings, links, brand, email } = config
  const due = createDue(redis, 'events', clock)
  const budget = createBudget(redis, settings.rateLimit, clock)
  const denials = createDenials(() => {}) // the command prints what it could not read
  const { spend, backOff } = budget.backfill
  let calls = 0
  const counted = {
    spend: async () => {
      await spend()
      calls++
    },
    backOff,
  }
  const polar = createPolarClient({ ...settings, denials }, counted, clock)
  const isOff = createIsKindOff(brandWithoutPolar(brand), email.kindsOff)
  const policy = { liveSince: await liveSince(redis, config.liveSince, clock), isOff }
  return {
    polar,
    /** Calls to Polar so far. */
    calls: () => calls,
    ours: oursIn(config),
    clock,
    redis,
    complete: createComplete({ polar, clock }),
    forecast: createForecast({ ...stores, policy, clock }),
    ...createEventStores({ redis, due, secrets: links.secrets, clock }),
  }
}
