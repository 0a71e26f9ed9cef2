// Postern in the test's own process. A kill cuts it off from Redis, Polar, Resend and its callers, all at once and for good: to
// them it has ended as a process does that is killed with -9. A process would take ten times as long to start.

import { onTestFinished } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { aheadBy, systemClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { simulatedMx } from '../../src/sandbox/mx.ts'
import type { OnFinished } from './process.ts'
import { startProxy } from './proxy.ts'

const MOST_STARTS = 5

type Proxy = Awaited<ReturnType<typeof startProxy>>

/**
 * Begins to start it; `ready` resolves when it has started.
 * @param settings those of a world. It is reached by `PORT`.
 * @param later milliseconds by which its clock is ahead.
 * @param redis the proxy to Redis, which is cut with it. Default: one that leads to `REDIS_URL`.
 */
export const openHere = async (
  settings: Record<string, string>,
  { later = 0, redis }: { later?: number; redis?: Proxy } = {},
  onFinished: OnFinished = onTestFinished,
) => {
  const to = async (url = '') => startProxy(url, {}, onFinished)
  const ways = await Promise.all([
    redis ?? to(settings.REDIS_URL),
    to(settings.POLAR_BASE_URL),
    to(settings.RESEND_BASE_URL),
  ])
  const outward = ways.length
  const [REDIS_URL, POLAR_BASE_URL, RESEND_BASE_URL] = ways.map(({ url }) => url)
  const clock = aheadBy(later, systemClock)
  const own = { REDIS_URL, POLAR_BASE_URL, RESEND_BASE_URL, PORT: '0' }
  const config = readConfig({ ...settings, ...own }, clock)
  const lines: string[] = []
  const log = createLog(config.logLevel, { write: (line) => lines.push(line) })

  let isDead = false
  let opening: ReturnType<typeof createApp> | undefined
  const start = async () => {
    opening = createApp(config, { clock, log, resolveMx: simulatedMx })
    const app = await opening
    if (config.role !== 'worker') {
      const { port } = await app.startWeb()
      if (isDead) return
      const inside = `http://127.0.0.1:${port}`
      ways.push(await startProxy(inside, { port: Number(settings.PORT) }, onFinished))
    }
    if (config.role !== 'web') await app.startWorker()
  }
  /** What it needs for that may be gone, so all may fail. */
  const closeApp = async () => {
    const app = await opening?.catch(() => undefined)
    await app?.close().catch(() => {})
  }
  /** On a starved machine a start begins anew, as that of a process does. */
  const startPatiently = (left = MOST_STARTS): Promise<void> =>
    start().catch(async (error: Error) => {
      if (isDead || left === 1 || error.message !== 'Command timed out') throw error
      for (const way of ways.splice(outward)) way.cut() // that of its port
      await closeApp()
      return startPatiently(left - 1)
    })
  const starting = startPatiently()
  starting.catch(() => {}) // it may be killed meanwhile
  const close = async () => {
    await closeApp()
    await starting.catch(() => {})
    await closeApp() // what was opened meanwhile
  }
  let closed: Promise<void> | undefined
  const kill = () => {
    isDead = true
    for (const way of ways) way.cut()
    closed ??= close()
  }
  onFinished(async () => {
    kill()
    await closed
  })
  return { ready: () => starting, output: () => lines.join(''), kill }
}

/** The same, once it is ready. */
export const startHere = async (...given: Parameters<typeof openHere>) => {
  const postern = await openHere(...given)
  await postern.ready()
  return postern
}
