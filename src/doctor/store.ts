// Keeps the findings of the last check in Redis, for the console. A start checks less than the doctor: of what it does not
// check, the doctor's findings stay.

import type { RedisClient } from '../redis/connection.ts'
import { DOCTOR_KEY } from '../redis/keys.ts'
import type { Finding, FindingName } from './finding.ts'

/** `at` in milliseconds: when the last check was. */
export type Kept = { at: number; findings: readonly Finding[] }

export const readKept = async (redis: Pick<RedisClient, 'get'>): Promise<Kept | null> => {
  const text = await redis.get(DOCTOR_KEY)
  return text === null ? null : JSON.parse(text)
}

/** @param isChecked whether a check says something of a finding; one of which it says nothing stays. */
export const keep = async (
  redis: Pick<RedisClient, 'get' | 'set'>,
  checked: Kept,
  isChecked: (name: FindingName) => boolean = () => true,
): Promise<void> => {
  const before = await readKept(redis)
  const staying = (before?.findings ?? []).filter(({ name }) => !isChecked(name))
  const findings = [...checked.findings, ...staying]
  await redis.set(DOCTOR_KEY, JSON.stringify({ at: checked.at, findings }))
}
