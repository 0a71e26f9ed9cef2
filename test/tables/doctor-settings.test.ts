// Settings that do not prevent a start, but cause a warning.

import { expect, test } from 'vitest'
import { reportOf } from '../../src/cli/doctor-report.ts'
import { runDoctor } from '../../src/doctor/doctor.ts'
import { ofSettings } from '../../src/doctor/settings.ts'
import { sentenceOf } from '../../src/watch/finding.ts'
import { least, type Settings, withSettings } from './settings.ts'

const WHOLE = { RESEND_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 'resend').toString('base64')}` }

const warnings = (settings: Settings) =>
  ofSettings(withSettings({ ...WHOLE, ...settings })).map(sentenceOf)

test('ordinary settings cause no warning', () => {
  expect(warnings({})).toEqual([])
  expect(warnings({ POLAR_ENVIRONMENT: 'sandbox', EMAIL_ALLOWLIST: 'example.com' })).toEqual([])
})

test('an allowlist in production causes a warning', () => {
  expect(warnings({ EMAIL_ALLOWLIST: 'example.com' })).toEqual([
    expect.stringMatching(/^EMAIL_ALLOWLIST is set in production\. All other customers get no/),
  ])
})

test('a missing Resend webhook causes a warning', () => {
  expect(ofSettings(withSettings()).map(sentenceOf)).toEqual([
    expect.stringMatching(/^RESEND_WEBHOOK_SECRET is not set\. Postern does not learn of bounces/),
  ])
})

test('links without https cause a warning, except on this machine', () => {
  expect(warnings({ PUBLIC_URL: 'http://billing.example.com' })).toEqual([
    expect.stringMatching(/^PUBLIC_URL is not https/),
  ])
  for (const host of ['localhost:3000', '127.0.0.1', '[::1]:80'])
    expect(warnings({ PUBLIC_URL: `http://${host}` })).toEqual([])
  expect(warnings({ PUBLIC_URL: 'http://localhost.example.com' })).toHaveLength(1)
  expect(least.PUBLIC_URL).toMatch(/^https:/)
})

test('a part that was not checked says why', () => {
  const nothing = { findings: [], checked: [], unread: [], notes: [] }
  const why = 'It was not checked, since settings are invalid: see below.'
  expect(reportOf(nothing, false).filter((line) => line === `  ${why}`)).toHaveLength(4)
})

test('a doctor before a setup says first to run it', async () => {
  const given = { POLAR_ACCESS_TOKEN: 'polar_oat_secret' } // the keys may be in the shell already
  const report = reportOf(await runDoctor({ environment: given }), false)
  expect(report[0]).toMatch(/^Postern is not set up yet: .* Run npm run setup first\./)
  expect(report.filter((line) => line.includes('npm run setup'))).toHaveLength(1)
  expect(report.at(-1)).toMatch(/^\d+ problems/)
  const { PUBLIC_URL: _, REDIS_URL: __, ...unfinished } = least
  const { findings } = await runDoctor({ environment: unfinished })
  expect(findings.map(({ name }) => name)).toEqual([
    ...['settings_invalid', 'settings_invalid', 'not_checked'],
  ])
})
