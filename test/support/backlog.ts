// Messages that wait together: decided while all mail is held, and let go at once.

import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { createPause } from '../../src/resend/pause.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { type Payload, paidOrder } from './events.ts'
import { startTestSystem, type TestSystem } from './system.ts'

type Options = Parameters<typeof startTestSystem>[0]

/** A system that holds all mail until it is let go. */
export const startHeldSystem = (options: Options = {}) =>
  startTestSystem({
    linger: 30 * SECOND, // so that emails that are composed together go together on any machine
    ...options,
    environment: { ...options?.environment, SEND_MODE: 'hold' },
  })

/** Purchases of different customers, numbered in their addresses. */
export const purchases = (
  count: number,
  change: (event: Payload, index: number) => unknown = () => {},
) =>
  Array.from({ length: count }, (_, index) => {
    const event = paidOrder({ billing_name: null, billing_address: null })
    event.data.customer.email = `customer-${index}@example.com`
    change(event, index)
    return event
  })

/** Renewals of different customers and subscriptions. */
export const renewals = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const event = paidOrder({ billing_name: null, billing_address: null }, 'order.paid')
    event.data.subscription = { ...event.data.subscription, id: randomUUID() }
    event.data.subscription_id = event.data.subscription.id
    event.data.customer.email = `subscriber-${index}@example.com`
    return event
  })

/** The same event, of somebody to whom an invoice can be made out. */
export const invoiced = (event: Payload) => {
  event.data.billing_name = 'Kite GmbH'
  event.data.billing_address = { country: 'DE', city: 'Berlin', line1: 'Weg 1' }
  return event
}

/** Tells events, and resolves when all are understood. */
export const tellAll = async (system: TestSystem, events: readonly Payload[]) => {
  await Promise.all(events.map((event) => system.polarWorld.deliver(event)))
  await system.settle()
}

/** Runs `work` with what a command has: a connection to the same Redis. */
export const withPause = async <T>(
  system: TestSystem,
  work: (pause: ReturnType<typeof createPause>) => Promise<T>,
): Promise<T> => {
  const redis = new Redis(system.redis)
  try {
    return await work(createPause({ redis, clock: system.clock }))
  } finally {
    redis.disconnect()
  }
}

/** Lets all mail go. */
export const release = async (system: TestSystem) => {
  await withPause(system, (pause) => pause.release('command'))
  system.clock.advance(11 * SECOND) // by then every nudge counts as lost
}

/** The same event, of a product of its own. */
export const ofItsOwnProduct = (event: Payload) => {
  const id = randomUUID()
  event.data.product = { ...event.data.product, id }
  event.data.product_id = id
}

/** By then no product is in the cache, though its message was composed before it was noticed that all mail is held. */
const UNCACHED = 6 * MINUTE

/**
 * Lets all mail go, `count` messages of products of their own. Polar answers once it has been asked about all of them, so that
 * their emails are composed together and go in a batch.
 */
export const releaseTogether = async (system: TestSystem, count: number) => {
  let asked = 0
  let answer = () => {}
  const until = new Promise<void>((resolve) => {
    answer = resolve
  })
  system.clock.advance(UNCACHED)
  system.polarWorld.fault = ({ path }) => {
    if (path !== '/v1/products/{id}') return undefined
    asked++
    if (asked === count) answer()
    return { until }
  }
  await release(system)
  await until
  system.polarWorld.fault = undefined
}

/** Lets all mail go, and everything that is due now. */
export const releaseAndSettle = async (system: TestSystem) => {
  await release(system)
  await system.settle()
}

/** The same, and everything that is due after it. */
export const releaseTogetherAndSettle = async (system: TestSystem, count: number) => {
  await releaseTogether(system, count)
  await system.settle()
}
