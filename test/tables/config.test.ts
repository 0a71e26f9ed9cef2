import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  ConfigError,
  loadSettings,
  readCommandConfig,
  readConfig,
  settingNames,
} from '../../src/config.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { least, problemsOf, problemsWith, type Settings, withSettings } from './settings.ts'

describe('settings that are missing', () => {
  test('are all named at once, and no others are', () => {
    expect(problemsOf({})).toEqual(Object.keys(least).map((name) => `${name} is required`))
  })

  test('count as missing when they are empty or blank', () => {
    expect(problemsWith({ RESEND_API_KEY: '', POLAR_WEBHOOK_SECRET: '  ' })).toEqual([
      'POLAR_WEBHOOK_SECRET is required',
      'RESEND_API_KEY is required',
    ])
  })

  test('have their documented defaults', () => {
    expect(withSettings()).toMatchObject({
      port: 3000,
      host: '0.0.0.0',
      role: 'all',
      publicUrl: 'https://billing.example.com',
      redis: { urls: ['redis://localhost:6379'], durability: 'checked' },
      polar: {
        webhookSecrets: [least.POLAR_WEBHOOK_SECRET],
        environment: 'production',
        baseUrl: undefined,
        portalOrigin: 'https://polar.sh',
      },
      resend: { baseUrl: undefined, rateLimit: 5 },
      sendMode: 'live',
      liveSince: undefined,
      email: { replyTo: undefined, allowlist: undefined },
      links: { ttl: 90 * DAY, confirm: 'auto', settle: MINUTE },
      logLevel: 'info',
      alertWebhookUrl: undefined,
      brand: { fallback: { name: 'Acme', supportEmail: 'billing@example.com' }, configured: {} },
    })
  })
})

const BAD: Settings = {
  PORT: '70000',
  ROLE: 'both',
  PUBLIC_URL: 'https://billing.example.com/path',
  REDIS_URL: 'http://localhost',
  POLAR_WEBHOOK_SECRET: ',',
  POLAR_ORGANIZATION_SLUG: 'a/b',
  POLAR_ENVIRONMENT: 'test',
  POLAR_BASE_URL: 'api.polar.sh',
  POLAR_PORTAL_ORIGIN: 'ftp://polar.sh',
  RESEND_BASE_URL: 'https://api.resend.com/v1',
  RESEND_RATE_LIMIT: '0',
  SEND_MODE: 'dry',
  LIVE_SINCE: 'soon',
  EMAIL_FROM: 'Acme',
  EMAIL_REPLY_TO: 'help at example.com',
  LINK_SECRETS: 'c2hvcnQ=',
  LINK_TTL_DAYS: '1.5',
  LINK_CONFIRM: 'always',
  LINK_SETTLE_SECONDS: '-1',
  API_TOKEN: 'short',
  CONSOLE_PASSWORD: 'short',
  METRICS_TOKEN: 'short',
  RETURN_URL_ORIGINS: 'https://app.example.com,app.example.com/back',
  TRUSTED_PROXIES: '10.0.0.0/33',
  REDIS_DURABILITY: 'maybe',
  REDIS_CA_FILE: '/nowhere/ca.pem',
  LOG_LEVEL: 'loud',
  ALERT_WEBHOOK_URL: 'hooks.example.com',
  BRAND_LOGO_URL: 'logo.png',
  BRAND_LOGO_SIZE: 'big',
  BRAND_COLOR: 'blue',
  BRAND_SUPPORT_EMAIL: 'help',
  BRAND_WEBSITE: 'www.example.com',
}

describe('settings that are wrong', () => {
  test('are all named at once, each in one sentence that begins with its name', () => {
    const problems = problemsWith(BAD)
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(Object.keys(BAD))
    for (const problem of problems) expect(problem).toMatch(/^[A-Z_]+ [^\n]{5,}$/)
  })

  test.each(Object.entries(BAD))('are named one by one: %s=%s', (name, value) => {
    expect(problemsWith({ [name]: value })).toEqual([expect.stringMatching(`^${name} `)])
  })

  test('are named together with missing ones', () => {
    const { RESEND_API_KEY: _, ...rest } = least
    expect(problemsOf({ ...rest, PORT: 'x' }).map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'RESEND_API_KEY',
    ])
  })

  test('are named without the value of any secret', () => {
    const secrets = {
      POLAR_ACCESS_TOKEN: 'polar_oat_hush1',
      POLAR_WEBHOOK_SECRET: 'whsec_hush2',
      RESEND_API_KEY: 're_hush3',
      RESEND_WEBHOOK_SECRET: 'whsec_hush4',
      LINK_SECRETS: 'hush5',
      API_TOKEN: 'hush6',
      CONSOLE_PASSWORD: 'hush7',
      METRICS_TOKEN: 'hush8',
      REDIS_URL: 'http://default:hush9@localhost:6379',
      ALERT_WEBHOOK_URL: 'ftp://hooks.example.com/hush10',
    }
    const read = () => readConfig({ ...BAD, ...secrets })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow('LINK_SECRETS')
    expect(read).not.toThrow('hush')
  })
})

describe('the instant of going live', () => {
  const at = (text: string) => ({ now: () => Date.parse(text) })
  const read = (LIVE_SINCE: string, clock: { now: () => number }) =>
    readConfig({ ...least, LIVE_SINCE }, clock).liveSince

  test('may be now or earlier; the future is refused, together with other errors', () => {
    const now = at('2026-11-22T09:00:00Z')
    expect(read('2026-11-22T09:00:00Z', now)).toBe(now.now())
    expect(read('2026-11-22T09:30:00+01:00', now)).toBe(now.now() - 30 * MINUTE)
    expect(() => read('2026-11-22T09:00:01Z', now)).toThrow(/ {2}LIVE_SINCE is in the future/)
    const both = () => readConfig({ ...least, LIVE_SINCE: '2062-11-22T09:00:00Z', PORT: 'x' }, now)
    expect(both).toThrow(/PORT .*\n.*LIVE_SINCE is in the future/)
  })
})

describe('Polar’s sandbox', () => {
  const sandbox = { POLAR_ENVIRONMENT: 'sandbox' }

  test('requires an allowlist', () => {
    expect(problemsWith(sandbox)).toEqual([expect.stringMatching(/^EMAIL_ALLOWLIST is required/)])
    expect(problemsWith({ ...sandbox, EMAIL_ALLOWLIST: ' ' })).toHaveLength(1)
  })

  test('reports a missing allowlist together with other errors', () => {
    expect(problemsOf({ ...sandbox, PORT: 'x' })).toHaveLength(Object.keys(least).length + 2)
  })

  test('lower-cases the allowlist, and uses the portal of the sandbox', () => {
    const config = withSettings({ ...sandbox, EMAIL_ALLOWLIST: 'Ann@Example.com, @example.com,' })
    expect(config.email.allowlist).toEqual(['ann@example.com', '@example.com'])
    expect(config.polar.portalOrigin).toBe('https://sandbox.polar.sh')
  })

  test.each([',', '@@', 'foo bar', 'example.com, @'])(
    'refuses an allowlist like "%s"',
    (EMAIL_ALLOWLIST) => {
      expect(problemsWith({ ...sandbox, EMAIL_ALLOWLIST })).toEqual([
        expect.stringMatching(/^EMAIL_ALLOWLIST /),
      ])
    },
  )
})

describe('the configuration', () => {
  test('is frozen', () => {
    expect(Object.isFrozen(withSettings())).toBe(true)
  })

  test('ignores unknown variables', () => {
    expect(withSettings({ PATH: '/bin', POLAR_TOKEN: 'x' })).toEqual(withSettings())
    expect(new Set(settingNames).size).toBe(settingNames.length)
  })
})

describe('the settings of a command', () => {
  const settings = { REDIS_URL: 'redis://a:1, redis://b:2' }

  test('are those of Redis and alerts, even if others are missing or wrong', () => {
    expect(readCommandConfig({ ...settings, PORT: 'x', POLAR_ENVIRONMENT: 'sandbox' })).toEqual({
      redis: { urls: ['redis://a:1', 'redis://b:2'], replicas: 0 },
      alertWebhookUrl: undefined,
    })
  })

  test('are all named at once when they are wrong', () => {
    const read = () => readCommandConfig({ ALERT_WEBHOOK_URL: 'x' })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/REDIS_URL is required\n {2}ALERT_WEBHOOK_URL must be/)
  })
})

test('a file of settings that is not there is named', () => {
  vi.stubEnv('ENV_FILE', '/nowhere/settings.env')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(loadSettings).toThrow('ENV_FILE names no file that can be read: /nowhere/settings.env')
})
