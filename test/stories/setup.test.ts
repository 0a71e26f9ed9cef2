// `npm run setup`: from two keys to a working configuration, and back.

import { readdirSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { Reached } from '../../src/doctor/reach.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { NEEDED_EVENTS } from '../../src/watch/needed-events.ts'
import { type Accounts, PUBLIC_URL, startAccounts } from '../support/setup.ts'

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
    expect([code, text]).toEqual([0, expect.stringMatching(/Done\.[\s\S]*what the doctor says/)])
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
      code: 0,
      text: expect.stringMatching(
        /^Everything is there; nothing was changed\.\nWhat is next.*\n {2}3\. Rehearse/,
      ),
    })
    expect([accounts.state(), accounts.read('.env')]).toEqual([state, env])
  })

  test('only shows its plan in a dry run', async () => {
    const accounts = await startAccounts()
    const state = accounts.state()
    const { code, text } = await accounts.run('--dry-run')
    expect(code).toBe(0)
    for (const part of [
      ...[URL_AT_POLAR, URL_AT_RESEND, 'makes up LINK_SECRETS', 'larkspur'],
      'Nothing was changed: this was a dry run.',
    ])
      expect(text).toContain(part)
    expect(accounts.state()).toEqual(state)
    expect(readdirSync(accounts.folder)).toEqual(['.env.example'])
  })

  test('writes where the accounts are, and names what a start elsewhere would lack', async () => {
    const accounts = await startAccounts()
    const exported = { ...accounts.settings, PORT: '4000', SEND_MODE: 'live' }
    const { text } = await accounts.run('--yes', exported)
    expect(accounts.env()).toMatchObject({ ...accounts.origins, PORT: '3000', SEND_MODE: 'shadow' })
    expect(text).toContain('Set in this shell, and not so in .env: PORT, SEND_MODE. ')
    expect((await accounts.run('--yes', {})).text).not.toContain('Set in this shell')
  })

  test('says what is wrong with the address before it does anything', async () => {
    const accounts = await startAccounts()
    const warnings = async (answer: Reached, PUBLIC_URL = accounts.settings.PUBLIC_URL ?? '') => {
      accounts.outside.answer = answer
      const { text } = await accounts.run('--dry-run', { ...accounts.settings, PUBLIC_URL })
      return text.slice(0, text.indexOf('Setup will do this'))
    }
    const answer = (status: number, body = '') => ({ status, location: null, body })
    expect(await warnings({ failed: 'ENOTFOUND' })).toBe('')
    expect(await warnings(answer(200, '{"status":"alive"}'))).toBe('')
    expect(await warnings(answer(404))).toContain('Another service than Postern answers')
    expect(await warnings(answer(301))).toContain('redirects')
    expect(await warnings(answer(502), 'http://localhost:3000')).toMatch(
      /^PUBLIC_URL is http:\/\/localhost:3000, which nobody outside can reach\. .* no webhook arrives/,
    )
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
  const CASES: [string, (accounts: Accounts) => Record<string, string> | undefined, RegExp][] = [
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
      'an address that nobody outside can reach',
      () => ({ PUBLIC_URL: 'https://10.0.0.7', POLAR_BASE_URL: '' }),
      /PUBLIC_URL cannot be reached from outside, .* tunnel to this machine/,
    ],
    [
      'a key that does not look like one',
      ({ settings }) => ({ ...settings, POLAR_ACCESS_TOKEN: 'polar_pat_of_a_person' }),
      /POLAR_ACCESS_TOKEN is refused by Polar: .* begins with polar_oat_, and this one does not/,
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

describe('webhooks that are there already', () => {
  /** An endpoint that somebody made by hand, with everything wrong with it. */
  const arrange = async ({ sdk, resend }: Accounts) => {
    const made = await sdk.webhooks.createWebhookEndpoint({
      ...{ url: `${URL_AT_POLAR}/`, format: 'slack', api_version: '2026-04' },
      events: ['order.paid', 'product.updated'],
    })
    await sdk.webhooks.updateWebhookEndpoint(made.id, { enabled: false })
    resend.webhooks.add({
      ...{ endpoint: URL_AT_RESEND, signing_secret: SECRETS.resendWebhook },
      ...{ events: ['email.sent', 'email.opened'], status: 'disabled' },
    })
  }

  test('are corrected, and put back by an undo', async () => {
    const accounts = await startAccounts()
    await arrange(accounts)
    const before = accounts.state()
    const { text } = await accounts.run('--yes')
    expect(text).toContain(
      `: adds ${NEEDED_EVENTS.length - 1} types of events, sets its format from slack to Raw, sets its API version to 2026-10, enables it`,
    )
    const { endpoints, webhooks } = accounts.state()
    expect(endpoints).toMatchObject([
      { url: `${URL_AT_POLAR}/`, format: 'raw', api_version: '2026-10', enabled: true },
    ])
    expect(endpoints[0]?.events).toEqual(
      expect.arrayContaining(['product.updated', ...NEEDED_EVENTS]),
    )
    expect(webhooks).toMatchObject([{ status: 'enabled' }])
    expect(webhooks[0]?.events).toHaveLength(8)
    expect(accounts.env().RESEND_WEBHOOK_SECRET).toBe(SECRETS.resendWebhook)
    expect((await accounts.run('--yes --undo', accounts.settings)).code).toBe(0)
    expect(accounts.state()).toEqual(before)
  })

  test('keep the older secrets of a .env valid, after their own', async () => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    const { POLAR_WEBHOOK_SECRET: own = '' } = accounts.env()
    const older = SECRETS.polarWebhook
    accounts.write('.env', accounts.read('.env').replace(own, older))
    await accounts.run('--yes', {})
    expect(accounts.env().POLAR_WEBHOOK_SECRET).toBe(`${own},${older}`)
  })
})

describe('an undo', () => {
  test('removes what the setup made, and keeps its .env under another name', async () => {
    const accounts = await startAccounts()
    const before = accounts.state()
    await accounts.run('--yes')
    const env = accounts.read('.env')
    const plan = await accounts.run('--dry-run --undo', {})
    expect(plan.text).toContain(`removes the webhook endpoint ${URL_AT_POLAR} at Polar`)
    expect((await accounts.run('--undo --yes', {})).code).toBe(0)
    expect(accounts.state()).toEqual(before)
    expect(readdirSync(accounts.folder).toSorted()).toEqual(['.env.example', '.env.undone'])
    expect([accounts.read('.env.undone'), accounts.mode('.env.undone')]).toEqual([env, 0o600])
    expect((await accounts.run('--undo --yes', {})).text).toContain('Nothing to undo')
  })

  test('does not mind what somebody has removed meanwhile', async () => {
    const accounts = await startAccounts()
    const before = accounts.state()
    await accounts.run('--yes')
    for (const { id } of accounts.polar.webhooks.endpoints())
      await accounts.sdk.webhooks.deleteWebhookEndpoint(id)
    for (const { id } of accounts.resend.webhooks.list()) accounts.resend.webhooks.remove(id)
    expect((await accounts.run('--undo --yes', {})).code).toBe(0)
    expect(accounts.state()).toEqual(before)
  })

  test('comes before a setup at another address', async () => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    const state = accounts.state()
    const elsewhere = await accounts.run('--yes', {
      PUBLIC_URL: 'https://mail.larkspur.example.com',
    })
    expect(elsewhere).toMatchObject({ code: 1, text: expect.stringContaining('Undo it first') })
    expect(accounts.state()).toEqual(state)
  })
})

describe('a setup that is interrupted', () => {
  /** Each fails a request once: before Polar, after Polar, and where only the answer of a creation is lost. */
  const CASES: [string, says: RegExp, (accounts: Accounts) => () => Promise<void>][] = [
    [
      'before the webhook endpoint at Polar is made',
      /Polar: no usable answer, status 500\. Wait a minute/,
      ({ polar }) => {
        polar.fault = ({ method }) => (method === 'POST' ? { status: 500 } : undefined)
        return async () => {
          polar.fault = undefined
        }
      },
    ],
    [
      'while the answer of Polar is on its way',
      /Polar: no usable answer, (?:socket hang up|read ECONNRESET)\. Wait a minute/,
      ({ polar, sdk }) => {
        polar.fault = ({ method }) => (method === 'POST' ? 'reset' : undefined)
        return async () => {
          polar.fault = undefined
          const events = [...NEEDED_EVENTS] as ['order.paid']
          await sdk.webhooks.createWebhookEndpoint({ url: URL_AT_POLAR, format: 'raw', events })
        }
      },
    ],
    [
      'between Polar and Resend',
      /Resend gave no usable answer\. Run/,
      ({ resend }) => {
        resend.fault = ({ path, n }) =>
          path === '/webhooks' && n > 1 ? { status: 500 } : undefined
        return async () => {
          resend.fault = undefined
        }
      },
    ],
    [
      'while the answer of Resend is on its way',
      /Resend gave no usable answer\. Run/,
      ({ resend }) => {
        resend.fault = ({ path, n }) =>
          path === '/webhooks' && n > 1 ? { status: 500 } : undefined
        return async () => {
          resend.fault = undefined
          const events = ['sent', 'delivered', 'delivery_delayed', 'bounced', 'complained']
            .concat('failed', 'suppressed')
            .map((event) => `email.${event}`)
          const signing_secret = SECRETS.resendWebhook
          resend.webhooks.add({ endpoint: URL_AT_RESEND, events, signing_secret })
        }
      },
    ],
  ]

  test.each(CASES)('%s is gone on with, and undone as a whole', async (_, says, interrupt) => {
    const accounts = await startAccounts()
    const before = accounts.state()
    const goOn = interrupt(accounts)
    const { code, text } = await accounts.run('--yes')
    expect([code, text]).toEqual([1, expect.stringMatching(says)])
    await goOn()
    expect((await accounts.run('--yes')).text).toContain('Done.')
    expect(accounts.polar.webhooks.endpoints()).toHaveLength(1)
    expect(accounts.resend.webhooks.list()).toHaveLength(1)
    readConfig(accounts.env())
    expect((await accounts.run('--undo --yes', {})).code).toBe(0)
    expect(accounts.state()).toEqual(before)
  })

  test('is undone as a whole where it stands', async () => {
    const accounts = await startAccounts()
    const before = accounts.state()
    accounts.resend.fault = ({ path, n }) =>
      path === '/webhooks' && n > 1 ? { status: 500 } : undefined
    await accounts.run('--yes')
    accounts.resend.fault = undefined
    expect((await accounts.run('--undo --yes')).code).toBe(0)
    expect(accounts.state()).toEqual(before)
    expect(readdirSync(accounts.folder)).toEqual(['.env.example'])
  })
})

describe('Polar’s own emails', () => {
  const inMode = async (accounts: Accounts, mode: string) => {
    const env = accounts.read('.env').replace(/^SEND_MODE=.*$/m, `SEND_MODE=${mode}`)
    accounts.write('.env', env)
  }
  const switches = ({ polar }: Accounts) => polar.world.organization.customer_email_settings

  test('go off for what Postern sends, and on again as they were', async () => {
    const accounts = await startAccounts()
    const given = { ...switches(accounts), subscription_paused: false }
    accounts.polar.world.changeOrganization({ customer_email_settings: given })
    await accounts.run('--yes')
    await inMode(accounts, 'hold')
    const env = `${accounts.read('.env')}EMAIL_KINDS_OFF=subscription_resumed\n`
    accounts.write('.env', env)
    const off = await accounts.run('--polar-emails off --yes', {})
    expect([off.code, off.text]).toEqual([0, expect.not.stringContaining('subscription_paused')])
    expect(off.text).toMatch(/--polar-emails on\nWhat is next.*\n {2}5\. Send: [^\n]*$/)
    const { subscription_resumed, ...others } = switches(accounts)
    expect(subscription_resumed).toBe(true)
    expect(Object.values(others)).not.toContain(true)
    expect((await accounts.run('--polar-emails off --yes', {})).text).toContain(
      'nothing was changed',
    )
    await accounts.run('--polar-emails on --yes', {})
    expect(switches(accounts)).toEqual(given)
    expect((await accounts.run('--polar-emails on --yes', {})).text).toContain(
      'nothing was changed',
    )
  })

  test('stay on while Postern rehearses, and without the scope', async () => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    const before = accounts.state()
    expect(await accounts.run('--polar-emails off --yes', {})).toMatchObject({
      ...{ code: 1, text: expect.stringContaining('SEND_MODE is shadow') },
    })
    await inMode(accounts, 'hold')
    accounts.polar.missingScopes = ['organizations:write']
    expect(await accounts.run('--polar-emails off --yes', {})).toMatchObject({
      ...{ code: 1, text: expect.stringContaining('lacks the scope organizations:write') },
    })
    accounts.polar.missingScopes = ['organizations:read', 'organizations:write']
    const unread = await accounts.run('--polar-emails off --yes', {})
    expect(unread).toMatchObject({
      code: 1,
      text: expect.stringMatching(
        /organizations:write\. Add what it lacks at Polar; [^.]+\.md [^.]+\.$/,
      ),
    })
    expect(accounts.state()).toEqual(before)
  })

  test.each([
    [
      'a worker still rehearses after a restart that failed',
      ['hold', 'shadow'] as const,
      /still runs with SEND_MODE=shadow/,
    ],
    ['no worker runs', [] as const, /No worker runs.*Start Postern/],
    ['nobody can tell', 'REDIS_URL: cannot connect', /cannot see.*cannot connect.*by hand/],
  ])('stay on while %s', async (_, modes, says) => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    await inMode(accounts, 'hold')
    const before = accounts.state()
    accounts.workersRun(modes)
    expect(await accounts.run('--polar-emails off --yes', {})).toMatchObject({
      ...{ code: 1, text: expect.stringMatching(says) },
    })
    expect(accounts.state()).toEqual(before)
  })

  test('stay on where Postern sends only a part of what a switch covers, with the choice', async () => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    await inMode(accounts, 'hold')
    accounts.write('.env', `${accounts.read('.env')}EMAIL_KINDS_OFF=subscription_usage_invoice\n`)
    const { code, text } = await accounts.run('--polar-emails off --yes', {})
    expect([code, text]).toEqual([0, expect.stringMatching(/stays on, .*out of EMAIL_KINDS_OFF/)])
    expect(switches(accounts)).toMatchObject({
      subscription_cycled: true,
      order_confirmation: false,
    })
  })

  test('go on again with an undo', async () => {
    const accounts = await startAccounts()
    const before = accounts.state()
    await accounts.run('--yes')
    await inMode(accounts, 'live')
    const off = await accounts.run('--polar-emails off --yes', {})
    expect(off.text).toMatch(/SEND_MODE is live: no step is left\.[^\n]*$/)
    expect(accounts.state().emails).not.toEqual(before.emails)
    expect((await accounts.run('--undo --yes', {})).code).toBe(0)
    expect(accounts.state()).toEqual(before)
  })
})

describe('a setup that asks', () => {
  const ANSWERS = {
    environment: ['live', ''],
    token: ['polar_oat_of_somebody_else', SECRETS.polarToken],
    'API key': [SECRETS.polarToken, SECRETS.resendKey],
    Sender: ['billing@another.example.com', ''],
    'Public address': ['billing.larkspur.example.com', PUBLIC_URL],
    Redis: '',
  }

  test('says why an answer is bad and asks again, hides keys and suggests a sender', async () => {
    const accounts = await startAccounts()
    const { code, text, hidden } = await accounts.run('', {}, { ...ANSWERS, 'Go on': 'yes' })
    expect([code, text]).toEqual([0, expect.stringContaining('Done.')])
    expect(text).toContain('POLAR_ACCESS_TOKEN is refused by Polar')
    expect(text).toContain('RESEND_API_KEY contains a value for POLAR_ACCESS_TOKEN')
    expect(text).toContain('PUBLIC_URL must be an origin')
    expect(text).toContain('POLAR_ENVIRONMENT must be production or sandbox.')
    expect(text).toContain('EMAIL_FROM cannot be used. EMAIL_FROM is at another.example.com')
    expect(text).not.toMatch(/\.\.(?!\.)/)
    expect(hidden).toEqual([...ANSWERS.token, ...ANSWERS['API key']])
    expect(accounts.env()).toMatchObject({
      ...{ EMAIL_FROM: 'billing@larkspur.example.com', REDIS_URL: 'redis://localhost:6379' },
      ...{ POLAR_ENVIRONMENT: 'production', PUBLIC_URL },
    })
  })

  test('changes nothing on a no, and asks nothing that it knows', async () => {
    const accounts = await startAccounts()
    const before = accounts.state()
    const { REDIS_URL: _, ...known } = accounts.settings
    const typed = { environment: '', Redis: '', 'Go on': 'no' }
    const { code, text } = await accounts.run('', known, typed)
    expect([code, text]).toEqual([0, expect.stringContaining('Nothing was changed.')])
    expect(accounts.state()).toEqual(before)
    expect(readdirSync(accounts.folder)).toEqual(['.env.example'])
  })
})
