// The parts of commands that say what events would lead to. They need all settings.

import { createComplete } from '../events/complete.ts'
import { createForecast } from '../events/forecast.ts'
import { liveSince } from '../events/live-since.ts'
import { brandWithoutPolar, createIsKindOff } from '../messages/brand.ts'
import { countCalls } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import { createDenials } from '../polar/denials.ts'
import { oursIn } from '../polar/our-endpoints.ts'
import type { Context } from './context.ts'

export const createFoundEvents = async (context: Context) => {
  const { redis, clock } = context
  const config = context.config()
  const { polar: settings, brand, email } = config
  const stores = context.searchableStores()
  const denials = createDenials(() => {}) // the command prints what it could not read
  const { budget, calls } = countCalls(context.budget().backfill)
  const polar = createPolarClient({ ...settings, denials }, budget, clock)
  const isOff = createIsKindOff(brandWithoutPolar(brand), email.kindsOff)
  const policy = { liveSince: await liveSince(redis, config.liveSince, clock), isOff }
  return {
    polar,
    /** Calls to Polar so far. */
    calls,
    ours: oursIn(config),
    clock,
    redis,
    complete: createComplete({ polar, clock }),
    forecast: createForecast({ ...stores, policy, clock }),
    events: stores.events,
    eventIndex: stores.eventIndex,
    eventLifetimes: stores.eventLifetimes,
  }
}
