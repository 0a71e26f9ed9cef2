// Checks a configuration that is valid: against Redis, Polar, Resend and the outside.

import type { Config } from '../config.ts'
import type { RedisClient } from '../redis/connection.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { asciiDomain } from './account.ts'
import { checkAccounts } from './check-accounts.ts'
import { checkRedis, checkRunning } from './check-redis.ts'
import { isKnownDespite, type Reading } from './coverage.ts'
import type { Finding, FindingName, Group } from './finding.ts'
import { ofAnswer, ofPublicUrl } from './public-url.ts'
import { type Reach, reach as reachByHttp } from './reach.ts'
import { isPrivate, ofSettings } from './settings.ts'
import { createKeptFindings } from './store.ts'

/** How long all of it may take. */
export const PATIENCE = 30 * SECOND

export type Diagnosis = {
  findings: readonly Finding[]
  /** The groups that were checked. */
  checked: readonly Group[]
  /** The readings that failed. */
  unread: readonly Reading[]
  /** Sentences about what is no mistake, but good to know. */
  notes: readonly string[]
}

const NOTES: Record<Config['sendMode'], readonly string[]> = {
  live: [],
  shadow: ['SEND_MODE is shadow: Postern renders every email, and sends none.'],
  hold: ['SEND_MODE is hold: messages are decided, and wait.'],
}

/** Where Polar's portal is on this machine, so are the customers who click: it is the sandbox, and these are meant. */
const OF_SANDBOX: readonly FindingName[] = ['public_url_private', 'live_since_early']

const SANDBOX =
  'The portal is on this machine, as in the sandbox, so PUBLIC_URL may be private and LIVE_SINCE early.'

const isSandbox = ({ polar }: Config): boolean => isPrivate(new URL(polar.portalOrigin).hostname)

const NOT_STARTED = 'Postern has not been started with this Redis yet.'

type Inside = { config: Config; redis: RedisClient | null; reach: Reach; clock: Clock }

const checkOutside = async ({ config, reach }: Pick<Inside, 'config' | 'reach'>) => {
  const { publicUrl, polar, email } = config
  const sender = asciiDomain(email.from.address.replace(/^.*@/, ''))
  const answer = await reach(`${publicUrl}/healthz`)
  return [
    ...ofPublicUrl({ publicUrl, sender, environment: polar.environment }),
    ...ofAnswer(publicUrl, answer),
  ]
}

/** Keeps nothing. */
export const checkAll = async (parts: Inside & { signal: AbortSignal }): Promise<Diagnosis> => {
  const { config, redis, clock, signal } = parts
  const [ofTheRedis, running, accounts, outside] = await Promise.all([
    redis ? checkRedis(redis, config.redis, clock, signal) : [],
    redis ? checkRunning(redis, config, clock) : { findings: [], hasStarted: true },
    checkAccounts(parts),
    checkOutside(parts),
  ])
  const all = [
    ...[...ofTheRedis, ...accounts.findings, ...ofSettings(config)],
    ...[...outside, ...running.findings],
  ]
  const isMeant = ({ name }: Finding) => isSandbox(config) && OF_SANDBOX.includes(name)
  return {
    findings: all.filter((found) => !isMeant(found)),
    checked: ['redis', 'polar', 'resend', 'postern'],
    unread: accounts.unread,
    notes: [
      ...(all.some(isMeant) ? [SANDBOX] : []),
      ...NOTES[config.sendMode],
      ...(running.hasStarted ? [] : [NOT_STARTED]),
    ],
  }
}

type RunningParts = Pick<Inside, 'config' | 'clock'> & { redis: RedisClient }

/** Checks the configuration of a running process, and keeps the findings as the doctor does. @returns the findings. */
export const createConfigurationCheck =
  ({ config, redis, clock }: RunningParts) =>
  async (): Promise<readonly Finding[]> => {
    const signal = AbortSignal.timeout(PATIENCE)
    const diagnosis = await checkAll({ config, redis, clock, signal, reach: reachByHttp })
    const { findings, unread } = diagnosis
    await createKeptFindings(redis, clock).keepAll(findings, isKnownDespite(unread))
    return findings
  }
