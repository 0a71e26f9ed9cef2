// Connects to Redis and checks it, and what this Postern left there.

import type { Config } from '../config.ts'
import { connect, type RedisClient, RedisUnfitError } from '../redis/connection.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Releases } from '../runtime/releases.ts'
import { type Finding, finding } from './finding.ts'
import { whyUnread, within } from './read-account.ts'
import { readRedis } from './read-redis.ts'
import { readRunning } from './read-running.ts'
import { type Expected, ofRedis } from './redis.ts'
import { ofRunning } from './running.ts'

const unreachable = (says: string): Finding =>
  finding('redis_unreachable', {
    says,
    why: 'Postern does not start without it, and stores no event.',
    mend: 'Start Redis, or correct REDIS_URL.',
  })

const withPoint = (text: string) => text.replace(/\.?$/, '.')

/** @returns the connection, or why there is none. */
export const openRedis = async (
  address: Parameters<typeof connect>[0],
  releases: Releases,
): Promise<RedisClient | Finding> => {
  try {
    const redis = await connect(address, 'ask_at_once', () => {}) // a failed command says why
    return releases.add(redis, (open) => open.disconnect())
  } catch (error) {
    if (error instanceof RedisUnfitError) return unreachable(withPoint(error.message))
    throw error
  }
}

export const checkRedis = async (
  redis: RedisClient,
  expected: Expected,
  clock: Clock,
  signal: AbortSignal,
): Promise<Finding[]> => {
  const facts = await within(readRedis(redis, clock), signal)
  if ('unread' in facts) return [unreachable(`Redis does not answer (${facts.unread}).`)]
  return ofRedis(facts, expected)
}

export const checkRunning = async (
  redis: RedisClient,
  config: Config,
  clock: Clock,
): Promise<{ findings: Finding[]; hasStarted: boolean }> => {
  try {
    const facts = await readRunning(redis, clock)
    return {
      findings: ofRunning(facts, config, clock.now()),
      hasStarted: facts.liveSince !== null,
    }
  } catch (error) {
    return { findings: [notRead(whyUnread(error))], hasStarted: true }
  }
}

const notRead = (why: string): Finding =>
  finding('not_checked', {
    says: `Whether mail is held and a worker runs was not checked: Redis failed (${why}).`,
    why: 'Mail may stand still.',
    mend: 'Correct what is wrong with Redis, and run the doctor again.',
  })
