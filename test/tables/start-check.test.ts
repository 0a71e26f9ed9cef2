// How the check of a start reads both accounts: page by page, within its time, and given up when the process ends.

import { expect, test } from 'vitest'
import type { Alert } from '../../src/alerts/alert.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { createAccountCheck } from '../../src/doctor/start-check.ts'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import type { SendingDomain } from '../../src/resend/account.ts'
import { createLog } from '../../src/runtime/log.ts'
import { withSettings } from './settings.ts'

const domainAt = (name: string, change: Partial<SendingDomain> = {}): SendingDomain => ({
  ...{ id: `id of ${name}`, name, status: 'verified', maySend: true },
  ...{ clickTracking: false, openTracking: false, ...change },
})

type Parts = Parameters<typeof createAccountCheck>[0]

const never = () => new Promise<never>(() => {})

const started = (
  parts: Partial<Parts> = {},
  domains: SendingDomain[] = [domainAt('example.com')],
) => {
  const lines: Record<string, unknown>[] = []
  const told: Alert[] = []
  const kept: Finding[] = []
  const asked: string[] = []
  const account = createAccountCheck({
    config: withSettings(),
    isOff: () => false,
    ofSettings: [],
    kept: { keep: async (findings) => void kept.push(...findings) },
    polar: { tokenOrganizations: async () => [{ slug: 'larkspur', emailsOn: [], emailsOff: [] }] },
    rateLimiter: { acquire: async () => ({ at: 1 }) },
    resend: {
      domains: async (after) => {
        asked.push(`after ${after}`)
        const at = domains.findIndex(({ id }) => id === after) + 1
        return { domains: domains.slice(at, at + 1), hasMore: at + 1 < domains.length }
      },
      domain: async (id) => {
        asked.push(id)
        return domainAt('example.com', { clickTracking: true })
      },
    },
    notify: (alert) => told.push(alert),
    log: createLog('debug', { write: (line) => lines.push(JSON.parse(line)) }),
    ...parts,
  })
  return {
    ...account,
    told,
    kept,
    asked,
    said: () => lines.map(({ level, msg }) => [level, msg]),
    lines,
  }
}

const INFO = 30
const WARN = 40

test('accounts that are well are one line', async () => {
  const { check, said, told } = started()
  await check()
  expect(said()).toEqual([[INFO, 'account checked']])
  expect(told).toEqual([])
})

test('the domain is looked for on every page', async () => {
  const { check, said, asked } = started(
    {},
    ['a', 'b', 'example.com'].map((name) => domainAt(name)),
  )
  await check()
  expect(asked).toEqual(['after null', 'after id of a', 'after id of b'])
  expect(said()).toEqual([[INFO, 'account checked']])
})

test('a missing domain is told with all others', async () => {
  const { check, lines, told } = started(
    {},
    ['a', 'b'].map((name) => domainAt(name)),
  )
  await check()
  expect(lines).toEqual([
    expect.objectContaining({
      level: WARN,
      finding: 'domain_missing',
      msg: expect.stringContaining('a and b'),
    }),
  ])
  expect(told).toEqual([
    { event: 'account_finding', finding: 'domain_missing', says: lines[0]?.msg },
  ])
})

test('a list without the tracking makes it ask for the domain itself', async () => {
  const { check, lines, asked } = started({}, [domainAt('example.com', { clickTracking: null })])
  await check()
  expect(asked).toEqual(['after null', 'id of example.com'])
  expect(lines).toEqual([expect.objectContaining({ finding: 'domain_tracking' })])
})

test('of two domains of that name the verified one counts', async () => {
  const twins = [domainAt('example.com', { status: 'failed' }), domainAt('example.com')]
  const { check, said } = started({
    resend: { domains: async () => ({ domains: twins, hasMore: false }), domain: never },
  })
  await check()
  expect(said()).toEqual([[INFO, 'account checked']])
})

test('accounts that cannot be reached are one line, and no alert', async () => {
  const error = { name: 'application_error', status: null, message: '', retryAfter: null }
  const { check, lines, told } = started({
    resend: { domains: async () => ({ error }), domain: never },
    polar: {
      tokenOrganizations: () => Promise.reject(new PolarUnavailableError('Polar: it is away')),
    },
  })
  await check()
  expect(lines).toEqual([
    expect.objectContaining({
      ...{ level: INFO, msg: 'account not checked', polar: 'Polar: it is away' },
      resend: 'application_error (no answer)',
    }),
  ])
  expect(told).toEqual([])
})

test('one that cannot be reached does not hide what the other shows', async () => {
  const { check, said } = started({ polar: { tokenOrganizations: never }, patience: 20 }, [])
  await check()
  expect(said()).toEqual([
    [WARN, expect.stringContaining('not a domain of')],
    [INFO, 'account not checked'],
  ])
})

test('a permit that does not come, and answers that do not, end with its time', async () => {
  for (const parts of [
    { rateLimiter: { acquire: never } },
    { resend: { domains: never, domain: never } },
  ]) {
    const { check, lines } = started({ ...parts, patience: 20 })
    await check()
    expect(lines).toEqual([
      expect.objectContaining({ msg: 'account not checked', resend: 'no answer in time' }),
    ])
  }
})

test('the signal ends what Resend is asked', async () => {
  const signals: AbortSignal[] = []
  const domains = (_: string | null, signal: AbortSignal) => {
    signals.push(signal)
    return never()
  }
  const { check, close } = started({ resend: { domains, domain: never } })
  const checked = check()
  await expect.poll(() => signals.length).toBe(1)
  expect(signals[0]?.aborted).toBe(false)
  close()
  await checked
  expect(signals[0]?.aborted).toBe(true)
})

test('a process that ends says no more of it', async () => {
  const { check, close, lines, told } = started({ polar: { tokenOrganizations: never } }, [])
  const checked = check()
  close()
  await checked
  await check()
  expect(lines).toEqual([])
  expect(told).toEqual([])
})

test('while all mail is stopped it asks all the same', async () => {
  const { check, said } = started({ rateLimiter: { acquire: async () => 'paused' } })
  await check()
  expect(said()).toEqual([[INFO, 'account checked']])
})
