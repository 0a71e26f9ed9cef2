// Kills Postern with -9 while it credits a recovered payment. It is counted, and once.

import { Redis } from 'ioredis'
import { test } from 'vitest'
import { createRecoveryStore } from '../../src/recoveries/store.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { killAt, type Moment, naming } from '../support/kill-at.ts'
import { laterBy, startPostern } from '../support/process.ts'
import { leftDue } from '../support/records.ts'
import { startWorld } from '../support/world.ts'

/** By then a nudge counts as lost. */
const LATER = 30 * SECOND

/** The one step that writes the state after a paid order and makes its credit due. */
const PAID = naming(':state:', '/credit')
/** The one step that counts a payment and takes it out of the state. */
const CREDITED = naming(':state:', ':recovery:', ':recovered')

test.concurrent.for([
  ['before the paid order is applied', { before: PAID }],
  ['between applying the paid order and crediting it', { after: PAID }],
  ['before the payment is counted', { before: CREDITED }],
  ['between counting the payment and knowing it', { after: CREDITED }],
] satisfies [string, Moment][])(
  'a recovered payment is counted once after a kill %s',
  { timeout: 3 * MINUTE },
  async ([, at], { expect, onTestFinished }) => {
    const world = await startWorld()
    onTestFinished(world.close)
    const { redis, polar, settings } = world
    const doomed = await killAt(world, at, settings, onTestFinished)
    await doomed.ready()
    const { scenario } = polar
    const { subscriptionId } = await scenario.subscribe({ customer: { email: 'ann@example.com' } })
    const { orderId } = await scenario.failRenewal({ subscriptionId })
    await scenario.recover(orderId, 'retry_customer')
    await doomed.killed
    await startPostern(laterBy(LATER, settings), onTestFinished)
    await expect.poll(() => leftDue(redis.url), { timeout: MINUTE, interval: 100 }).toBe(0)
    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    expect(await createRecoveryStore(client).totals()).toEqual([
      { currency: 'usd', by: 'customer', amount: 2900, payments: 1 },
    ])
  },
)
