// The account check of a start: which mistakes an operator is told of, where nobody else would tell.

import { describe, expect, onTestFinished, test } from 'vitest'
import { SECOND } from '../../src/runtime/clock.ts'
import type { Fault } from '../../src/sandbox/polar/calls.ts'
import { startPostern } from '../support/process.ts'
import { startReceiver } from '../support/receiver.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { startWorld } from '../support/world.ts'

const SOON = { interval: 20 }
const LONG = 60 * SECOND
const WARN = 40

const findings = (system: TestSystem) =>
  system.logs().flatMap(({ level, finding }) => (level === WARN && finding ? [finding] : []))

const said = (system: TestSystem) => system.logs().map(({ msg }) => msg)

/** A system with somebody to be alerted, whose accounts are checked once something went wrong. */
const checked = async (
  goWrong: (system: TestSystem) => void,
  environment: Record<string, string> = {},
) => {
  const { url, posts } = await startReceiver()
  const system = await startTestSystem({ environment: { ALERT_WEBHOOK_URL: url, ...environment } })
  goWrong(system)
  await system.checkAccount()
  await system.close() // what is told has been told then
  return { system, posts }
}

const switchOn =
  (...toggles: string[]) =>
  ({ polarWorld: { world } }: TestSystem) => {
    const on = Object.fromEntries(toggles.map((toggle) => [toggle, true]))
    const { customer_email_settings } = world.organization
    world.changeOrganization({ customer_email_settings: { ...customer_email_settings, ...on } })
  }

describe('an operator', () => {
  test('reads one line where all is well, and gets no alert', async () => {
    const { system, posts } = await checked(() => {})
    expect(said(system).filter((msg) => `${msg}`.startsWith('account'))).toEqual([
      'account checked',
    ])
    expect(findings(system)).toEqual([])
    expect(posts).toEqual([])
  })

  test.each<[string, (system: TestSystem) => void, string]>([
    [
      'the Resend key is wrong',
      ({ resendWorld }) => {
        resendWorld.fault = () => 'key is invalid'
      },
      'resend_key_refused',
    ],
    [
      'the domain of the sender is another',
      ({ resendWorld }) => resendWorld.changeDomain({ name: 'another.example.com' }),
      'domain_missing',
    ],
    [
      'the domain of the sender is not verified',
      ({ resendWorld }) => resendWorld.changeDomain({ status: 'pending' }),
      'domain_not_verified',
    ],
    [
      'Resend tracks clicks',
      ({ resendWorld }) => resendWorld.changeDomain({ click_tracking: true }),
      'domain_tracking',
    ],
    ['Polar sends one of the emails, too', switchOn('order_confirmation'), 'polar_sends_too'],
  ])('is told by a line and an alert when %s', async (_, goWrong, finding) => {
    const { system, posts } = await checked(goWrong)
    expect(findings(system)).toEqual([finding])
    expect(said(system)).not.toContain('account checked')
    const says = system.logs().find((line) => line.finding === finding)?.msg
    expect(posts).toEqual([
      expect.objectContaining({ event: 'account_finding', finding, text: `Postern: ${says}` }),
    ])
    expect(system.logText()).not.toContain('@')
  })

  test('is told of a key that may only send by a line alone', async () => {
    const { system, posts } = await checked(({ resendWorld }) => {
      resendWorld.permission = 'sending_access'
    })
    expect(findings(system)).toEqual(['resend_key_only_sends'])
    expect(posts).toEqual([])
  })

  test.each(['shadow', 'hold'])(
    "in %s is told of the key, and not of Polar's emails",
    async (mode) => {
      const { system } = await checked(
        (it) => {
          switchOn('order_confirmation')(it)
          it.resendWorld.fault = () => 'key is unknown'
        },
        { SEND_MODE: mode },
      )
      expect(findings(system)).toEqual(['resend_key_refused'])
    },
  )

  test('is not told of an email that neither is to send', async () => {
    const { system } = await checked(switchOn('subscription_paused'), {
      EMAIL_KINDS_OFF: 'subscription_paused',
    })
    expect(findings(system)).toEqual([])
  })

  test.each<[string, Fault]>([
    ['revoked', { status: 401, body: { error: 'invalid_token' } }],
    ['without its scope', { status: 403, body: { error: 'insufficient_scope' } }],
  ])('is told once of a token that is %s, as of any denied call', async (_, fault) => {
    const { system, posts } = await checked(({ polarWorld }) => {
      polarWorld.fault = () => fault
    })
    expect(said(system).filter((msg) => msg === 'call denied by Polar')).toHaveLength(1)
    expect(said(system)).not.toContain('account checked')
    expect(findings(system)).toEqual([])
    expect(posts).toEqual([expect.objectContaining({ event: 'polar_refused' })])
  })

  test('reads that nothing was checked where neither can be reached, and gets no alert', async () => {
    const { system, posts } = await checked(({ polarWorld, resendWorld }) => {
      polarWorld.fault = () => 'reset'
      resendWorld.fault = () => ({ status: 500, body: 'an error page' })
    })
    const line = system.logs().find(({ msg }) => msg === 'account not checked')
    expect(line).toMatchObject({ level: 30, polar: expect.any(String), resend: expect.any(String) })
    expect(posts).toEqual([])
  })
})

describe('a start', () => {
  const world = async () => {
    const started = await startWorld()
    onTestFinished(() => started.close())
    return started
  }

  test('says that its accounts were checked', { timeout: LONG }, async () => {
    const { settings } = await world()
    const postern = await startPostern({ ...settings, SEND_MODE: 'shadow' })
    await expect.poll(() => postern.output(), SOON).toContain('"msg":"account checked"')
  })

  test("tells of a slug that is not the token's, with both", { timeout: LONG }, async () => {
    const { settings } = await world()
    const { url, post } = await startReceiver()
    const postern = await startPostern({
      ...{ ...settings, SEND_MODE: 'shadow', ALERT_WEBHOOK_URL: url },
      POLAR_ORGANIZATION_SLUG: 'larkspurr',
    })
    expect(await post(1)).toMatchObject({
      finding: 'polar_slug',
      text: expect.stringMatching(/is larkspurr, but POLAR_ACCESS_TOKEN belongs to larkspur\./),
    })
    expect(postern.output()).toContain('"finding":"polar_slug"')
  })

  test('is ready, and ends at once, while nobody answers it', { timeout: LONG }, async () => {
    const { settings, polar, resend } = await world()
    polar.fault = () => 'hang'
    resend.fault = () => 'hang'
    const postern = await startPostern(settings)
    await expect.poll(() => resend.requests('/domains'), SOON).toBe(1)
    expect((await fetch(`${postern.url}/readyz`)).status).toBe(200)
    expect(await postern.kill('SIGTERM')).toBe(0)
    expect(postern.output()).not.toMatch(/account|"level":[56]0/)
  })

  test('whose end overtakes the check says nothing of it', async () => {
    const system = await startTestSystem()
    system.polarWorld.fault = () => 'hang'
    system.resendWorld.fault = () => 'hang'
    const check = system.checkAccount()
    await expect.poll(() => system.resendWorld.requests('/domains'), SOON).toBe(1)
    await system.close()
    await check
    expect(system.logText()).not.toContain('account')
  })

  test('goes on where nobody can be reached', { timeout: LONG }, async () => {
    const { settings } = await world()
    const NOWHERE = { POLAR_BASE_URL: 'http://127.0.0.1:1', RESEND_BASE_URL: 'http://127.0.0.1:1' }
    const postern = await startPostern({ ...settings, ...NOWHERE })
    await expect.poll(() => postern.output(), SOON).toContain('"msg":"account not checked"')
    expect((await fetch(`${postern.url}/readyz`)).status).toBe(200)
  })
})
