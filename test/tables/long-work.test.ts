// Long work of the console in a worker: errors end it for good after a few tries, and closing hands it over.

import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { workPage } from '../../src/console/pages/work/page.tsx'
import type { StoredEvent } from '../../src/events/record.ts'
import { createDrive } from '../../src/operator/work/drive.ts'
import { createReplayWork } from '../../src/operator/work/replay.ts'
import { createWorkStore, type WorkStore } from '../../src/operator/work/store.ts'
import type { Order, Perform, Progress, Work } from '../../src/operator/work/work.ts'
import { createWorkWorker } from '../../src/operator/work/worker.ts'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import { createDue } from '../../src/redis/due.ts'
import { HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { shardIdOf, WORK } from '../../src/schedule/entries.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const REPLAY: Order = {
  ...{ what: 'replay', isDry: true },
  window: { since: '2026-11-20T00:00:00.000Z', until: '2026-11-21T00:00:00.000Z' },
}

/** A worker that performs like this, and work that was started for it. */
const started = async (perform: Perform) => {
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
  const begun = await store.begin({ what: 'reindex' }, { by: 'console', from: 'a test' })
  if ('busy' in begun) throw new Error('other work is not done')
  return { clock, lines, store, drive, worker, work: begun.begun }
}

/** The words of the page about it. */
const shown = async ({ latest }: WorkStore) =>
  renderToStaticMarkup(workPage(await latest(), 0).body)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

const broken: Perform = async () => {
  throw new TypeError('a bug at somebody@example.com')
}

test('work that an error ends is tried again less and less often, and then has failed', async () => {
  const { clock, lines, store, worker } = await started(broken)
  for (const [errors, wait] of [5 * SECOND, 30 * SECOND, 3 * MINUTE, 15 * MINUTE].entries()) {
    await worker.step()
    const putOff = { state: 'running', errors: errors + 1, notBefore: clock.now() + wait }
    await expect.poll(store.latest).toMatchObject({ ...putOff, isInHand: false })
    expect(await shown(store)).toMatch(/Failed, and is tried again .*Next try .*Stop/)
    clock.advance(wait - 1)
    await worker.step()
    clock.advance(1)
  }
  await worker.step()
  await expect.poll(store.latest).toMatchObject({ state: 'failed', errors: 5 })
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
  await expect.poll(store.latest).toMatchObject({ state: 'stopped', errors: 1 })
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
  expect(await drive(work, perform, closing.signal)).toMatchObject({ state: 'done', share: 1 })
})

test('work that is not done when its process closes is left for another', async () => {
  const closing = new AbortController()
  const { drive, store, work } = await started(broken)
  const perform: Perform = async (_, report) => {
    closing.abort()
    await report({ share: 0.5, found: [['records', 3]] })
    return { isDone: false, problems: [] }
  }
  await drive(work, perform, closing.signal)
  const left = { state: 'running', isInHand: false, share: 0.5, found: [['records', 3]] }
  expect(await store.latest()).toMatchObject(left)
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
  let reached: Progress = { share: 0, found: [] }
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
  expect(Object.fromEntries(reached.found)).toMatchObject({
    events: 2,
    'have no payload any more': 2,
  })
})
