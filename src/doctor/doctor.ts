// Checks a whole configuration against Redis, Polar, Resend and the outside, and says what to mend. It changes nothing but the
// findings that it keeps in Redis.

import { ConfigError, readCommandConfig, readConfig, USUAL_ENV_FILE } from '../config.ts'
import { type Clock, systemClock } from '../runtime/clock.ts'
import { createReleases, type Releases } from '../runtime/releases.ts'
import { checkAll, type Diagnosis, PATIENCE } from './check-all.ts'
import { checkRedis, openRedis } from './check-redis.ts'
import { isKnownDespite } from './coverage.ts'
import { type Finding, finding } from './finding.ts'
import { type Reach, reach as reachByHttp } from './reach.ts'
import { createKeptFindings } from './store.ts'

export type DoctorParts = {
  /** The variables that hold the settings. */
  environment: NodeJS.ProcessEnv
  clock?: Clock
  reach?: Reach
  /** How long all of it may take, in milliseconds. */
  patience?: number
}

/** The result of reading settings, or the sentences about what is wrong with them. */
const attempt = <T>(read: () => T): T | readonly string[] => {
  try {
    return read()
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

const isProblems = <T>(read: T | readonly string[]): read is readonly string[] =>
  Array.isArray(read)

/** @param file the name of the file of settings. */
const invalid = (problem: string, file: string): Finding =>
  finding('settings_invalid', {
    says: `${problem}.`,
    why: 'Postern does not start.',
    mend: `Correct the setting in ${file} or in the environment; docs/settings.md says what it means.`,
  })

/** A setup makes these up first, and nobody has them from anywhere else. */
const isSetUp = ({ LINK_SECRETS }: NodeJS.ProcessEnv): boolean => !!LINK_SECRETS?.trim()

const notSetUp = (file: string): Finding =>
  finding('not_set_up', {
    says: 'Postern is not set up yet: required settings are missing.',
    why: 'It does not start.',
    mend: `Run npm run setup first. It asks for what it needs, and writes ${file}.`,
  })

const unchecked = (what: string): Finding =>
  finding('not_checked', {
    says: `${what} could not be checked, since settings are invalid.`,
    why: 'More may be wrong.',
    mend: 'Correct the settings, and run the doctor again.',
  })

const diagnose = async (parts: Required<DoctorParts>, releases: Releases): Promise<Diagnosis> => {
  const { environment, clock, reach, patience } = parts
  const signal = AbortSignal.timeout(patience)
  const config = attempt(() => readConfig(environment, clock))
  const address = isProblems(config) ? attempt(() => readCommandConfig(environment)) : config
  const opened = isProblems(address) ? null : await openRedis(address.redis, releases)
  const unopened = opened && 'severity' in opened ? [opened] : []
  const redis = opened && !('severity' in opened) ? opened : null
  if (isProblems(config)) {
    const replicas = isProblems(address) ? 0 : address.redis.replicas
    const expected = { durability: 'checked', replicas } as const
    const ofTheRedis = redis ? await checkRedis(redis, expected, clock, signal) : unopened
    const file = environment.ENV_FILE || USUAL_ENV_FILE
    const rest = `${opened ? '' : 'Redis, '}Polar, Resend and PUBLIC_URL`
    return {
      findings: [
        ...(isSetUp(environment) ? [] : [notSetUp(file)]),
        ...[...config.map((problem) => invalid(problem, file)), ...ofTheRedis, unchecked(rest)],
      ],
      checked: opened ? ['redis', 'postern'] : ['postern'],
      unread: [],
      notes: [],
    }
  }
  const diagnosis = await checkAll({ config, redis, reach, clock, signal })
  const found = { ...diagnosis, findings: [...unopened, ...diagnosis.findings] }
  // The findings say what is wrong with Redis.
  if (redis)
    await createKeptFindings(redis, clock)
      .keepAll(found.findings, isKnownDespite(found.unread))
      .catch(() => {})
  return found
}

/** Never throws for a mistake in the configuration: that is a finding. */
export const runDoctor = async (parts: DoctorParts): Promise<Diagnosis> => {
  const releases = createReleases()
  try {
    const defaults = { clock: systemClock, reach: reachByHttp, patience: PATIENCE }
    return await diagnose({ ...defaults, ...parts }, releases)
  } finally {
    await releases.close()
  }
}
