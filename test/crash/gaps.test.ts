// Kills Postern with -9 in the gaps between two writes. Each gap heals by itself, with one email.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { fixture, type Payload, paidOrder } from '../support/events.ts'
import { killAt, type Moment, naming, stallAt } from '../support/kill-at.ts'
import { laterBy, type OnFinished, startPostern } from '../support/process.ts'
import { leftDue } from '../support/records.ts'
import { startWorld } from '../support/world.ts'

/** A subscription.updated that schedules a pause. Its meaning depends on the earlier customer state. */
const pauseRequested = () => {
  const event = fixture('subscription.updated')
  Object.assign(event.data, { pause_at_period_end: true, modified_at: new Date().toISOString() })
  return { ...event, timestamp: new Date().toISOString() }
}

const openWorld = async (onFinished: OnFinished, data?: string) => {
  const world = await startWorld(data === undefined ? {} : { data })
  onFinished(world.close)
  // The events have the dates of their fixtures, which are old.
  const settings = { ...world.settings, LIVE_SINCE: '2020-01-01T00:00:00Z' }
  return { ...world, settings: { ...settings, RESEND_RATE_LIMIT: '1000' } }
}

/** By then an interrupted attempt counts as lost, and so does a nudge. */
const LATER = 30 * SECOND

/** Messages that wait, most of which go in one request. */
const HELD = 8

/** Delivers events to a Postern on hold: all messages wait, and are due together for a Postern that starts later. */
const hold = async (folder: string) => {
  const releases = createReleases()
  const onFinished: OnFinished = (close) => void releases.add(null, async () => close())
  try {
    const { polar, redis, settings } = await openWorld(onFinished)
    const postern = await startPostern({ ...settings, SEND_MODE: 'hold' }, onFinished)
    await Promise.all(Array.from({ length: HELD }, () => polar.deliver(paidOrder())))
    // Under load an event may be handled twice, and is then logged twice.
    const lines = /"event":"([^"]+)".*"msg":"event interpreted"/g
    const interpreted = () =>
      new Set([...postern.output().matchAll(lines)].map(([, id]) => id)).size
    await expect.poll(interpreted, { timeout: MINUTE, interval: 50 }).toBe(HELD)
    await postern.kill('SIGKILL')
    // A batch may be left too, opened just before the hold.
    const due = () => leftDue(redis.url, LATER, 'deliveries*')
    await expect.poll(due, { timeout: MINUTE, interval: 50 }).toBe(HELD)
    await redis.kill()
    await cp(redis.directory, folder, { recursive: true })
  } finally {
    await releases.close()
  }
}

let heldFolder: Promise<string> | undefined

/** The data of a Redis in which messages wait: each test begins with a copy. */
const heldData = () => {
  heldFolder ??= mkdtemp(join(tmpdir(), 'postern-held-')).then(async (folder) => {
    await hold(folder)
    return folder
  })
  return heldFolder
}

afterAll(async () => {
  const folder = await heldFolder
  if (folder) await rm(folder, { recursive: true, force: true })
})

type Gap = {
  between: string
  at: Moment
  role?: 'web' | 'all'
  /** It leads to one email. Default: a paid order. */
  event?: () => Payload
  /** Whether messages wait already when the process to be killed starts, instead of the event. */
  held?: boolean
  /** Emails that Resend has accepted at the kill, if none were held. Default: 0; `any` where nothing keeps the email waiting. */
  sent?: number | 'any'
}

/** The one step that writes the state, a fact's once-only key, its message, and the message's due and index entries. */
const DECIDED = naming(':messages:once:', ':msg:', ':due:deliveries\r\n')
/** The one step that replaces an event's record, ends its due entry and adds its entry to the index. */
const SETTLED = naming(':event:', ':events:log:', ':due:events')
/** Only a claim freezes an email. */
const CLAIMED = naming(':msg:', ':body:')
const RECORDED = naming(':msg:', ':bits:delivery:accepted:')

const batchIs = (state: string) => naming(':batch:', `"state":"${state}"`, '"ids":["msg_')

const gaps: readonly Gap[] = [
  {
    between: 'storing an event and nudging about it',
    at: { before: naming('{postern}:events', '{"ids":') },
    role: 'web',
  },
  {
    between: 'interpreting a paid order and deciding its message',
    at: { before: DECIDED },
  },
  {
    between: 'interpreting a change of state and writing it with its message',
    at: { before: DECIDED },
    event: pauseRequested,
  },
  {
    between: 'deciding a message and settling its event',
    at: { after: DECIDED },
    sent: 'any',
  },
  {
    between: 'taking a number for an entry in the index and settling its event',
    at: { before: SETTLED },
    sent: 'any',
  },
  {
    between: 'settling an event, with its entry, and knowing it',
    at: { after: SETTLED },
    sent: 'any',
  },
  { between: 'composing an email and claiming its message', at: { before: CLAIMED } },
  { between: 'freezing an email and calling Resend', at: { after: CLAIMED } },
  { between: 'Resend accepting an email and hearing of it', at: { accepted: 1 }, sent: 1 },
  { between: 'hearing of it and recording it', at: { before: RECORDED }, sent: 1 },
  { between: 'recording it and being done with it', at: { after: RECORDED }, sent: 1 },
  {
    between: 'composing eight emails and opening a batch of them',
    at: { before: batchIs('open') },
    held: true,
  },
  {
    between: 'opening a batch and claiming its eight',
    at: { after: batchIs('open') },
    held: true,
  },
  {
    between: 'claiming the eight of a batch and sealing it',
    at: { before: batchIs('sealed') },
    held: true,
  },
  { between: 'sealing a batch and calling Resend', at: { after: batchIs('sealed') }, held: true },
  {
    between: 'Resend accepting a batch and hearing of it',
    at: { accepted: 3 },
    held: true,
  },
  {
    between: 'hearing of it and storing the answer',
    at: { before: batchIs('answered') },
    held: true,
  },
  {
    between: 'storing the answer and recording its eight',
    at: { after: batchIs('answered') },
    held: true,
  },
  { between: 'recording one of its eight and all', at: { after: RECORDED }, held: true },
  {
    between: 'recording its eight and being done with it',
    at: { before: naming(':batch:', '\r\ndel\r\n') },
    held: true,
  },
]

/** Longer than a command to Redis and the sweeps after it may take. */
const CALM = 4 * SECOND

/** @returns a function for the milliseconds in which nothing has been due. */
const calmOf = (url: string) => {
  let since = Date.now()
  return async () => {
    if ((await leftDue(url)) > 0) since = Date.now()
    return Date.now() - since
  }
}

// These take longest, and begin first.
test.concurrent.for([
  ['before it claims those in a batch', { before: CLAIMED }],
  ['before it seals a batch', { before: batchIs('sealed') }],
  ['with a sealed batch', { after: batchIs('sealed') }],
  ['while Resend answers for a batch', { accepted: 3 }],
] satisfies [string, Moment][])(
  'one email for each fact when a worker stalls %s, counts as dead, and wakes up',
  { timeout: 3 * MINUTE },
  async ([, at], context) => {
    const { expect, onTestFinished } = context
    const world = await openWorld(onTestFinished, await heldData())
    const { redis, resend, settings } = world
    const { stalled, wake } = await stallAt(
      world,
      at,
      laterBy(LATER, { ...settings, ROLE: 'worker' }),
      onTestFinished,
    )
    await stalled
    await startPostern(laterBy(LATER, { ...settings, ROLE: 'worker' }), onTestFinished)
    await expect.poll(() => leftDue(redis.url), { timeout: MINUTE, interval: 100 }).toBe(0)
    wake()
    // By then the worker has given up its waits and has handled their results.
    const calm = calmOf(redis.url)
    await expect.poll(calm, { timeout: MINUTE, interval: 100 }).toBeGreaterThan(CALM)
    expect(resend.accepted()).toBe(HELD)
    const messages = resend.inbox().map(({ tags }) => tags.find(({ name }) => name === 'message'))
    expect(new Set(messages.map((tag) => tag?.value)).size).toBe(HELD)
  },
)

test.concurrent.for(gaps.map((gap) => [gap.between, gap] as const))(
  'one email for each fact after a kill between %s',
  {
    timeout: 3 * MINUTE,
  },
  async ([, gap], context) => {
    const { at, role = 'all', event = paidOrder, held = false, sent = 0 } = gap
    const { expect, onTestFinished } = context
    const world = await openWorld(onTestFinished, held ? await heldData() : undefined)
    const { redis, resend, polar, settings } = world
    const start = held ? LATER : 0
    const doomed = await killAt(
      world,
      at,
      laterBy(start, { ...settings, ROLE: role }),
      onTestFinished,
    )
    if (!held) {
      await doomed.ready()
      const body = event()
      // On a starved machine Redis may not be heard in time: then Polar delivers again.
      const deliver = async () => (await polar.deliver(body)).status
      await expect
        .poll(deliver, { timeout: MINUTE })
        .toSatisfy((status) => [202, 0].includes(status))
    }
    await doomed.killed
    // The first waiting message may go alone, before the others.
    if (!held && sent !== 'any') expect(resend.accepted()).toBe(sent)

    await startPostern(laterBy(start + LATER, settings), onTestFinished)
    await expect.poll(() => leftDue(redis.url), { timeout: MINUTE, interval: 100 }).toBe(0)
    const facts = held ? HELD : 1
    expect(resend.accepted()).toBe(facts)
    const messages = resend.inbox().map(({ tags }) => tags.find(({ name }) => name === 'message'))
    expect(new Set(messages.map((tag) => tag?.value)).size).toBe(facts)
  },
)

test.concurrent('the due entry stored with an event makes up for a lost nudge', {
  timeout: 2 * MINUTE,
}, async ({ expect, onTestFinished }) => {
  const world = await openWorld(onTestFinished)
  const { redis, resend, polar, settings } = world
  const doomed = await killAt(
    world,
    { before: naming('{postern}:events', '{"ids":') },
    { ...settings, ROLE: 'web' },
    onTestFinished,
  )
  await doomed.ready()
  await polar.deliver(paidOrder())
  await doomed.killed
  // There is no job, but a due entry.
  const client = new Redis(redis.url)
  onTestFinished(() => client.disconnect())
  expect(await client.keys('{postern}:events*:[0-9]*')).toEqual([])
  expect(await leftDue(redis.url)).toBe(1)
  await startPostern(laterBy(LATER, settings), onTestFinished)
  await expect.poll(() => resend.accepted(), { timeout: MINUTE, interval: 50 }).toBe(1)
})

test.concurrent('a request that Resend accepted before a kill is repeated, and answered from its idempotency store', {
  timeout: 2 * MINUTE,
}, async ({ expect, onTestFinished }) => {
  const world = await openWorld(onTestFinished)
  const { resend, polar, settings } = world
  const doomed = await killAt(world, { accepted: 1 }, settings, onTestFinished)
  await doomed.ready()
  await polar.deliver(paidOrder())
  await doomed.killed
  const requests = resend.requests('/emails')
  const again = await startPostern(laterBy(LATER, settings), onTestFinished)
  await expect
    .poll(() => again.output(), { timeout: MINUTE, interval: 50 })
    .toContain('message accepted')
  expect(resend.requests('/emails')).toBe(requests + 1)
  expect(resend.accepted()).toBe(1)
})

test.concurrent('a lost answer leads to the same request again, and one email', {
  timeout: MINUTE,
}, async ({ expect, onTestFinished }) => {
  const { resend, polar, settings } = await openWorld(onTestFinished)
  resend.fault = ({ n }) => (n === 1 ? 'drop-after-accept' : undefined)
  const postern = await startPostern(settings, onTestFinished)
  await polar.deliver(paidOrder())
  await expect
    .poll(() => postern.output(), { timeout: MINUTE, interval: 50 })
    .toContain('message accepted')
  expect(resend.accepted()).toBe(1)
  expect(resend.requests('/emails')).toBe(2)
})
