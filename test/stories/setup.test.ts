// `npm run setup`: from two keys to a working configuration, and back.

import { readdirSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { NEEDED_EVENTS } from '../../src/watch/needed-events.ts'
import { PUBLIC_URL, startAccounts } from '../support/setup.ts'

const URL_AT_POLAR = `${PUBLIC_URL}/webhooks/polar`
const URL_AT_RESEND = `${PUBLIC_URL}/webhooks/resend`

/** Every value that nobody may read on a screen. */
const secretsIn = (env: Record<string, string>) =>
  Object.entries(env)
    .filter(([name, value]) => /SECRET|TOKEN|PASSWORD|_KEY$/.test(name) && value)
    .map(([, value]) => value)

describe('a setup that asks nothing', () => {
  test('registers both webhooks and writes a whole .env, and shows no secret', async () => {
    const accounts = await startAccounts()
    const { code, text } = await accounts.run('--yes')
    expect([code, text]).toEqual([0, expect.stringContaining('Done.')])
    const { endpoints, webhooks, emails } = accounts.state()
    expect(endpoints).toMatchObject([
      { url: URL_AT_POLAR, format: 'raw', api_version: '2026-10', enabled: true },
    ])
    expect(endpoints[0]?.events.toSorted()).toEqual(NEEDED_EVENTS.toSorted())
    expect(webhooks).toMatchObject([{ endpoint: URL_AT_RESEND, status: 'enabled' }])
    expect(webhooks[0]?.events).toHaveLength(7)
    expect(Object.values(emails)).not.toContain(false)

    const env = accounts.env()
    expect(env).toMatchObject({
      ...accounts.settings,
      POLAR_WEBHOOK_SECRET: endpoints[0]?.secret,
      RESEND_WEBHOOK_SECRET: webhooks[0]?.signing_secret,
      POLAR_ORGANIZATION_SLUG: 'larkspur',
      SEND_MODE: 'shadow',
    })
    expect(readConfig(env).apiToken).toBeDefined()
    expect(accounts.mode('.env')).toBe(0o600)
    expect(accounts.mode('.postern-setup.json')).toBe(0o600)
    const record = accounts.read('.postern-setup.json')
    for (const secret of secretsIn(env)) {
      expect(text).not.toContain(secret)
      expect(record).not.toContain(secret)
    }
    // Comments and order are those of the example.
    const bare = (lines: string) => lines.replace(/^(?:# ?)?([A-Z_]+)=.*$/gm, '$1')
    expect(bare(accounts.read('.env'))).toBe(bare(accounts.read('.env.example')))
  })

  test('changes nothing when it is run again', async () => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    const [state, env] = [accounts.state(), accounts.read('.env')]
    expect(await accounts.run('--yes', {})).toMatchObject({
      ...{ code: 0, text: 'Everything is there; nothing was changed.' },
    })
    expect([accounts.state(), accounts.read('.env')]).toEqual([state, env])
  })

  test('only shows its plan in a dry run', async () => {
    const accounts = await startAccounts()
    const state = accounts.state()
    const { code, text } = await accounts.run('--dry-run')
    expect(code).toBe(0)
    for (const part of [URL_AT_POLAR, URL_AT_RESEND, 'makes up LINK_SECRETS', 'larkspur'])
      expect(text).toContain(part)
    expect(accounts.state()).toEqual(state)
    expect(readdirSync(accounts.folder)).toEqual(['.env.example'])
  })

  test('keeps the values, comments and unknown lines of a .env that is there', async () => {
    const accounts = await startAccounts()
    const before = '# ours\nSEND_MODE=hold\nOTHER=1\nLOG_LEVEL=debug # loud\nRESEND_API_KEY=\n'
    accounts.write('.env', before)
    expect((await accounts.run('--yes')).code).toBe(0)
    expect(accounts.read('.env')).toMatch(
      /^# ours\nSEND_MODE=hold\nOTHER=1\nLOG_LEVEL=debug # loud\n/,
    )
    expect(accounts.env()).toMatchObject({ ...parseEnv(before), ...accounts.settings })
    await accounts.run('--undo --yes')
    expect(accounts.read('.env')).toBe(before)
  })
})

describe('what stands in the way is told before anything is changed', () => {
  type Situation = Awaited<ReturnType<typeof startAccounts>>
  const CASES: [string, (accounts: Situation) => Record<string, string> | undefined, RegExp][] = [
    [
      'everything that is missing, at once',
      () => ({}),
      /POLAR_ACCESS_TOKEN is required\n {2}RESEND_API_KEY is required\n {2}EMAIL_FROM is required\n {2}PUBLIC_URL is required\n {2}REDIS_URL is required$/,
    ],
    [
      'a bad token and a bad key, at once',
      ({ settings }) => ({
        ...settings,
        POLAR_ACCESS_TOKEN: 'polar_oat_of_somebody_else',
        RESEND_API_KEY: 're_of_somebody_else',
      }),
      /POLAR_ACCESS_TOKEN is refused by Polar[\s\S]*RESEND_API_KEY is refused by Resend/,
    ],
    [
      'keys in each other’s place',
      ({ settings }) => ({ ...settings, RESEND_API_KEY: settings.POLAR_ACCESS_TOKEN ?? '' }),
      /RESEND_API_KEY contains a value for POLAR_ACCESS_TOKEN/,
    ],
    [
      'a key that may only send',
      ({ resend }) => {
        resend.permission = 'sending_access'
        return undefined
      },
      /RESEND_API_KEY may only send: make a key with full access/,
    ],
    [
      'no verified domain',
      ({ resend }) => {
        resend.changeDomain({ status: 'pending' })
        return undefined
      },
      /no verified domain/,
    ],
    [
      'a sender at another domain',
      ({ settings }) => ({ ...settings, EMAIL_FROM: 'billing@another.example.com' }),
      /EMAIL_FROM cannot be used\. EMAIL_FROM is at another\.example\.com/,
    ],
    [
      'an address that Polar and Resend cannot reach',
      ({ settings }) => ({ ...settings, PUBLIC_URL: 'http://billing.larkspur.example.com' }),
      /PUBLIC_URL must begin with https/,
    ],
    [
      'a token without organizations:read',
      ({ polar }) => {
        polar.missingScopes = ['organizations:read', 'organizations:write']
        return undefined
      },
      /POLAR_ACCESS_TOKEN is refused by Polar: .*lacks the scope organizations:read/,
    ],
    [
      'a token without webhooks:write, and how to do it by hand',
      ({ polar }) => {
        polar.missingScopes = ['webhooks:write']
        return undefined
      },
      /lacks the scope webhooks:write\. .*URL https:\/\/billing\.larkspur\.example\.com\/webhooks\/polar, format Raw, API version 2026-10, events order\.created, /,
    ],
    [
      'a sandbox without an allowlist',
      ({ settings }) => ({ ...settings, POLAR_ENVIRONMENT: 'sandbox' }),
      /EMAIL_ALLOWLIST is required/,
    ],
  ]

  test.each(CASES)('%s', async (_, arrange, says) => {
    const accounts = await startAccounts()
    const environment = arrange(accounts)
    const state = accounts.state()
    const { code, text } = await accounts.run('--yes', environment)
    expect([code, text]).toEqual([1, expect.stringMatching(says)])
    expect(accounts.state()).toEqual(state)
    expect(readdirSync(accounts.folder)).toEqual(['.env.example'])
  })

  test('that there is nobody to ask', async () => {
    const accounts = await startAccounts()
    expect(await accounts.run('')).toMatchObject({
      ...{ code: 1, text: expect.stringContaining('npm run setup -- --yes') },
    })
    expect((await accounts.run('--yes --undoo')).text).toContain('--dry-run')
  })
})
