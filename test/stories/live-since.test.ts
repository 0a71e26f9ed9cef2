// Facts of before Postern went live.

import { expect, test } from 'vitest'
import { createMovableClock, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { fixture, paidOrder } from '../support/events.ts'
import { startTestSystem } from '../support/system.ts'

test('what happened before going live is stored and never mailed', async () => {
  const system = await startTestSystem({ environment: { LIVE_SINCE: '2026-11-20T00:00:00Z' } })
  await system.polarWorld.deliver(fixture('order.paid'))
  await system.settle()
  expect(system.mails()).toHaveLength(0)
  expect(system.outcomes()).toMatchObject([
    { ignored: 'before_live', because: 'subscription_cycled' },
  ])
})

test('what happened just before going live is a warning, once, and what is older is none', async () => {
  const clock = createMovableClock()
  const now = clock.now()
  const happened = (at: number) => {
    const event = paidOrder({ created_at: new Date(at).toISOString() })
    event.timestamp = new Date(at).toISOString()
    return event
  }
  const LIVE_SINCE = new Date(now).toISOString()
  const system = await startTestSystem({ clock, environment: { LIVE_SINCE } })
  const warnings = () => system.logs().filter(({ msg }) => `${msg}`.startsWith('fresh event'))
  await system.polarWorld.deliver(happened(now - 2 * HOUR))
  await system.settle()
  expect(warnings()).toEqual([])
  await system.polarWorld.deliver(happened(now - 10 * MINUTE))
  await system.polarWorld.deliver(happened(now - 5 * MINUTE))
  await system.settle()
  expect(system.outcomes().map(({ ignored }) => ignored)).toEqual(Array(3).fill('before_live'))
  expect(warnings()).toEqual([
    expect.objectContaining({ level: 40, events: 1, live_since: LIVE_SINCE }),
  ])
})
