// The whole system for a test: Postern as in production, a Redis of its own, simulated Polar and Resend, a movable clock.

import { onTestFinished } from 'vitest'
import { createMovableClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { type SystemOptions, startSystem } from '../../src/sandbox/system.ts'
import { borrowRedis } from './lent-redis.ts'
import type { OnFinished } from './process.ts'
import { withoutBackfill } from './without-backfill.ts'

/**
 * Started for one test and closed when it ends; `logs` has every line it logged.
 * @param options.backfill whether it looks for missed webhooks by itself; in most tests that would only be in the way.
 * @param onFinished the test's own, where several run at the same time.
 */
export const startTestSystem = async (
  { backfill = false, ...options }: Partial<SystemOptions> & { backfill?: boolean } = {},
  onFinished: OnFinished = onTestFinished,
) => {
  const lines: string[] = []
  const parsed: Record<string, unknown>[] = []
  const log = createLog('debug', { write: (line) => lines.push(line) })
  const lent = options.redisUrl === undefined ? await borrowRedis() : undefined
  const system = await startSystem({
    ...(lent && { redisUrl: lent.url }),
    clock: createMovableClock(),
    log,
    resendRateLimit: Number.POSITIVE_INFINITY,
    ...options,
    environment: { RESEND_RATE_LIMIT: '1000', ...options.environment },
  }).catch(async (error) => {
    await lent?.giveBack()
    throw error
  })
  onFinished(async () => {
    await system.close()
    await lent?.giveBack()
  })
  if (!backfill) await withoutBackfill(system)

  const mails = (kind?: string) =>
    system.resendWorld
      .inbox()
      .filter(
        ({ tags }) => !kind || tags.some(({ name, value }) => name === 'kind' && value === kind),
      )

  /** Each line is parsed once: tests ask again and again while they wait. */
  const logs = () => {
    for (const line of lines.slice(parsed.length)) parsed.push(JSON.parse(line))
    return [...parsed]
  }

  return {
    ...system,
    logs,
    logText: () => lines.join(''),
    /** Accepted emails, newest first, of one kind or all. */
    mails,
    /** The one email of a kind, once everything that can happen has. */
    theMail: async (kind: string) => {
      await system.settle()
      const [mail, ...more] = mails(kind)
      if (!mail || more.length > 0)
        throw new Error(`${more.length + (mail ? 1 : 0)} emails of kind ${kind}`)
      return mail
    },
    /** The outcome of each event, by Polar's type. */
    outcomes: () => logs().filter(({ msg }) => msg === 'event interpreted'),
  }
}

export type TestSystem = Awaited<ReturnType<typeof startTestSystem>>

/** The links of a text part, in the order of the text. */
export const linksIn = (text: string | null): string[] =>
  text?.match(/https?:\/\/[^\s/]+\/l\/[\w-]+/g) ?? []

export const firstLink = (text: string | null): string => {
  const [link] = linksIn(text)
  if (!link) throw new Error('no link in the text part')
  return link
}
