// Kill -9 in the gaps between two stores. Each gap heals by itself within a minute, and sends one email.

import { Redis } from 'ioredis'
import { type TestContext, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { fixture, type Payload, paidOrder } from '../support/events.ts'
import { killAt, type Moment, naming, stallAt } from '../support/kill-at.ts'
import { type OnFinished, startPostern } from '../support/process.ts'
import { leftDue } from '../support/records.ts'
import { startWorld } from '../support/world.ts'

/** An update in which a pause is asked for: what it means shows only beside what was known before. */
const pauseRequested = () => {
  const event = fixture('subscription.updated')
  Object.assign(event.data, { pause_at_period_end: true, modified_at: new Date().toISOString() })
  return { ...event, timestamp: new Date().toISOString() }
}

const openWorld = async (onFinished: OnFinished) => {
  const world = await startWorld()
  onFinished(world.close)
  // The rows are about gaps, and their events are as old as their fixtures.
  const settings = { ...world.settings, LIVE_SINCE: '2020-01-01T00:00:00Z' }
  return { ...world, settings: { ...settings, RESEND_RATE_LIMIT: '1000' } }
}

type OpenWorld = Awaited<ReturnType<typeof openWorld>>

/** Told to a Postern that holds its mail: the messages wait for the next one, all of them, and all are due. */
const hold = async (
  { polar, redis, settings }: OpenWorld,
  events: readonly Payload[],
  { expect, onTestFinished }: TestContext,
) => {
  const postern = await startPostern({ ...settings, SEND_MODE: 'hold' }, onTestFinished)
  await Promise.all(events.map((event) => polar.deliver(event)))
  // Under load an event may be looked at twice, and says so twice.
  const lines = /"event":"([^"]+)".*"msg":"event interpreted"/g
  const understood = () => new Set([...postern.output().matchAll(lines)].map(([, id]) => id)).size
  await expect.poll(understood, { timeout: MINUTE, interval: 50 }).toBe(events.length)
  await postern.kill('SIGKILL')
  // What falls due by and by would go one by one. A batch may be left too, opened just before it was known that all mail is held.
  const due = () => leftDue(redis.url, 0, 'deliveries*')
  await expect.poll(due, { timeout: MINUTE, interval: 50 }).toBe(events.length)
}

type Gap = {
  between: string
  at: Moment
  role?: 'web' | 'all'
  /** Each leads to one email. Default: a paid order. */
  events?: () => readonly Payload[]
  /** Whether the events were told beforehand, and their messages wait for whom is killed. */
  held?: boolean
  /** Emails that Resend has accepted by then, where none was held. Default: none. */
  sent?: number
}

const HANDED_OVER = naming(':due:deliveries\r\n', 'msg_')
const CLAIMED = naming(':frozen:', '"state":"sending"')
const RECORDED = naming(':delivery:', '"state":"accepted"')

const batchIs = (state: string) => naming(':batch:', `"state":"${state}"`, '"ids":["msg_')

/** Most of eight that wait together go in one request. */
const eightHeld = { events: () => Array.from({ length: 8 }, () => paidOrder()), held: true }

const gaps: readonly Gap[] = [
  {
    between: 'storing an event and nudging about it',
    at: { before: naming('{postern}:events', '{"ids":') },
    role: 'web',
  },
  {
    between: 'understanding a paid order and handing its message over',
    at: { before: HANDED_OVER },
  },
  {
    between:
      'understanding a change of state, which is stored by then, and handing its message over',
    at: { before: HANDED_OVER },
    events: () => [pauseRequested()],
  },
  { between: 'handing a message over and settling its event', at: { after: HANDED_OVER } },
  { between: 'composing an email and claiming its message', at: { before: CLAIMED } },
  { between: 'freezing an email and calling Resend', at: { after: CLAIMED } },
  { between: 'Resend accepting an email and hearing of it', at: { accepted: 1 }, sent: 1 },
  { between: 'hearing of it and recording it', at: { before: RECORDED }, sent: 1 },
  { between: 'recording it and being done with it', at: { after: RECORDED }, sent: 1 },
  {
    between: 'composing eight emails and opening a batch of them',
    at: { before: batchIs('open') },
    ...eightHeld,
  },
  {
    between: 'opening a batch and claiming its eight',
    at: { after: batchIs('open') },
    ...eightHeld,
  },
  {
    between: 'claiming the eight of a batch and sealing it',
    at: { before: batchIs('sealed') },
    ...eightHeld,
  },
  { between: 'sealing a batch and calling Resend', at: { after: batchIs('sealed') }, ...eightHeld },
  {
    between: 'Resend accepting a batch and hearing of it',
    at: { accepted: 3 },
    ...eightHeld,
  },
  {
    between: 'hearing of it and storing the answer',
    at: { before: batchIs('answered') },
    ...eightHeld,
  },
  {
    between: 'storing the answer and recording its eight',
    at: { after: batchIs('answered') },
    ...eightHeld,
  },
  { between: 'recording one of its eight and all', at: { after: RECORDED }, ...eightHeld },
  {
    between: 'recording its eight and being done with it',
    at: { before: naming(':batch:', '\r\ndel\r\n') },
    ...eightHeld,
  },
]

test.concurrent.for(gaps.map((gap) => [gap.between, gap] as const))(
  'killed between %s: one email for each fact',
  {
    timeout: 3 * MINUTE,
  },
  async ([, gap], context) => {
    const { at, role = 'all', events = () => [paidOrder()], held = false, sent = 0 } = gap
    const { expect, onTestFinished } = context
    const world = await openWorld(onTestFinished)
    const { redis, resend, polar, settings } = world
    const facts = events()
    if (held) await hold(world, facts, context)
    const doomed = await killAt(world, at, { ...settings, ROLE: role }, onTestFinished)
    if (!held) {
      await doomed.ready()
      for (const event of facts) {
        // On a starved machine Redis may not be heard in time: then Polar delivers again.
        const deliver = async () => (await polar.deliver(event)).status
        await expect
          .poll(deliver, { timeout: MINUTE })
          .toSatisfy((status) => [202, 0].includes(status))
      }
    }
    await doomed.killed
    // Of those that wait the first may go alone, before the rest.
    if (!held) expect(resend.accepted()).toBe(sent)

    await startPostern(settings, onTestFinished)
    await expect.poll(() => leftDue(redis.url), { timeout: MINUTE, interval: 100 }).toBe(0)
    expect(resend.accepted()).toBe(facts.length)
    const messages = resend.inbox().map(({ tags }) => tags.find(({ name }) => name === 'message'))
    expect(new Set(messages.map((tag) => tag?.value)).size).toBe(facts.length)
  },
)

/** Longer than a command to Redis may take, and than the sweeps that follow. */
const CALM = 4 * SECOND

/** Answers for how long nothing has been due. */
const calmOf = (url: string) => {
  let since = Date.now()
  return async () => {
    if ((await leftDue(url)) > 0) since = Date.now()
    return Date.now() - since
  }
}

test.concurrent.for([
  ['before it claims those in a batch', { before: naming('"state":"batched"') }],
  ['before it seals a batch', { before: batchIs('sealed') }],
  ['with a sealed batch', { after: batchIs('sealed') }],
  ['while Resend answers for a batch', { accepted: 3 }],
] satisfies [string, Moment][])(
  'a worker that stalls %s, is taken for dead, and wakes up: one email for each fact',
  { timeout: 3 * MINUTE },
  async ([, at], context) => {
    const { expect, onTestFinished } = context
    const world = await openWorld(onTestFinished)
    const { redis, resend, settings } = world
    const facts = eightHeld.events()
    await hold(world, facts, context)
    const { stalled, wake } = await stallAt(
      world,
      at,
      { ...settings, ROLE: 'worker' },
      onTestFinished,
    )
    await stalled
    await startPostern({ ...settings, ROLE: 'worker' }, onTestFinished)
    await expect.poll(() => leftDue(redis.url), { timeout: MINUTE, interval: 100 }).toBe(0)
    wake()
    // By then it has given up whatever it waited for, and has seen to what it brought.
    const calm = calmOf(redis.url)
    await expect.poll(calm, { timeout: MINUTE, interval: 100 }).toBeGreaterThan(CALM)
    expect(resend.accepted()).toBe(facts.length)
    const messages = resend.inbox().map(({ tags }) => tags.find(({ name }) => name === 'message'))
    expect(new Set(messages.map((tag) => tag?.value)).size).toBe(facts.length)
  },
)

test.concurrent('a nudge that is lost for good is made up for by the due entry that was stored with the event', {
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
  // No job was made of it, and its due entry is there.
  const client = new Redis(redis.url)
  onTestFinished(() => client.disconnect())
  expect(await client.keys('{postern}:events*:[0-9]*')).toEqual([])
  expect(await leftDue(redis.url)).toBe(1)
  await startPostern(settings, onTestFinished)
  await expect.poll(() => resend.accepted(), { timeout: MINUTE, interval: 50 }).toBe(1)
})

test.concurrent('what Resend accepted before a kill is asked for once more, and answered from its memory', {
  timeout: 2 * MINUTE,
}, async ({ expect, onTestFinished }) => {
  const world = await openWorld(onTestFinished)
  const { resend, polar, settings } = world
  const doomed = await killAt(world, { accepted: 1 }, settings, onTestFinished)
  await doomed.ready()
  await polar.deliver(paidOrder())
  await doomed.killed
  const requests = resend.requests('/emails')
  const again = await startPostern(settings, onTestFinished)
  await expect
    .poll(() => again.output(), { timeout: MINUTE, interval: 50 })
    .toContain('message accepted')
  expect(resend.requests('/emails')).toBe(requests + 1)
  expect(resend.accepted()).toBe(1)
})

test.concurrent('an answer that is lost on the way leads to the same request again, and one email', {
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
