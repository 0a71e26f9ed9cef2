// Kills Postern in the gaps between two writes. Each gap heals by itself, with one email.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, expect, type TestContext, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { fixture, type Payload, paidOrder } from '../support/events.ts'
import { startHere } from '../support/here.ts'
import { killIn, type Moment, naming, stallAt } from '../support/kill-at.ts'
import { laterBy, type OnFinished } from '../support/process.ts'
import { leftDue } from '../support/records.ts'
import { startWorld, type World } from '../support/world.ts'

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
const hold = async (folder: string, expect: TestContext['expect']) => {
  const releases = createReleases()
  const onFinished: OnFinished = (close) => void releases.add(null, async () => close())
  try {
    const { polar, redis, settings } = await openWorld(onFinished)
    const postern = await startHere({ ...settings, SEND_MODE: 'hold' }, {}, onFinished)
    await Promise.all(Array.from({ length: HELD }, () => polar.deliver(paidOrder())))
    // Under load an event may be handled twice, and is then logged twice.
    const lines = /"event":"([^"]+)".*"msg":"event interpreted"/g
    const interpreted = () =>
      new Set([...postern.output().matchAll(lines)].map(([, id]) => id)).size
    await expect.poll(interpreted, { timeout: MINUTE, interval: 50 }).toBe(HELD)
    postern.kill()
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

/** The data of a Redis in which messages wait: each test begins with a copy. @param expect that of the test that asks. */
const heldData = (expect: TestContext['expect']) => {
  heldFolder ??= mkdtemp(join(tmpdir(), 'postern-held-')).then(async (folder) => {
    await hold(folder, expect)
    return folder
  })
  return heldFolder
}

afterAll(async () => {
  const folder = await heldFolder
  if (folder) await rm(folder, { recursive: true, force: true })
})

/** The process that recovers from one gap of a chain is the one that is killed in the next. */
type Gap = {
  between: string
  at: Moment
  role?: 'web'
  /** Emails that Resend has accepted by the kill, after so many requests. Default: not checked. */
  sent?: { emails: number; requests: number }
  /** A further look at what the kill leaves. */
  left?: (world: World) => Promise<void>
}

type Chain = {
  way: string
  /** Leads to one email. Without it, messages wait already when the first process starts. */
  event?: () => Payload
  gaps: readonly Gap[]
}

/** The one step that writes the state, a fact's once-only key, its message, and the message's due and index entries. */
const DECIDED = naming(':messages:once:', ':msg:', ':due:deliveries\r\n')
/** The one step that replaces an event's record, ends its due entry and adds its entry to the index. */
const SETTLED = naming(':event:', ':events:log:', ':due:events')
/** Only a claim freezes an email. */
const CLAIMED = naming(':msg:', ':body:')
const RECORDED = naming(':msg:', ':bits:delivery:accepted:')

const batchIs = (state: string) => naming(':batch:', `"state":"${state}"`, '"ids":["msg_')

const noJobButADueEntry = async ({ redis }: World) => {
  const client = new Redis(redis.url)
  try {
    expect(await client.keys('{postern}:events*:[0-9]*')).toEqual([])
  } finally {
    client.disconnect()
  }
  expect(await leftDue(redis.url)).toBe(1)
}

const chains: readonly Chain[] = [
  {
    way: 'from a paid order to its message',
    event: paidOrder,
    gaps: [
      {
        between: 'storing an event and nudging about it',
        at: { before: naming('{postern}:events', '{"ids":') },
        role: 'web',
        left: noJobButADueEntry,
      },
      {
        between: 'interpreting a paid order and deciding its message',
        at: { before: DECIDED },
        sent: { emails: 0, requests: 0 },
      },
      { between: 'deciding a message and settling its event', at: { after: DECIDED } },
      {
        between: 'taking a number for an entry in the index and settling its event',
        at: { before: SETTLED },
      },
      { between: 'settling an event, with its entry, and knowing it', at: { after: SETTLED } },
    ],
  },
  {
    way: 'from a change of state to its message',
    event: pauseRequested,
    gaps: [
      {
        between: 'interpreting a change of state and writing it with its message',
        at: { before: DECIDED },
        sent: { emails: 0, requests: 0 },
      },
    ],
  },
  {
    way: 'from a message to its email',
    event: paidOrder,
    gaps: [
      {
        between: 'composing an email and claiming its message',
        at: { before: CLAIMED },
        sent: { emails: 0, requests: 0 },
      },
      {
        between: 'freezing an email and calling Resend',
        at: { after: CLAIMED },
        sent: { emails: 0, requests: 0 },
      },
      {
        between: 'Resend accepting an email and hearing of it',
        at: { accepted: 1 },
        sent: { emails: 1, requests: 1 },
      },
      // From here on Resend answers the repeated request from its idempotency store.
      {
        between: 'hearing of it and recording it',
        at: { before: RECORDED },
        sent: { emails: 1, requests: 2 },
      },
      {
        between: 'recording it and being done with it',
        at: { after: RECORDED },
        sent: { emails: 1, requests: 3 },
      },
    ],
  },
  {
    way: 'from eight messages to one batch',
    gaps: [
      { between: 'composing eight emails and opening a batch', at: { before: batchIs('open') } },
      { between: 'opening a batch and claiming its eight', at: { after: batchIs('open') } },
      {
        between: 'claiming the eight of a batch and sealing it',
        at: { before: batchIs('sealed') },
      },
      { between: 'sealing a batch and calling Resend', at: { after: batchIs('sealed') } },
      // The first waiting message may go alone, before the others.
      { between: 'Resend accepting a batch and hearing of it', at: { accepted: 3 } },
      { between: 'hearing of it and storing the answer', at: { before: batchIs('answered') } },
      {
        between: 'storing the answer and recording its eight',
        at: { after: batchIs('answered') },
      },
      { between: 'recording one of its eight and all', at: { after: RECORDED } },
      {
        between: 'recording its eight and being done with it',
        at: { before: naming(':batch:', '\r\ndel\r\n') },
      },
    ],
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
  ['with a sealed batch', { after: batchIs('sealed') }],
  ['while Resend answers for a batch', { accepted: 3 }],
] satisfies [string, Moment][])(
  'one email for each fact when a worker stalls %s, counts as dead, and wakes up',
  { timeout: 3 * MINUTE },
  async ([, at], context) => {
    const { expect, onTestFinished } = context
    const world = await openWorld(onTestFinished, await heldData(expect))
    const { redis, resend, settings } = world
    const worker = { ...settings, ROLE: 'worker' }
    const { stalled, wake } = await stallAt(world, at, laterBy(LATER, worker), onTestFinished)
    await stalled
    await startHere(worker, { later: LATER }, onTestFinished)
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

test.concurrent.for(chains.map((chain) => [chain.way, chain] as const))(
  'one email for each fact after a kill in each gap on the way %s',
  { timeout: 10 * MINUTE },
  async ([, { event, gaps }], context) => {
    const { expect, onTestFinished } = context
    const world = await openWorld(onTestFinished, event ? undefined : await heldData(expect))
    const { redis, polar, resend, settings } = world
    let later = event ? 0 : LATER
    const deliver = async () => {
      const delivered = event?.()
      // On a starved machine Redis may not be heard in time: then Polar delivers again.
      const status = async () => delivered && (await polar.deliver(delivered)).status
      await expect.poll(status, { timeout: MINUTE }).toSatisfy((one) => [202, 0].includes(one))
    }
    for (const [n, { between, at, role = 'all', sent, left }] of gaps.entries()) {
      const when = `between ${between}`
      const bringAbout = event && n === 0 ? deliver : undefined
      const kill = { when, at, settings: { ...settings, ROLE: role }, later, bringAbout }
      await killIn(world, kill, context)
      const found = { emails: resend.accepted(), requests: resend.requests('/emails') }
      if (sent) expect(found, when).toEqual(sent)
      await left?.(world)
      later += LATER
    }
    await startHere(settings, { later }, onTestFinished)
    const due = () => leftDue(redis.url, later + LATER)
    await expect.poll(due, { timeout: 2 * MINUTE, interval: 100 }).toBe(0)
    const facts = event ? 1 : HELD
    expect(resend.accepted()).toBe(facts)
    const messages = resend.inbox().map(({ tags }) => tags.find(({ name }) => name === 'message'))
    expect(new Set(messages.map((tag) => tag?.value)).size).toBe(facts)
  },
)

test.concurrent('a lost answer leads to the same request again, and one email', {
  timeout: 3 * MINUTE,
}, async ({ expect, onTestFinished }) => {
  const { resend, polar, settings } = await openWorld(onTestFinished)
  resend.fault = ({ n }) => (n === 1 ? 'drop-after-accept' : undefined)
  const postern = await startHere(settings, {}, onTestFinished)
  await polar.deliver(paidOrder())
  await expect
    .poll(() => postern.output(), { timeout: MINUTE, interval: 50 })
    .toContain('message accepted')
  expect(resend.accepted()).toBe(1)
  expect(resend.requests('/emails')).toBe(2)
})
