// When a worker counts as having nothing left to do: with a stage that says so itself, and with time that the test moves.

import { describe, expect, test } from 'vitest'
import { createQuiet } from '../../src/roles/quiet.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { stopTime } from '../support/still-time.ts'
import { stoppedClock } from './decided.ts'

const NEVER = Number.POSITIVE_INFINITY

const IDLE = { isIdle: () => true, nudges: () => 0, jobs: async () => 0 }

/** A worker of one stage; each test makes it busy in one way. */
const started = () => {
  const { pass } = stopTime()
  const clock = stoppedClock()
  const now = {
    due: NEVER,
    moment: NEVER,
    jobs: 0,
    nudges: 0,
    begun: 0,
    isPaused: false,
    asked: 0,
    isSending: false,
    isSweeping: false,
    isInHand: false,
  }
  const brought: string[] = []
  const queue = {
    isIdle: () => !now.isSending,
    nudges: () => now.nudges,
    jobs: async () => now.jobs,
  }
  const due = { next: async () => now.due }
  const sweeperOf = (name: string) => ({
    now: async () => {
      brought.push(name)
    },
    isIdle: () => !now.isSweeping,
  })
  const quiet = createQuiet({
    stages: [
      {
        stage: { queues: { high: queue, low: queue } },
        sweepers: [sweeperOf('due set')],
        isPaused: async () => {
          now.asked++
          return now.isPaused
        },
        moments: { next: () => now.moment, catchUp: () => brought.push('moments') },
        isIdle: () => !now.isInHand,
      },
      {
        stage: { queues: { high: IDLE, low: IDLE } },
        sweepers: [sweeperOf('a set with nothing due')],
      },
    ],
    nextDue: async () => [await due.next(), NEVER],
    begun: () => now.begun,
    clock,
  })
  const begin = () => {
    const found: number[] = []
    void quiet().then((next) => found.push(next))
    return found
  }
  return { now, due, clock, brought, begin, pass }
}

test('a worker with nothing to do is quiet', async () => {
  const { brought, begin, pass } = started()
  const found = begin()
  await pass(20)
  expect([found, brought]).toEqual([[NEVER], []])
})

test('a worker that is busy, as its process knows, asks Redis nothing', async () => {
  const { now, begin, pass } = started()
  now.isInHand = true
  begin()
  await pass(SECOND)
  expect(now.asked).toBe(0)
})

describe('a worker is not quiet while', () => {
  test.each([
    ['a job waits or runs', { jobs: 1 }, { jobs: 0 }],
    ['a nudge is on its way to Redis', { isSending: true }, { isSending: false }],
    ['a sweep runs', { isSweeping: true }, { isSweeping: false }],
    ['a message or an event is in hand', { isInHand: true }, { isInHand: false }],
    ['an id is due', { due: 0 }, { due: NEVER }],
    ['the time of a message that waits for it has come', { moment: 0 }, { moment: NEVER }],
  ])('%s', async (_, busy, done) => {
    const { now, begin, pass } = started()
    Object.assign(now, busy)
    const found = begin()
    await pass(SECOND)
    expect(found).toEqual([])
    Object.assign(now, done)
    await pass(10)
    expect(found).toEqual([NEVER])
  })

  test.each(['nudges', 'begun'] as const)('work moves on as Redis is read: %s', async (count) => {
    const { now, due, begin, pass } = started()
    let reads = 0
    due.next = async () => {
      reads++
      if (reads <= 5) now[count]++
      return NEVER
    }
    const found = begin()
    await pass(20)
    expect([reads, found]).toEqual([1, []])
    await pass(SECOND)
    expect([reads, found]).toEqual([6, [NEVER]])
  })

  test('Redis does not answer', async () => {
    const { due, begin, pass } = started()
    const { next } = due
    due.next = () => Promise.reject(new Error('no connection'))
    const found = begin()
    await pass(SECOND)
    expect(found).toEqual([])
    due.next = next
    await pass(10)
    expect(found).toEqual([NEVER])
  })
})

test('work that falls due later is not waited for, and its time is told', async () => {
  const { now, clock, begin, pass } = started()
  Object.assign(now, { due: clock.now() + MINUTE, moment: clock.now() + SECOND })
  const found = begin()
  await pass(20)
  expect(found).toEqual([clock.now() + SECOND])
})

test.each(['due', 'moment'] as const)('work that is due is brought: %s', async (what) => {
  const { now, brought, begin, pass } = started()
  now[what] = 0
  const found = begin()
  await pass(20)
  expect([found, brought]).toEqual([[], ['moments', 'due set']])
  now[what] = NEVER
  await pass(5)
  expect([found, brought]).toEqual([[NEVER], ['moments', 'due set']])
})

test('nothing falls due for a paused stage', async () => {
  const { now, begin, pass } = started()
  Object.assign(now, { isPaused: true, due: 0, moment: 0 })
  const found = begin()
  await pass(20)
  expect(found).toEqual([NEVER])
})

test.each([{ jobs: 1 }, { isInHand: true }])(
  'a paused stage ends what it has begun: %j',
  async (work) => {
    const { now, begin, pass } = started()
    Object.assign(now, { isPaused: true, ...work })
    const found = begin()
    await pass(SECOND)
    expect(found).toEqual([])
    Object.assign(now, { jobs: 0, isInHand: false })
    await pass(SECOND)
    expect(found).toEqual([NEVER])
  },
)

test('a worker that is never quiet is waited for for 45 seconds, and tells no time', async () => {
  const { now, clock, begin, pass } = started()
  Object.assign(now, { isInHand: true, due: clock.now() + SECOND })
  const found = begin()
  await pass(44 * SECOND)
  expect(found).toEqual([])
  await pass(2 * SECOND)
  expect(found).toEqual([NEVER])
})
