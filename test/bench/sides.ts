// Starts the two sides, Postern and the peer, on the same ground: Redis with production settings, a simulated Polar and Resend.

import { createHash } from 'node:crypto'
import { systemClock } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { createSimulatedPolar } from '../../src/sandbox/polar/server.ts'
import { freePort, startRedis } from '../../src/sandbox/redis.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { BARE_ENDPOINT, PEER, POSTERN } from './compile.ts'
import { WEBHOOK_SECRET } from './events.ts'
import { type Started, startProcess } from './processes.ts'

const POLAR_TOKEN = 'polar_oat_bench_opens_nothing'
const RESEND_KEY = 're_bench_opens_nothing'

/** The secret of Postern's links. */
export const LINK_SECRET = createHash('sha256').update('bench').digest()

const ORGANIZATION = {
  id: '3ceaaf30-8142-48ea-91d9-3080f9b439fc',
  name: 'Larkspur Audio',
  slug: 'larkspur',
}

/** @param rateLimit requests a second. Emails are counted, not kept. */
export const startResend = (rateLimit: number) =>
  createSimulatedResend({ clock: systemClock, apiKey: RESEND_KEY, rateLimit, keep: 1 })

/** A Polar and a Resend without rate limits. */
export const startWorld = async () => {
  const releases = createReleases()
  const polar = releases.add(
    await createSimulatedPolar({
      clock: systemClock,
      accessToken: POLAR_TOKEN,
      webhookSecret: WEBHOOK_SECRET,
      webhookUrl: () => '',
      organization: ORGANIZATION,
      rateLimitPerMinute: Infinity,
    }),
    ({ close }) => close(),
  )
  const resend = releases.add(await startResend(Infinity), ({ close }) => close())
  return { polar, resend, polarToken: POLAR_TOKEN, releases, close: releases.close }
}

export type World = Awaited<ReturnType<typeof startWorld>>

export type Side = {
  /** Base URL for webhooks and clicks. */
  url: string
  redisUrl: string
  processes: Started[]
  /** Starts another process of this side on the same Redis. */
  join: (part: 'web' | 'worker') => Started
  /** Milliseconds from the start of its first process until all are ready. */
  startedIn: number
  close: () => Promise<void>
}

/** The environment of either side. `PUBLIC_URL` and `PORT` are the same server. */
export const environment = ({ polar, resend }: World, redisUrl: string, port: number) => ({
  PORT: `${port}`,
  HOST: '127.0.0.1',
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  REDIS_URL: redisUrl,
  POLAR_ACCESS_TOKEN: POLAR_TOKEN,
  POLAR_WEBHOOK_SECRET: WEBHOOK_SECRET,
  POLAR_BASE_URL: polar.url,
  RESEND_API_KEY: RESEND_KEY,
  RESEND_BASE_URL: resend.url,
  RESEND_RATE_LIMIT: '5',
  EMAIL_FROM: 'Larkspur Audio <billing@larkspur.example.com>',
})

type Start<Part> = {
  world: World
  more: NodeJS.ProcessEnv
  parts: readonly Part[]
  begin: (part: Part | 'web' | 'worker', env: NodeJS.ProcessEnv, url: string) => Started
}

const start = async <Part>({ world, more, parts, begin }: Start<Part>): Promise<Side> => {
  const releases = createReleases()
  try {
    const redis = releases.add(await startRedis(), ({ close }) => close())
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const env = { ...environment(world, redis.url, port), ...more }
    const join = (part: Part | 'web' | 'worker') =>
      releases.add(begin(part, env, url), ({ close }) => close())
    const processes = parts.map(join)
    const startedIn = Math.max(...(await Promise.all(processes.map(({ ready }) => ready()))))
    return { url, redisUrl: redis.url, processes, join, startedIn, close: releases.close }
  } catch (error) {
    await releases.close()
    throw error
  }
}

/** Settings that only Postern has. */
export const ofPostern = ({ polar }: World) => ({
  POLAR_ORGANIZATION_SLUG: ORGANIZATION.slug,
  POLAR_PORTAL_ORIGIN: polar.url,
  LINK_SECRETS: LINK_SECRET.toString('base64'),
})

/** Postern in one process for each of `roles`. */
export const startPostern = (
  world: World,
  more: NodeJS.ProcessEnv = {},
  roles: readonly ('all' | 'web' | 'worker')[] = ['all'],
) =>
  start({
    ...{ world, more, parts: roles },
    begin: (role, env, url) =>
      startProcess(
        ['--enable-source-maps', POSTERN],
        {
          ...env,
          ...ofPostern(world),
          ROLE: role,
        },
        role === 'worker' ? { line: '"ready"' } : { url: `${url}/readyz` },
      ),
  })

/** The endpoint that verifies and stores, or counts and signs in, and does nothing else. */
export const startBare = (world: World, more: NodeJS.ProcessEnv = {}) =>
  start({
    ...{ world, more, parts: ['web'] },
    begin: (_, env, url) => startProcess([BARE_ENDPOINT], env, { url }),
  })

/** The peer in two processes, or its web process alone. */
export const startPeer = (
  world: World,
  more: NodeJS.ProcessEnv = {},
  parts: readonly ('web' | 'worker')[] = ['web', 'worker'],
) =>
  start({
    ...{ world, more, parts },
    begin: (part, env, url) =>
      part === 'web'
        ? startProcess(['--import', PEER.origin, PEER.web], env, { url: `${url}/health` })
        : startProcess([PEER.worker], env, { line: 'worker ready' }),
  })
