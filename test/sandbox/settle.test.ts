// A settled system: everything that is due or falls due within seconds is done, and the clock was moved there.

import { expect, onTestFinished, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createSettle } from '../../src/sandbox/settle.ts'
import { isSettled } from '../support/still-time.ts'
import { startTestSystem } from '../support/system.ts'
import { stoppedClock } from '../tables/decided.ts'

const NEVER = Number.POSITIVE_INFINITY

/** A worker whose work falls due at these times from now on, in milliseconds, one after another. */
const started = (...dueIn: number[]) => {
  const clock = stoppedClock()
  const start = clock.now()
  const times = dueIn.map((ms) => start + ms)
  const done: number[] = []
  const settle = createSettle({
    clock,
    worker: {
      quiet: async () => {
        while ((times[0] ?? NEVER) <= clock.now()) done.push((times.shift() ?? start) - start)
        return times[0] ?? NEVER
      },
    },
    polar: { invoices: { next: () => NEVER, drawn: async () => 0 } },
    resend: { reported: async () => {}, reportsAccepted: () => 0 },
  })
  return { settle, done, moved: () => clock.now() - start }
}

test('the clock moves to each time within ten seconds, one after another', async () => {
  const { settle, done, moved } = started(0.5 * SECOND, 1.5 * SECOND, 4 * SECOND, 4 * SECOND)
  await settle()
  expect(done).toEqual([0.5 * SECOND, 1.5 * SECOND, 4 * SECOND, 4 * SECOND])
  expect(moved()).toBe(4 * SECOND)
})

test('the clock does not move to what falls due later', async () => {
  const { settle, done, moved } = started(MINUTE)
  await settle()
  expect([done, moved()]).toEqual([[], 0])
})

test('the clock moves by twenty seconds at the most', async () => {
  const { settle, done } = started(...Array.from({ length: 20 }, (_, n) => 6 * SECOND * (n + 1)))
  await settle()
  expect(done).toEqual([6 * SECOND, 12 * SECOND, 18 * SECOND])
})

test('the clock moves to an invoice that Polar draws, and the worker does what that brings about', async () => {
  const clock = stoppedClock()
  const drawnAt = clock.now() + 50
  const isDrawn = () => drawnAt <= clock.now()
  const looks: boolean[] = []
  const settle = createSettle({
    clock,
    worker: {
      quiet: async () => {
        looks.push(isDrawn())
        return NEVER
      },
    },
    polar: {
      invoices: {
        next: () => (isDrawn() ? NEVER : drawnAt),
        drawn: async () => (isDrawn() ? 1 : 0),
      },
    },
    resend: { reported: async () => {}, reportsAccepted: () => 0 },
  })
  await settle()
  expect(clock.now()).toBe(drawnAt)
  expect(looks).toEqual([false, true]) // the last one after the webhook about it
})

test('the worker is waited for again where a report has come meanwhile', async () => {
  let accepted = 0
  const seen: number[] = []
  const settle = createSettle({
    clock: stoppedClock(),
    worker: {
      quiet: async () => {
        seen.push(accepted)
        accepted = 2 // by the time that it has nothing left to do
        return NEVER
      },
    },
    polar: { invoices: { next: () => NEVER, drawn: async () => 0 } },
    resend: { reported: async () => {}, reportsAccepted: () => accepted },
  })
  await settle()
  expect(seen).toEqual([0, 2])
})

test('retries that fall due within seconds are made at their own times, and nobody waits for them', async () => {
  const system = await startTestSystem()
  const at: number[] = []
  system.resendWorld.fault = () => {
    at.push(system.clock.now())
    return at.length > 3 ? undefined : { status: 500, body: { name: 'application_error' } }
  }
  await system.polarWorld.scenario.purchase()
  await system.settle()
  expect(system.mails()).toHaveLength(1)
  const waits = at.slice(1).map((time, n) => time - (at[n] ?? 0))
  for (const [n, wait] of waits.entries())
    expect(wait).toBeGreaterThanOrEqual(SECOND * 2 ** (n - 1))
  expect(system.clock.now() - Date.now()).toBeGreaterThan(0)
})

test('a request in flight is waited for, and the clock stands still meanwhile', async () => {
  const system = await startTestSystem({ reports: false })
  let answer = () => {}
  const until = new Promise<void>((resolve) => {
    answer = resolve
  })
  onTestFinished(() => answer())
  const purchase = () => system.polarWorld.scenario.purchase({ order: { billing_name: null } })
  system.resendWorld.beforeAnswer = () => (system.mails().length === 1 ? until : undefined)
  await purchase()
  await expect.poll(() => system.mails()).toHaveLength(1)
  const settled = system.settle()
  await purchase()
  await expect.poll(() => system.mails()).toHaveLength(2)
  expect(await isSettled(settled)).toBe(false)
  answer()
  await settled
  expect(system.mails()).toHaveLength(2)
  expect(system.resendWorld.requests()).toBe(2)
  expect(system.clock.now()).toBeLessThanOrEqual(Date.now())
})

test('an invoice is drawn, and told to Postern, before anything goes on', async () => {
  const system = await startTestSystem()
  await system.polarWorld.scenario.purchase()
  await system.settle()
  expect(system.mails()[0]?.attachments).toHaveLength(1)
  const told = system.outcomes().filter(({ type }) => type === 'order.updated')
  expect(told).toHaveLength(2) // the order is paid, and has its invoice
})
