// A storm: webhooks arrive while web, worker and Redis are killed with -9 repeatedly, and Resend fails in many ways. At the end,
// each fact must have exactly one email.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { startDurableCluster } from '../support/durable-cluster.ts'
import { startDurableRedis } from '../support/durable-redis.ts'
import { createRandom } from '../support/random.ts'
import { leftDue, storedEvents } from '../support/records.ts'
import { type Supervised, supervise } from '../support/supervised.ts'
import { startWorldAround } from '../support/world.ts'
import { createWebhooks } from './facts.ts'
import { createFaults } from './faults.ts'
import { createFlow } from './flow.ts'
import { createInbox } from './inbox.ts'
import { killRepeatedly, type Victim } from './kills.ts'
import { verify } from './verify.ts'

export type StormOptions = {
  /** Path of the bundle's `main.js`. */
  main: string
  seed: string
  facts: number
  /** Webhooks a second. */
  perSecond: number
  /** Number of kills of each victim. */
  kills: number
  /** Whether each is killed more often, until most emails are accepted. */
  killsOn: boolean
  /** Requests a second that Resend accepts. Postern is configured with it. */
  rateLimit: number
  /** On a Redis Cluster, whose primaries are killed, with several of each role. */
  isCluster: boolean
  say?: (line: string) => void
}

/** Processes of each role. */
const PROCESSES = { alone: { web: 1, worker: 1 }, cluster: { web: 2, worker: 3 } }

const DUPLICATES = 0.3

/** Postern resumes an attempt that a kill interrupted after 20 seconds, and several kills may follow each other. */
const STALLED = 90 * SECOND
const POLL = 0.5 * SECOND

/** Polls in a row that find nothing due. */
const CALM = 2

/** The storm lasts until this share of emails is accepted, but no longer than `MAX_AFTERWARDS` after the last webhook. */
const DELIVERED = 0.9
const MAX_AFTERWARDS = 2 * MINUTE
const REPORT = 5 * SECOND

export const storm = async (options: StormOptions) => {
  const { main, seed, facts: count, perSecond, rateLimit, isCluster, say = () => {} } = options
  const processes = PROCESSES[isCluster ? 'cluster' : 'alone']
  const began = performance.now()
  const random = createRandom(seed)
  const releases = createReleases()
  const logs = await mkdtemp(join(tmpdir(), 'postern-storm-'))
  const start = isCluster ? startDurableCluster : startDurableRedis
  const world = releases.add(
    await startWorldAround(await start(), { rateLimit: Infinity, keep: 1, webs: processes.web }),
    (it) => it.close(),
  )
  try {
    const { redis, polar, resend } = world
    const settings = {
      ...world.settings,
      RESEND_RATE_LIMIT: `${rateLimit}`,
      ...(isCluster && { REDIS_REPLICAS: '1' }), // a failover may lose what no replica has
    }
    const startRole = (role: keyof typeof processes) =>
      Array.from({ length: processes[role] }, (_, n) => {
        const port = world.ports[role === 'web' ? n : 0]
        const own = { ...settings, PORT: `${port}`, ROLE: role }
        const logFile = join(logs, `${role}-${n + 1}.log`)
        return releases.add(supervise(main, own, logFile), ({ kill }) => kill())
      })
    const [webs, workers] = [startRole('web'), startRole('worker')]
    const roles = [...webs, ...workers]

    const { facts, webhooks } = createWebhooks(
      count,
      Math.round(count * DUPLICATES),
      random.of('facts'),
    )
    for (const { event } of facts.slice(0, 20)) polar.applyEvent(event()) // so that the simulated Polar has the products
    const flow = createFlow(polar.deliver, random.of('flow'))
    const faults = createFaults(random.of('faults'), rateLimit)
    const inbox = createInbox()
    resend.fault = faults.fault
    resend.beforeAnswer = (email) => {
      inbox.take(email)
      return faults.delay()
    }
    for (const role of roles) role.start()

    const kills = { web: 0, worker: 0, redis: 0 }
    const workerVictim = (worker: Supervised): Victim => {
      let killedAt = 0
      return {
        kill: async () => {
          killedAt = Date.now()
          await worker.kill()
        },
        start: () => {
          inbox.back(killedAt)
          worker.start()
        },
        up: worker.up,
        worstMoment: inbox.next,
      }
    }
    const victims: Record<keyof typeof kills, readonly Victim[]> = {
      web: webs,
      redis: [redis],
      worker: workers.map(workerVictim),
    }
    let deliveredAt = Infinity
    const isOver = () =>
      inbox.emails.length >= count * DELIVERED
        ? deliveredAt < Infinity
        : performance.now() > deliveredAt + MAX_AFTERWARDS
    const soFar = () =>
      `stored ${flow.storedAt.size}/${count}, accepted ${inbox.emails.length}, killed web ${kills.web}, worker ${kills.worker}, Redis ${kills.redis}`
    const seconds = () => (performance.now() - began) / SECOND
    const report = setInterval(
      () => say(`${seconds().toFixed(0).padStart(5)} s  ${soFar()}`),
      REPORT,
    )
    releases.add(report, clearInterval)

    await Promise.all([
      flow.deliverAll(webhooks, perSecond).then(() => {
        deliveredAt = performance.now()
      }),
      ...Object.entries(victims).flatMap(([name, several]) =>
        several.map((victim, n) =>
          killRepeatedly(victim, random.of(n === 0 ? name : `${name}-${n + 1}`), {
            atLeast: options.kills,
            isOver: () => !options.killsOn || isOver(),
            onKill: () => {
              kills[name as keyof typeof kills] += 1
            },
          }),
        ),
      ),
    ])

    let due = await leftDue(redis.url)
    let [seen, movedAt, calm] = ['', performance.now(), 0]
    // On a cluster, work may move from one node to another between the answers of the two, and is missed once.
    while (calm < CALM && performance.now() - movedAt < STALLED) {
      await sleep(POLL)
      due = await leftDue(redis.url)
      calm = due === 0 ? calm + 1 : 0
      const now = `${due} ${inbox.emails.length}`
      if (now !== seen) [seen, movedAt] = [now, performance.now()]
    }

    const verdict = verify({
      ...flow,
      facts,
      due,
      emails: inbox.emails,
      kept: await storedEvents(redis.url),
      deaths: roles.flatMap(({ deaths }) => deaths()),
    })
    if (verdict.problems.length === 0) await rm(logs, { recursive: true })
    else verdict.problems.push(`the log of each role is in ${logs}`)
    const waits = inbox.emails.map(({ address, at }) => at - (flow.storedAt.get(address) ?? at))
    return {
      seed,
      facts: count,
      duplicates: webhooks.length - count,
      kills,
      accepted: inbox.emails.length,
      ...verdict,
      seconds: seconds(),
      slowestComeback: inbox.slowestComeback(),
      slowestFact: waits.reduce((a, b) => Math.max(a, b), 0),
      resend: faults.counts,
      answers: flow.answers,
      refusedStarts: roles.reduce((sum, { refusedStarts }) => sum + refusedStarts(), 0),
    }
  } finally {
    await releases.close()
  }
}

export type Outcome = Awaited<ReturnType<typeof storm>>
