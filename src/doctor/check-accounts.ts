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
import {
  type Intended,
  intendedBy,
  type PolarRead,
  type ResendRead,
  type Unread,
} from './account.ts'
import type { Reading } from './coverage.ts'
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

const notChecked = (
  name: 'polar_not_checked' | 'resend_not_checked',
  { unread, isLimited }: Unread,
): Finding => {
  const whose = name === 'polar_not_checked' ? 'Polar' : 'Resend'
  return finding(name, {
    says: isLimited
      ? `${whose} could not be checked in full: it had too many requests within a moment (${unread}).`
      : `${whose} could not be checked in full (${unread}).`,
    why: 'Mistakes there stay unknown.',
    mend: isLimited
      ? 'Wait a minute, and run the doctor again.'
      : `Run the doctor again. See the status page of ${whose}, and whether this machine reaches it.`,
  })
}

/** The findings, and the readings that failed. */
export type AccountCheck = { findings: readonly Finding[]; unread: readonly Reading[] }

const checkPolar = async (
  polar: PolarClient,
  account: PolarRead,
  intended: Intended,
  { config, clock, signal }: Parts,
): Promise<AccountCheck> => {
  if ('denied' in account && account.denied === 401)
    return { findings: [TOKEN_REFUSED], unread: [] }
  const why = unreadAtPolar(account)
  const told = [...ofPolar(account, intended), ...sentByNobody(account, intended)]
  if ('unread' in account)
    return {
      findings: [notChecked('polar_not_checked', account)],
      unread: ['polar_account', 'polar_webhooks'],
    }
  const ours = oursIn(config)
  const facts = await within(readPolar(polar, ours, clock.now()), signal)
  if ('unread' in facts)
    return {
      findings: [...told, notChecked('polar_not_checked', why === null ? facts : { unread: why })],
      unread: ['polar_webhooks'],
    }
  return {
    findings: [
      ...(why === null ? [] : [notChecked('polar_not_checked', { unread: why })]),
      ...ofScopes(facts.lacked),
      ...told,
      ...(facts.endpoints === null ? [] : ofEndpoints(facts.endpoints, ours)),
      ...ofAttempts(facts.attempts, clock.now()),
      ...ofClock(facts.time, clock.now()),
    ],
    unread: [],
  }
}

const MORE_OF_RESEND: readonly Reading[] = ['resend_reports', 'resend_usage']

const checkResend = async (
  resend: ResendClient,
  account: ResendRead,
  wait: () => Promise<unknown>,
  { config, signal }: Parts,
): Promise<AccountCheck> => {
  const why = unreadAtResend(account)
  if (why !== null)
    return {
      findings: [notChecked('resend_not_checked', why)],
      unread: ['resend_account', ...MORE_OF_RESEND],
    }
  if ('error' in account) return { findings: [], unread: [] }
  const url = reportsUrl(config.publicUrl)
  const facts = await within(readResend(resend, wait, url, signal), signal)
  if ('unread' in facts)
    return { findings: [notChecked('resend_not_checked', facts)], unread: MORE_OF_RESEND }
  const { reports, usage } = facts
  const secrets = config.resend.webhookSecrets
  // Older accounts have no such call as that for the usage.
  const failed = [reports, usage].find(
    (one) => 'unread' in one && (one === reports || one.isLimited === true),
  )
  return {
    findings: [
      ...(failed && 'unread' in failed ? [notChecked('resend_not_checked', failed)] : []),
      ...('unread' in reports || secrets === undefined ? [] : ofReports(reports, url, secrets)),
      ...('unread' in usage ? [] : ofUsage(usage)),
    ],
    unread: [
      ...('unread' in reports ? (['resend_reports'] as const) : []),
      ...('unread' in usage ? (['resend_usage'] as const) : []),
    ],
  }
}

/** Keeps to Resend's limit where Redis knows of it: a Redis that fails stops no request. */
const limiterOf = ({ config, redis, clock }: Parts) => {
  if (!redis) return { acquire: async () => 'paused' as const }
  const pause = createPause({ redis, clock })
  const limiter = createRateLimiter({ redis, clock, rate: config.resend.rateLimit, pause })
  return { acquire: () => limiter.acquire().catch(() => 'paused' as const) }
}

export const checkAccounts = async (parts: Parts): Promise<AccountCheck> => {
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
  return {
    findings: [...atPolar.findings, ...ofResend(account.resend, intended), ...atResend.findings],
    unread: [...atPolar.unread, ...atResend.unread],
  }
}
