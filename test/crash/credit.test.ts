// Kills Postern while it credits a recovered payment. It is counted, and once.

import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { createRecoveryStore } from '../../src/recoveries/store.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { startHere } from '../support/here.ts'
import { killIn, type Moment, naming } from '../support/kill-at.ts'
import { leftDue } from '../support/records.ts'
import { startWorld } from '../support/world.ts'

/** By then a nudge counts as lost. */
const LATER = 30 * SECOND

/** The one step that writes the state after a paid order and makes its credit due. */
const PAID = naming(':state:', '/credit')
/** The one step that counts a payment and takes it out of the state. */
const CREDITED = naming(':state:', ':recovery:', ':recovered')

const kills: readonly [when: string, at: Moment][] = [
  ['before the paid order is applied', { before: PAID }],
  ['between applying the paid order and crediting it', { after: PAID }],
  ['before the payment is counted', { before: CREDITED }],
  ['between counting the payment and knowing it', { after: CREDITED }],
]

test('a recovered payment is counted once after a kill at each step', {
  timeout: 5 * MINUTE,
}, async (context) => {
  const world = await startWorld()
  onTestFinished(world.close)
  const { redis, polar, settings } = world
  const recover = async () => {
    const { scenario } = polar
    const { subscriptionId } = await scenario.subscribe({ customer: { email: 'ann@example.com' } })
    const { orderId } = await scenario.failRenewal({ subscriptionId })
    await scenario.recover(orderId, 'retry_customer')
  }
  for (const [n, [when, at]] of kills.entries()) {
    const bringAbout = n === 0 ? recover : undefined
    await killIn(world, { when, at, settings, later: n * LATER, bringAbout }, context)
  }
  const later = kills.length * LATER
  await startHere(settings, { later })
  const due = () => leftDue(redis.url, later + LATER)
  await expect.poll(due, { timeout: MINUTE, interval: 100 }).toBe(0)
  const client = new Redis(redis.url)
  onTestFinished(() => client.disconnect())
  expect(await createRecoveryStore(client).totals()).toEqual([
    { currency: 'usd', by: 'customer', amount: 2900, payments: 1 },
  ])
})
