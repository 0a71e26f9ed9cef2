// Long work of the console in a worker: errors end it for good after a few tries, and closing hands it over.

import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Source } from '../../src/backfill/found.ts'
import { createPlaces, createRun } from '../../src/backfill/run.ts'
import type { BackfillRuns } from '../../src/backfill/runs.ts'
import { nothing } from '../../src/backfill/tally.ts'
import { workPage } from '../../src/console/pages/long-work/page.tsx'
import type { StoredEvent } from '../../src/events/record.ts'
import { createBackfillWork } from '../../src/operator/long-work/backfill.ts'
import { createDrive } from '../../src/operator/long-work/drive.ts'
import { createReplayWork } from '../../src/operator/long-work/replay.ts'
import { createWorkStore, type WorkStore } from '../../src/operator/long-work/store.ts'
import type { Order, Perform, Progress, Work } from '../../src/operator/long-work/work.ts'
import { createWorkWorker } from '../../src/operator/long-work/worker.ts'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import { createDue } from '../../src/redis/due.ts'
import { WORK_KEYS } from '../../src/redis/keys.ts'
import { HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { type ProcessStart, thisProcess } from '../../src/runtime/process-start.ts'
import { shardIdOf, WORK } from '../../src/schedule/entries.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const REPLAY: Order = {
  ...{ what: 'replay', isDry: true },
  window: { since: '2026-11-20T00:00:00.000Z', until: '2026-11-21T00:00:00.000Z' },
}

/** A worker that performs like this, and work that was started for it. */
const started = async (perform: Perform, order: Order = { what: 'reindex' }) => {
  const clock = stoppedClock()
  const lines: string[] = []
  const due = createDue(redis, 'schedule', clock, shardIdOf)
  const store = createWorkStore({ redis, due, clock })
  const { drive } = createDrive({ store, clock })
  const worker = createWorkWorker({
    ...{ store, drive, perform, clock },
    hasten: () => due.at(WORK, clock.now()),
    log: createLog('info', { write: (line) => lines.push(line) }),
  })
  const begun = await store.begin(order, { by: 'console', from: 'a test' })
  if ('busy' in begun) throw new Error('other work is not done')
  return { clock, lines, store, drive, worker, work: begun.begun }
}

/** The words of the page about it. */
const shown = async ({ latest }: Pick<WorkStore, 'latest'>) =>
  renderToStaticMarkup(workPage(await latest(), 0).body)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

const broken: Perform = async () => {
  throw new TypeError('a bug at somebody@example.com')
}

test('work that an error ends is tried again less and less often, and then has failed', async () => {
  const { clock, lines, store, worker } = await started(broken)
  for (const [starts, wait] of [5 * SECOND, 30 * SECOND, 3 * MINUTE, 15 * MINUTE].entries()) {
    await worker.step()
    const putOff = { state: 'running', starts: starts + 1, notBefore: clock.now() + wait }
    await expect.poll(store.latest).toMatchObject({ ...putOff, isInHand: false })
    expect(await shown(store)).toMatch(/Failed, and is tried again .*Next try .*Stop/)
    clock.advance(wait - 1)
    await worker.step()
    clock.advance(1)
  }
  await worker.step()
  await expect.poll(store.latest).toMatchObject({ state: 'failed', starts: 5 })
  expect(await store.latest()).toMatchObject({
    endedAt: clock.now(),
    problems: [expect.stringMatching(/^Errors ended it 5 times\. .* Begin again/)],
  })
  expect(await shown(store)).toMatch(/^Reindex Failed (?!.*Next try).*Errors ended it 5 times\./)
  expect(await worker.step()).toBeNull()
  await worker.close()
  const failed = lines.filter((line) => line.includes('"long work failed"'))
  expect(failed).toHaveLength(5)
  expect(lines.join()).not.toContain('somebody')
})

test('work that was to stop when an error ended it is not tried again', async () => {
  const { store, worker, work } = await started(async (work, ...rest) => {
    await store.stop(work.id)
    return broken(work, ...rest)
  })
  await worker.step()
  await expect.poll(store.latest).toMatchObject({ state: 'stopped', starts: 1 })
  expect((await store.latest())?.problems).toEqual([expect.stringMatching(/^An error ended it\./)])
  expect(await store.stop(work.id)).toBe(false)
})

test('work that is done when its process closes is not begun again', async () => {
  const closing = new AbortController()
  const { drive, work } = await started(broken)
  const perform: Perform = async () => {
    closing.abort()
    return { isDone: true, problems: [] }
  }
  expect(await drive(work, perform, { closing: closing.signal })).toMatchObject({
    state: 'done',
    share: 1,
  })
})

test('work that is not done when its process closes is left for another', async () => {
  const closing = new AbortController()
  const { drive, store, work } = await started(broken)
  const perform: Perform = async (_, report) => {
    closing.abort()
    await report({ share: 0.5, distance: 1, found: [['records', 3]] })
    return { isDone: false, problems: [] }
  }
  await drive(work, perform, { closing: closing.signal })
  const left = { state: 'running', isInHand: false, share: 0.5, found: [['records', 3]] }
  expect(await store.latest()).toMatchObject(left)
})

test('work that comes further between errors is tried again however many there are', async () => {
  let distance = 0
  const { clock, store, worker } = await started(async (work, report, signal) => {
    if (distance === 10) return { isDone: true, problems: [] }
    await report({ share: 0, distance: ++distance, found: [] })
    return broken(work, report, signal)
  })
  for (const reached of Array.from({ length: 10 }, (_, at) => at + 1)) {
    await worker.step()
    const putOff = { state: 'running', starts: 1, distance: reached, isInHand: false }
    await expect
      .poll(store.latest)
      .toMatchObject({ ...putOff, notBefore: clock.now() + 5 * SECOND })
    clock.advance(5 * SECOND)
  }
  await worker.step()
  await expect.poll(store.latest).toMatchObject({ state: 'done' })
})

test('work that kills each of its processes before it comes further has failed', async () => {
  const { store, drive, worker, work } = await started(broken)
  // As a process leaves it that is killed: an error that nobody takes, and a lease that has run out.
  for (let times = 1; times <= 5; times++) await drive(work, broken).catch(() => {})
  expect(await store.latest()).toMatchObject({ state: 'running', starts: 5, isInHand: false })
  await worker.step()
  await expect.poll(store.latest).toMatchObject({
    state: 'failed',
    problems: [expect.stringMatching(/^Its process ended 5 times before it came any further/)],
  })
})

test('a process that has lost its lease changes nothing any more', async () => {
  const ends: Perform[] = [
    broken,
    async () => ({ isDone: true, problems: [] }),
    async () => ({ isDone: false, problems: ['it was given up'] }),
  ]
  for (const end of ends) {
    const { store, worker, work, clock } = await started(async (work, report, signal) => {
      await redis.set(WORK_KEYS.lease, 'another process')
      await store.change(work.id, (one) => ({ ...one, distance: 9, place: 'far', share: 0.9 }))
      clock.advance(MINUTE)
      await report({ share: 0.1, distance: 99, found: [], place: 'near' })
      return end(work, report, signal)
    })
    await worker.step()
    await worker.close()
    const others = { state: 'running', share: 0.9, distance: 9, place: 'far', notBefore: 0 }
    expect(await store.latest()).toMatchObject({ ...others, isInHand: true })
    await redis.del(WORK_KEYS.lease)
    await store.stop(work.id)
  }
})

test('a backfill that was killed before its end was noted reads nothing again', async () => {
  const order: Order = { what: 'backfill', isDry: false, window: REPLAY.window }
  const { store, drive, work } = await started(broken, order)
  const pages: string[] = []
  const source = (name: string): Source => ({
    name,
    page: async () => {
      pages.push(name)
      return { found: [], next: null }
    },
  })
  const perform = () =>
    createBackfillWork({
      runs: {
        real: () =>
          createRun({
            ...{ sources: [source('one'), source('two')], take: async () => null },
            places: createPlaces(redis, 'a test'),
          }),
      } as unknown as BackfillRuns,
      ...{ calls: () => 0, clock: stoppedClock(), fits: () => true },
    })
  const killed: Perform = async (...given) => {
    await perform()(...given)
    throw new Error('as if it were killed here')
  }
  await drive(work, killed).catch(() => {})
  expect(pages).toEqual(['one', 'two'])
  expect(await drive(work, perform())).toMatchObject({ state: 'done' })
  expect(pages).toEqual(['one', 'two'])
  expect(await createPlaces(redis, 'a test').load()).toBeNull()

  await createPlaces(redis, 'a test').save({
    ...{ work: 'other work', window: REPLAY.window, pages: 2, source: 2, cursor: null },
    tally: nothing,
  })
  const next = await store.begin(order, { by: 'console', from: 'a test' })
  if ('busy' in next) throw new Error('other work is not done')
  await drive(next.begun, perform())
  expect(pages).toEqual(['one', 'two', 'one', 'two'])
})

test('a command is known to be gone by the start of its process, and not by its name or number', async () => {
  const { store, work: waiting } = await started(broken)
  await store.stop(waiting.id)
  const mine = thisProcess()
  if (!mine) return // not on this system
  const cases: [isGone: boolean, ProcessStart | null][] = [
    [false, mine],
    [true, { ...mine, began: '1' }],
    [false, { ...mine, where: 'another container', began: '1' }],
    [false, null],
  ]
  for (const [isGone, process] of cases) {
    const command = { by: 'command', from: 'a host, process 1', owner: 'it' } as const
    const begun = await store.begin({ what: 'reindex' }, { ...command, process })
    expect([isGone, (await store.latest())?.isInHand]).toEqual([isGone, !isGone])
    if ('busy' in begun) throw new Error('other work is not done')
    await redis.del(WORK_KEYS.lease)
  }
})

test('a replay that is handed over within a page counts each of its events once', async () => {
  const at = Date.parse(REPLAY.window.since) + HOUR
  const stored = (id: string) => ({ id, receivedAt: at }) as StoredEvent
  const replay = (runDry: (event: StoredEvent) => Promise<{ not: 'payload_gone' }>) =>
    createReplayWork({
      ...{ runDry, clock: stoppedClock() },
      events: { load: async (id) => stored(`${id}`) },
      eventIndex: { list: async () => ({ found: ['one', 'two'] as never[], cursor: null }) },
      eventLifetimes: { reopen: async () => true },
    })
  const { work: begun } = await started(broken)
  const work: Work = { ...begun, order: REPLAY }
  let reached: Progress = { share: 0, distance: 0, found: [] }
  const closing = new AbortController()
  const report = async (progress: Progress) => {
    reached = progress
    return !closing.signal.aborted
  }
  const first = replay(async ({ id }) => {
    if (id === 'one') return { not: 'payload_gone' }
    closing.abort()
    throw new PolarUnavailableError('Polar does not answer')
  })
  expect(await first(work, report, closing.signal)).toMatchObject({ isDone: false })
  const left: Work = { ...work, ...reached, place: reached.place ?? null }
  const second = replay(async () => ({ not: 'payload_gone' }))
  const noted = async (progress: Progress) => {
    reached = progress
    return true
  }
  await second(left, noted, new AbortController().signal)
  const ended: Work = { ...left, ...reached, place: reached.place ?? null }
  await second(ended, noted, new AbortController().signal)
  expect(Object.fromEntries(reached.found)).toMatchObject({
    events: 2,
    'have no payload any more': 2,
  })
})

test.each<[Order['what'], string, number, boolean]>([
  ['backfill', 'missed events', 0, false],
  ['backfill', 'missed events', 2, true],
  ['replay', 'events', 2, false],
  ['replay', 'can be interpreted again', 1, true],
])(
  'after a dry run, a %s with “%s” %i can be done in earnest: %s',
  async (what, name, count, isOffered) => {
    const { work } = await started(broken)
    const order = { what, isDry: true, window: REPLAY.window } as Order
    const done = { ...work, order, state: 'done', endedAt: 1, found: [[name, count]] } as const
    const page = await shown({ latest: async () => ({ ...done, isInHand: false }) })
    expect(/Make up for them|Interpret them again/.test(page)).toBe(isOffered)
  },
)
