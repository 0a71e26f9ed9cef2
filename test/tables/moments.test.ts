// Messages that wait for a moment in a process.

import { expect, test } from 'vitest'
import { createMoments } from '../../src/deliveries/moments.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { stopTime } from '../support/still-time.ts'
import { stoppedClock } from './decided.ts'

const started = () => {
  const { pass } = stopTime()
  const clock = stoppedClock()
  const moments = createMoments(clock)
  const gone: string[] = []
  const wait = (id: string, ms: number) =>
    moments.wait(id, clock.now() + ms).then(() => gone.push(id))
  return { clock, moments, gone, wait, pass }
}

test('a message goes on when its time has passed', async () => {
  const { moments, gone, wait, pass } = started()
  void wait('one', SECOND)
  await pass(SECOND - 1)
  expect([gone, moments.count()]).toEqual([[], 1])
  await pass(1)
  expect([gone, moments.count()]).toEqual([['one'], 0])
})

test('where the clock was moved, those go on whose time has come, and the others wait', async () => {
  const { clock, moments, gone, wait, pass } = started()
  const at = clock.now()
  for (const [id, ms] of [
    ['one', SECOND],
    ['two', SECOND],
    ['three', 2 * SECOND],
  ] as const)
    void wait(id, ms)
  expect(moments.next()).toBe(at + SECOND)
  moments.catchUp()
  expect(moments.count()).toBe(3)
  clock.advance(SECOND)
  moments.catchUp()
  expect([moments.count(), moments.next()]).toEqual([1, at + 2 * SECOND])
  await pass(0)
  expect(gone).toEqual(['one', 'two'])
})

test('where none waits, none goes on next', () => {
  expect(started().moments.next()).toBe(Number.POSITIVE_INFINITY)
})
