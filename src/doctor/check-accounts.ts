// Checks both accounts in full: what a start checks, and the scopes, the webhooks, the quotas and the clock.

import type { Config } from '../config.ts'
import { brandWithoutPolar, createIsKindOff } from '../messages/brand.ts'
import { UNLIMITED } from '../polar/budget.ts'
import { createPolarClient, type PolarClient } from '../polar/client.ts'
import { createDenials } from '../polar/denials.ts'
import { oursIn } from '../polar/our-endpoints.ts'
import type { RedisClient } from '../redis/connection.ts'
import { createResendClient, type ResendClient } from '../resend/client.ts'
import { createPause } from '../resend/pause.ts'
import { createRateLimiter } from '../resend/rate-limiter.ts'
import type { Clock } from '../runtime/clock.ts'
import { type Intended, intendedBy, type PolarRead, type ResendRead } from './account.ts'
import { ofAttempts, ofEndpoints } from './endpoints.ts'
import { type Finding, finding } from './finding.ts'
import { ofPolar, sentByNobody, unreadAtPolar } from './polar.ts'
import { createReadAccount, within } from './read-account.ts'
import { readPolar } from './read-polar.ts'
import { readResend } from './read-resend.ts'
import { ofReports, reportsUrl } from './reports.ts'
import { ofResend, ofUsage, unreadAtResend } from './resend.ts'
import { ofClock } from './running.ts'
import { ofScopes, TOKEN_REFUSED } from './scopes.ts'

type Parts = {
  config: Config
  /** `null` where it cannot be reached: then nobody knows how many requests others make. */
  redis: RedisClient | null
  clock: Clock
  signal: AbortSignal
}

const notChecked = (name: 'polar_not_checked' | 'resend_not_checked', why: string): Finding => {
  const whose = name === 'polar_not_checked' ? 'Polar' : 'Resend'
  return finding(name, {
    says: `${whose} could not be checked in full (${why}).`,
    why: 'Mistakes there stay unknown.',
    mend: `Run the doctor again. See the status page of ${whose}, and whether this machine reaches it.`,
  })
}

const checkPolar = async (
  polar: PolarClient,
  account: PolarRead,
  intended: Intended,
  { config, clock, signal }: Parts,
): Promise<Finding[]> => {
  if ('denied' in account && account.denied === 401) return [TOKEN_REFUSED]
  const why = unreadAtPolar(account)
  const told = [...ofPolar(account, intended), ...sentByNobody(account, intended)]
  if ('unread' in account) return [notChecked('polar_not_checked', account.unread)]
  const ours = oursIn(config)
  const facts = await within(readPolar(polar, ours, clock.now()), signal)
  if ('unread' in facts) return [...told, notChecked('polar_not_checked', why ?? facts.unread)]
  return [
    ...(why === null ? [] : [notChecked('polar_not_checked', why)]),
    ...ofScopes(facts.lacked),
    ...told,
    ...(facts.endpoints === null ? [] : ofEndpoints(facts.endpoints, ours)),
    ...ofAttempts(facts.attempts, clock.now()),
    ...ofClock(facts.time, clock.now()),
  ]
}

const checkResend = async (
  resend: ResendClient,
  account: ResendRead,
  wait: () => Promise<unknown>,
  { config, signal }: Parts,
): Promise<Finding[]> => {
  const why = unreadAtResend(account)
  if (why !== null) return [notChecked('resend_not_checked', why)]
  if ('error' in account) return []
  const url = reportsUrl(config.publicUrl)
  const facts = await within(readResend(resend, wait, url, signal), signal)
  if ('unread' in facts) return [notChecked('resend_not_checked', facts.unread)]
  const { reports, usage } = facts
  const secrets = config.resend.webhookSecrets
  return [
    'unread' in reports
      ? notChecked('resend_not_checked', reports.unread)
      : secrets === undefined
        ? []
        : ofReports(reports, url, secrets),
    'unread' in usage ? [] : ofUsage(usage), // older accounts have no such call
  ].flat()
}

/** Keeps to Resend's limit where Redis knows of it: a Redis that fails stops no request. */
const limiterOf = ({ config, redis, clock }: Parts) => {
  if (!redis) return { acquire: async () => 'paused' as const }
  const pause = createPause({ redis, clock })
  const limiter = createRateLimiter({ redis, clock, rate: config.resend.rateLimit, pause })
  return { acquire: () => limiter.acquire().catch(() => 'paused' as const) }
}

export const checkAccounts = async (parts: Parts): Promise<Finding[]> => {
  const { config, clock, signal } = parts
  const intended = intendedBy(
    config,
    createIsKindOff(brandWithoutPolar(config.brand), config.email.kindsOff),
  )
  const denials = createDenials(() => {}) // a denial is a finding here
  const polar = createPolarClient({ ...config.polar, denials }, UNLIMITED, clock)
  const resend = createResendClient({ ...config.resend, clock, onLimit: () => {} })
  const rateLimiter = limiterOf(parts)
  const read = createReadAccount({ polar, resend, rateLimiter, sender: intended.sender })
  const account = await read(signal)
  const [atPolar, atResend] = await Promise.all([
    checkPolar(polar, account.polar, intended, parts),
    checkResend(resend, account.resend, rateLimiter.acquire, parts),
  ])
  return [...atPolar, ...ofResend(account.resend, intended), ...atResend]
}
