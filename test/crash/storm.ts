// A storm: facts flow in through the door while web, worker and Redis are killed with -9 again and again, and Resend has a
// bad day. At the end each fact has its one email.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { createRandom } from '../support/random.ts'
import { leftDue, storedEvents } from '../support/records.ts'
import { supervise } from '../support/supervised.ts'
import { startWorld } from '../support/world.ts'
import { createTellings } from './facts.ts'
import { createFlow } from './flow.ts'
import { createInbox } from './inbox.ts'
import { judge } from './judge.ts'
import { haunt, type Victim } from './kills.ts'
import { createWeather } from './weather.ts'

export type StormOptions = {
  /** Of the compiled Postern. */
  main: string
  seed: string
  facts: number
  /** Webhooks told in a second. */
  perSecond: number
  /** Of each victim, at the least. */
  kills: number
  /** Requests that Resend takes in a second, which Postern is told. */
  rateLimit: number
  say?: (line: string) => void
}

const DUPLICATES = 0.3

/** A try that a kill interrupted is taken up again after 20 seconds; several may follow each other. */
const STALLED = 90 * SECOND
const LOOK = 0.5 * SECOND

/** The storm goes on until so much is delivered, though not for ever after the last telling. */
const DELIVERED = 0.9
const MOST_AFTERWARDS = 2 * MINUTE
const REPORT = 5 * SECOND

export const storm = async (options: StormOptions) => {
  const { main, seed, facts: count, perSecond, rateLimit, say = () => {} } = options
  const began = performance.now()
  const random = createRandom(seed)
  const releases = createReleases()
  const logs = await mkdtemp(join(tmpdir(), 'postern-storm-'))
  const world = releases.add(await startWorld({ rateLimit: Infinity, keep: 1 }), (it) => it.close())
  try {
    const { redis, polar, resend } = world
    const settings = { ...world.settings, RESEND_RATE_LIMIT: `${rateLimit}` }
    const role = (name: string) =>
      releases.add(
        supervise(main, { ...settings, ROLE: name }, join(logs, `${name}.log`)),
        ({ kill }) => kill(),
      )
    const [web, worker] = [role('web'), role('worker')]

    const { facts, tellings } = createTellings(
      count,
      Math.round(count * DUPLICATES),
      random.of('facts'),
    )
    for (const { event } of facts.slice(0, 20)) polar.applyEvent(event()) // so that Polar knows what is sold
    const flow = createFlow(polar.deliver, random.of('flow'))
    const weather = createWeather(random.of('weather'), rateLimit)
    const inbox = createInbox()
    resend.fault = weather.fault
    resend.beforeAnswer = (email) => {
      inbox.take(email)
      return weather.slowness()
    }
    web.start()
    worker.start()

    const kills = { web: 0, worker: 0, redis: 0 }
    let workerKilledAt = 0
    const victims: Record<keyof typeof kills, Victim> = {
      web,
      redis,
      worker: {
        kill: async () => {
          workerKilledAt = Date.now()
          await worker.kill()
        },
        start: () => {
          inbox.back(workerKilledAt)
          worker.start()
        },
        up: worker.up,
        worstMoment: inbox.next,
      },
    }
    let toldAt = Infinity
    const isOver = () =>
      inbox.emails.length >= count * DELIVERED
        ? toldAt < Infinity
        : performance.now() > toldAt + MOST_AFTERWARDS
    const soFar = () =>
      `stored ${flow.storedAt.size}/${count}, accepted ${inbox.emails.length}, killed web ${kills.web}, worker ${kills.worker}, Redis ${kills.redis}`
    const seconds = () => (performance.now() - began) / SECOND
    const report = setInterval(
      () => say(`${seconds().toFixed(0).padStart(5)} s  ${soFar()}`),
      REPORT,
    )
    releases.add(report, clearInterval)

    await Promise.all([
      flow.tellAll(tellings, perSecond).then(() => {
        toldAt = performance.now()
      }),
      ...Object.entries(victims).map(([name, victim]) =>
        haunt(victim, random.of(name), {
          atLeast: options.kills,
          isOver,
          onKill: () => {
            kills[name as keyof typeof kills] += 1
          },
        }),
      ),
    ])

    let due = await leftDue(redis.url)
    let [seen, movedAt] = ['', performance.now()]
    while (due > 0 && performance.now() - movedAt < STALLED) {
      await sleep(LOOK)
      due = await leftDue(redis.url)
      const now = `${due} ${inbox.emails.length}`
      if (now !== seen) [seen, movedAt] = [now, performance.now()]
    }

    const verdict = judge({
      ...flow,
      facts,
      due,
      emails: inbox.emails,
      kept: await storedEvents(redis.url),
      deaths: [...web.deaths(), ...worker.deaths()],
    })
    if (verdict.problems.length === 0) await rm(logs, { recursive: true })
    else verdict.problems.push(`the log of each role is in ${logs}`)
    const waits = inbox.emails.map(({ address, at }) => at - (flow.storedAt.get(address) ?? at))
    return {
      seed,
      facts: count,
      duplicates: tellings.length - count,
      kills,
      accepted: inbox.emails.length,
      ...verdict,
      seconds: seconds(),
      slowestComeback: inbox.slowestComeback(),
      slowestFact: waits.reduce((a, b) => Math.max(a, b), 0),
      resend: weather.counts,
      answers: flow.answers,
      refusedStarts: web.refusedStarts() + worker.refusedStarts(),
    }
  } finally {
    await releases.close()
  }
}

export type Outcome = Awaited<ReturnType<typeof storm>>
