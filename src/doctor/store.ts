// Keeps the findings of the last checks in Redis, for the console. A start checks less than the doctor: of what it does not
// check, the doctor's findings stay.

import type { RedisClient } from '../redis/connection.ts'
import { DOCTOR_KEY } from '../redis/keys.ts'
import { type Clock, DAY } from '../runtime/clock.ts'
import type { Finding, FindingName } from './finding.ts'

/** Found `at` (ms). */
export type KeptFinding = Finding & { at: number }

/** Later, nobody knows whether it still is so. */
const KNOWN = 7 * DAY

/** Whether a check says something of a finding. */
export type IsChecked = (name: FindingName) => boolean

export const createKeptFindings = (
  redis: Pick<RedisClient, 'get' | 'set'>,
  clock: Pick<Clock, 'now'>,
) => {
  /** The findings of the last week that no later check has found mended. */
  const read = async (): Promise<KeptFinding[]> => {
    const text = await redis.get(DOCTOR_KEY)
    const kept: KeptFinding[] = text === null ? [] : JSON.parse(text)
    return kept.filter(({ at }) => clock.now() - at < KNOWN)
  }
  return {
    read,
    /** Replaces the findings that a check says something of. */
    keep: async (findings: readonly Finding[], isChecked: IsChecked = () => true) => {
      const at = clock.now()
      const staying = (await read()).filter(({ name }) => !isChecked(name))
      const found = findings.map((one): KeptFinding => ({ ...one, at }))
      await redis.set(DOCTOR_KEY, JSON.stringify([...found, ...staying]))
    },
  }
}

export type KeptFindings = ReturnType<typeof createKeptFindings>
