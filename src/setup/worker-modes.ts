// Asks which workers run, and in which send mode: by their heartbeats in Redis, or where it cannot be reached from here, by the
// metrics at PUBLIC_URL.

import { readCommandConfig, readConfig } from '../config.ts'
import { modesIn } from '../processes/differences.ts'
import { createProcessStore, type PosternProcess } from '../processes/store.ts'
import { connect, RedisUnfitError } from '../redis/connection.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import type { Values } from './env-file.ts'

type Mode = PosternProcess['mode']

const PATIENCE = 5 * SECOND

const inRedis = async (given: Values, clock: Clock): Promise<Mode[]> => {
  const redis = await connect(readCommandConfig(given).redis, 'ask_at_once', () => {})
  return createProcessStore(redis, clock)
    .running()
    .then(modesIn)
    .finally(() => redis.disconnect())
}

const SAMPLE = /^postern_processes\{role="(?:all|worker)",mode="(\w+)"\} [1-9]/gm

/** `null` where nobody answers there with metrics. */
const inMetrics = async (given: Values): Promise<Mode[] | null> => {
  const { publicUrl, metricsToken } = readConfig(given)
  if (metricsToken === undefined) return null
  const text = await fetch(`${publicUrl}/metrics`, {
    headers: { authorization: `Bearer ${metricsToken}` },
    signal: AbortSignal.timeout(PATIENCE),
  }).then(
    (answer) => answer.text(),
    () => '',
  )
  if (!text.includes('postern_processes{')) return null
  return [...new Set([...text.matchAll(SAMPLE)].map(([, mode]) => mode as Mode))]
}

/** @returns each mode once; or why nobody can tell. */
export const readWorkerModes = async (given: Values, clock: Clock): Promise<Mode[] | string> => {
  try {
    return await inRedis(given, clock)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const why = error instanceof RedisUnfitError ? error.message : `Redis failed (${error.message})`
    return (await inMetrics(given)) ?? why
  }
}
