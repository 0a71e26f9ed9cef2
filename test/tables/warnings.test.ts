// What a start goes on with, and warns of.

import { expect, test } from 'vitest'
import { warningsOf } from '../../src/warnings.ts'
import { least, type Settings, withSettings } from './settings.ts'

const WHOLE = { RESEND_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 'resend').toString('base64')}` }

const warnings = (settings: Settings) => warningsOf(withSettings({ ...WHOLE, ...settings }))

test('settings as they should be are no reason for a warning', () => {
  expect(warnings({})).toEqual([])
  expect(warnings({ POLAR_ENVIRONMENT: 'sandbox', EMAIL_ALLOWLIST: 'example.com' })).toEqual([])
})

test('an allowlist in production is a warning', () => {
  expect(warnings({ EMAIL_ALLOWLIST: 'example.com' })).toEqual([
    expect.stringMatching(/^EMAIL_ALLOWLIST is set in production: every other customer gets no/),
  ])
})

test('a start that hears of no bounces is a warning', () => {
  expect(warningsOf(withSettings())).toEqual([
    expect.stringMatching(/^RESEND_WEBHOOK_SECRET is not set: bounces and complaints stay unknown/),
  ])
})

test('links that travel in the clear are a warning, but not on this machine', () => {
  expect(warnings({ PUBLIC_URL: 'http://billing.example.com' })).toEqual([
    expect.stringMatching(/^PUBLIC_URL is not https/),
  ])
  for (const host of ['localhost:3000', '127.0.0.1', '[::1]:80'])
    expect(warnings({ PUBLIC_URL: `http://${host}` })).toEqual([])
  expect(warnings({ PUBLIC_URL: 'http://localhost.example.com' })).toHaveLength(1)
  expect(least.PUBLIC_URL).toMatch(/^https:/)
})
