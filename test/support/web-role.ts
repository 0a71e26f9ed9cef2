// The web role by itself: what comes in is stored, and no worker interprets it.

import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/runtime/log.ts'
import { borrowRedis } from './lent-redis.ts'
import type { OnFinished } from './process.ts'
import { requiredSettings } from './required-settings.ts'

/** Stands still unless it is moved, so that no test depends on how long it takes. */
const createStandingClock = () => {
  let now = Date.now()
  return {
    now: () => now,
    advance: (ms: number) => {
      now += ms
    },
  }
}

/** Started for one test and closed when it ends, or when `onFinished` says so. */
export const startWebRole = async (
  environment: Record<string, string> = {},
  onFinished: OnFinished = onTestFinished,
) => {
  const lent = await borrowRedis()
  onFinished(lent.giveBack)
  const clock = createStandingClock()
  const lines: string[] = []
  const config = readConfig({
    ROLE: 'web',
    PORT: '0',
    HOST: '127.0.0.1',
    ...requiredSettings(lent.url),
    ...environment,
  })
  const log = createLog('debug', { write: (line) => lines.push(line) })
  const app = await createApp(config, { clock, log })
  onFinished(() => app.close())
  const { port } = await app.startWeb()
  const redis = new Redis(lent.url, { lazyConnect: true })
  onFinished(() => redis.disconnect())
  return {
    url: `http://127.0.0.1:${port}`,
    clock,
    redis,
    closeRedis: lent.close,
    logs: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    logText: () => lines.join(''),
  }
}

export type WebRole = Awaited<ReturnType<typeof startWebRole>>
