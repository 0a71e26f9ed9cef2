// The doctor: a sound configuration has no finding, and each planted fault has one, which says what mends it.

import { describe, expect, test } from 'vitest'
import { isSound, reportOf } from '../../src/cli/doctor-report.ts'
import type { Diagnosis } from '../../src/doctor/check-all.ts'
import { FINDINGS } from '../../src/doctor/finding.ts'
import { createKeptFindings } from '../../src/doctor/store.ts'
import { LIVE_SINCE_KEY } from '../../src/redis/keys.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { sentenceOf } from '../../src/watch/finding.ts'
import { runCommand } from '../support/command.ts'
import { healthyConfiguration } from '../support/doctor.ts'
import { reports, switched } from '../support/faults/fault.ts'
import { polarFaults } from '../support/faults/polar.ts'
import { posternFaults } from '../support/faults/postern.ts'
import { redisFaults } from '../support/faults/redis.ts'
import { resendFaults } from '../support/faults/resend.ts'
import { onlyRunning } from '../support/processes.ts'

const well = await healthyConfiguration()
const { diagnose } = well

/** Nothing that opens anything, nor the path of an alert's URL. */
const SECRETS = ['TOKEN', 'SECRET', 'SECRETS', 'KEY', 'PASSWORD', 'ALERT_WEBHOOK_URL']

const secretsOf = (settings: Record<string, string>) =>
  Object.entries(settings).flatMap(([name, value]) =>
    SECRETS.some((end) => name.endsWith(end)) ? value.split(',').filter(Boolean) : [],
  )

const expectNoSecret = (diagnosis: Diagnosis, settings: Record<string, string>) => {
  const text = [...reportOf(diagnosis, false), ...reportOf(diagnosis, true)].join('\n')
  for (const secret of secretsOf(settings)) expect(text).not.toContain(secret)
}

const namesIn = ({ findings }: Diagnosis) => findings.map(({ name }) => name)

const FAULTS = [...redisFaults, ...polarFaults, ...resendFaults, ...posternFaults]

/** These come with another one for a reason, or several at once. */
const ALSO: Record<string, readonly string[]> = {
  'the clock is ten minutes ahead': ['redis_clock'],
  'the clock is a minute behind': ['redis_clock'],
  // Its connection may be left in the middle.
  'it is a replica': ['not_checked'],
}

/** No simulation shows these, or none alone: `test/tables/doctor*.test.ts` have them. */
const IN_THE_TABLE: readonly string[] = [
  ...[
    'redis_version',
    'redis_disk_failing',
    'redis_clock',
    'redis_replicas_unused',
    'endpoint_twice',
    'silence',
  ],
  ...['public_url_plain', 'public_url_private', 'public_url_address', 'public_url_other_domain'],
  ...['messages_held', 'not_checked', 'not_set_up'],
]

test('every finding has its fault', () => {
  const planted = new Set([...FAULTS.map(([name]) => name), ...IN_THE_TABLE])
  expect([...planted].toSorted()).toEqual(Object.keys(FINDINGS).toSorted())
})

describe('a fault', () => {
  test.each(FAULTS)(
    '%s: %s',
    async (name, fault, { plant, settings: set, parts, status, mend }) => {
      await plant?.(well)
      const settings = typeof set === 'function' ? set(well) : set
      const diagnosis = await diagnose(settings, parts)
      const also = ALSO[fault] ?? []
      const others = namesIn(diagnosis).filter((one) => one !== name && !also.includes(one))
      // A wrong setting keeps the rest from being checked, and says so.
      expect(others).toEqual(name === 'settings_invalid' ? ['not_checked'] : [])
      const found = diagnosis.findings.find((one) => one.name === name)
      expect(found && sentenceOf(found)).toMatch(mend)
      expect(isSound(diagnosis) ? 0 : 1).toBe(status)
      expectNoSecret(diagnosis, { ...well.settings, ...settings })
    },
  )
})

describe('a sound configuration', () => {
  test('has no finding, and says so by group', async () => {
    const diagnosis = await diagnose()
    expect(diagnosis).toMatchObject({ findings: [], notes: [] })
    const report = reportOf(diagnosis, false)
    expect(report.filter((line) => /^\S/.test(line))).toEqual([
      ...['Redis', 'Polar', 'Resend', 'This Postern', '0 problems, 0 warnings.'],
    ])
    const kept = await createKeptFindings(well.redis, systemClock).read()
    expect(kept).toEqual({ findings: [], checkedAt: expect.any(Number) })
  })

  test('may end PUBLIC_URL with a slash, and be checked before the first start', async () => {
    await well.redis.del(LIVE_SINCE_KEY)
    await onlyRunning(well.redis)
    const { findings, notes } = await diagnose({ PUBLIC_URL: `${well.publicUrl}/` })
    expect(findings).toEqual([])
    expect(notes).toEqual(['Postern has not been started with this Redis yet.'])
  })

  test.each([
    ['shadow', /sends none/],
    ['hold', /wait/],
  ] as const)("may be in %s, while Polar's own emails are on", async (SEND_MODE, note) => {
    switched(true, ...Object.keys(well.polar.world.organization.customer_email_settings))(well)
    await onlyRunning(well.redis, { mode: SEND_MODE })
    const { findings, notes } = await diagnose({ SEND_MODE })
    expect(findings).toEqual([])
    expect(notes).toEqual([expect.stringMatching(note)])
  })
})

test('what was found at an account stays, with its time, until a check can read the account again', async () => {
  const { polar, resend, redis } = well
  const kept = createKeptFindings(redis, systemClock)
  const NAMES = ['domain_tracking', 'polar_scope_missing', 'reports_disabled', 'resend_quota']
  polar.missingScopes = ['refunds:read', 'refunds:write']
  resend.changeDomain({ click_tracking: true })
  reports({ status: 'disabled' })(well)
  resend.useQuota({ daily: 950 })
  await diagnose()
  const { findings: before } = await kept.read()
  expect(before.map(({ name }) => name).toSorted()).toEqual(NAMES)

  polar.fault = () => ({ status: 503 })
  resend.fault = () => ({ status: 500 })
  await diagnose()
  const { findings: after } = await kept.read()
  expect(after).toEqual(expect.arrayContaining([...before]))
  expect(
    after
      .slice(0, -before.length)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...['polar_not_checked', 'resend_not_checked']])

  polar.fault = undefined
  polar.missingScopes = []
  resend.fault = undefined
  resend.changeDomain({ click_tracking: false })
  reports({ status: 'enabled' })(well)
  resend.useQuota({ daily: 0 })
  await diagnose()
  expect((await kept.read()).findings).toEqual([])
})

test('the sandbox is meant to have a private address and an early LIVE_SINCE', async () => {
  const local = { PUBLIC_URL: 'http://127.0.0.1:1', LIVE_SINCE: '2020-01-01T00:00:00Z' }
  const namesOf = async (settings: Record<string, string>) =>
    (await well.diagnose(settings)).findings.map(({ name }) => name)
  const meant = ['public_url_private', 'live_since_early']
  expect(await namesOf(local)).toEqual(expect.arrayContaining(meant))
  const inSandbox = await namesOf({ ...local, POLAR_PORTAL_ORIGIN: well.polar.url })
  expect(inSandbox.filter((name) => meant.includes(name))).toEqual([])
})

test('npm run doctor ends with 1 for a problem, and prints the same as JSON', async () => {
  const PRIVATE = 'http://127.0.0.1:1'
  const settings = { ...well.settings, PUBLIC_URL: PRIVATE, RESEND_WEBHOOK_SECRET: '' }
  const bad = await runCommand('doctor', settings, ['--json'])
  expect([bad.code, bad.err]).toEqual([1, ''])
  expect(JSON.parse(bad.out).findings).toContainEqual(
    expect.objectContaining({ name: 'public_url_private', severity: 'problem' }),
  )
  // In Polar's sandbox, a Postern on a developer's machine is no problem.
  const fair = await runCommand('doctor', {
    ...{ ...settings, POLAR_ENVIRONMENT: 'sandbox', EMAIL_ALLOWLIST: 'example.com' },
  })
  expect(fair.out).toMatch(/^Redis\n {2}It takes writes[\s\S]*warning: public_url_private/)
  expect([fair.code, fair.err]).toEqual([0, ''])
})
