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

/** `checkedAt`: when all was checked last (ms); `null`: never. A start checks less. */
export type Kept = { findings: readonly KeptFinding[]; checkedAt: number | null }

export const createKeptFindings = (
  redis: Pick<RedisClient, 'get' | 'set'>,
  clock: Pick<Clock, 'now'>,
) => {
  /** The findings of the last week that no later check has found mended. */
  const read = async (): Promise<Kept> => {
    const text = await redis.get(DOCTOR_KEY)
    if (text === null) return { findings: [], checkedAt: null }
    const { findings, checkedAt } = JSON.parse(text) as Kept
    return { findings: findings.filter(({ at }) => clock.now() - at < KNOWN), checkedAt }
  }

  /** @param isChecked which findings the check says something of. */
  const replace = async (
    findings: readonly Finding[],
    isChecked: IsChecked,
    isWhole: boolean,
  ): Promise<void> => {
    const at = clock.now()
    const before = await read()
    const staying = before.findings.filter(({ name }) => !isChecked(name))
    const found = findings.map((one): KeptFinding => ({ ...one, at }))
    const kept: Kept = {
      findings: [...found, ...staying],
      checkedAt: isWhole ? at : before.checkedAt,
    }
    await redis.set(DOCTOR_KEY, JSON.stringify(kept))
  }

  return {
    read,
    /** Keeps the findings of the short check of a start. */
    keep: (findings: readonly Finding[], isChecked: IsChecked) =>
      replace(findings, isChecked, false),
    /** Keeps the findings of a check of everything, though some of it may not have been read. */
    keepAll: (findings: readonly Finding[], isChecked: IsChecked) =>
      replace(findings, isChecked, true),
  }
}

export type KeptFindings = ReturnType<typeof createKeptFindings>
