// An operator's actions by command or API take effect and appear in the service's log.

import { expect, test } from 'vitest'
import { SECOND } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { runCommand } from '../support/command.ts'
import { buy, linesOf, messageOf, startQuiet, suppressionsOf } from '../support/mailed.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const TOKEN = 'a-token-of-the-test-backend'
const LONG = 120 * SECOND

const bounced = async (system: TestSystem, customer?: string) => {
  const { customerId, mail } = await buy(system, customer ?? { email: 'mara@example.com' })
  if (!mail) throw new Error('no mail was sent')
  await system.resendWorld.report(mail.id, 'email.bounced')
  await system.settle()
  return { customerId, message: messageOf(mail) }
}

test('an address that bounced is mailed again after a release by the API', async () => {
  const system = await startTestSystem({ reports: false, environment: { API_TOKEN: TOKEN } })
  const { customerId, message } = await bounced(system)
  expect((await buy(system, customerId)).mail).toBeUndefined()
  const free = (address: string, token = TOKEN) =>
    visit(`${system.postern}/api/suppressions/${encodeURIComponent(address)}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
  expect((await free('mara@example.com', 'another-token')).status).toBe(401)
  expect((await free('ben@example.com')).status).toBe(404)
  expect(system.resendWorld.suppressed()).toEqual(['mara@example.com'])
  expect((await free('Mara@Example.com')).status).toBe(204)
  expect(system.resendWorld.suppressed()).toEqual([])
  expect((await free('mara@example.com')).status).toBe(404)
  expect((await buy(system, customerId)).mail?.to).toEqual(['mara@example.com'])
  expect(linesOf(system, 'suppression released')).toEqual([
    expect.objectContaining({ by: 'api', because: 'bounced', atResend: 'removed', message }),
  ])
  expect(system.logText().toLowerCase()).not.toContain('mara@')
})

test(
  'an address that bounced is mailed again after a release by command, and the service logs it',
  async () => {
    const system = await startQuiet()
    const { customerId, message } = await bounced(system)
    const release = (...args: string[]) => runCommand('release', { REDIS_URL: system.redis }, args)
    const freed = await release('--suppression', 'mara@example.com')
    expect(freed).toMatchObject({ code: 0, err: '' })
    expect(freed.out).toMatch(
      /^This address is mailed again\. .* bounced for good\.\nResend keeps a/,
    )
    expect(freed.out).toMatch(
      /\n {2}npm run find -- <address> .*\n {2}npm run resend -- <message> {2}sends one of them .*\n$/,
    )
    expect(freed.out).not.toContain('@')
    expect((await buy(system, customerId)).mail?.to).toEqual(['mara@example.com'])
    await expect
      .poll(() => linesOf(system, 'suppression released'))
      .toEqual([expect.objectContaining({ by: 'command', because: 'bounced', message })])
    await bounced(system, customerId)
    const reason = 'mara@example.com\nasked for it'
    const named = await release('--reason', reason, '--suppression', 'mara@example.com')
    expect([named.code, named.err]).toEqual([0, ''])
    await expect
      .poll(() => linesOf(system, 'suppression released').map((line) => line.reason))
      .toEqual([undefined, '… asked for it'])
    const again = await release('--suppression=mara@example.com')
    expect([again.code, again.out]).toEqual([1, ''])
    expect(again.err).toBe('This address is not suppressed; nothing has changed.\n')
  },
  LONG,
)

test(
  'a release by command with all settings takes the address off Resend’s list too',
  async () => {
    const system = await startQuiet()
    await bounced(system)
    const args = ['--suppression', 'mara@example.com']
    const { code, out } = await runCommand('release', { ...system.environment }, args)
    expect([code, out]).toEqual([0, expect.stringContaining('removed from the list that Resend')])
    expect(system.resendWorld.suppressed()).toEqual([])
  },
  LONG,
)

test('--suppression takes exactly one address', async () => {
  const system = await startQuiet()
  await bounced(system)
  const address = 'mara@example.com'
  for (const args of [
    ['all', '--suppression', address],
    ['--suppression', address, '--suppression', 'ben@example.com'],
    ['--suppression', address, '--reason', ' '],
    ['--suppression', ''],
    ['--reason', 'asked'],
  ]) {
    const { code, out, err } = await runCommand('release', { REDIS_URL: system.redis }, args)
    expect([args, code, out]).toEqual([args, 1, ''])
    expect(err).toMatch(
      /^Nothing was released\. Name one address.*:\n.* --suppression <address> \[--reason <text>\]\n$/,
    )
  }
  expect(await suppressionsOf(system).isSuppressed(address)).not.toBeNull()
})

test(
  'the service logs once who holds and who releases all mail',
  async () => {
    const system = await startQuiet()
    await runCommand('hold', { REDIS_URL: system.redis })
    await runCommand('release', { REDIS_URL: system.redis }, ['all'])
    const acts = () =>
      system
        .logs()
        .filter(({ msg }) => /^all mail/.test(`${msg}`))
        .map(({ msg, by }) => [msg, by])
    await expect.poll(acts).toEqual([
      ['all mail held', 'command'],
      ['all mail released', 'command'],
    ])
  },
  LONG,
)

test('the service logs that SEND_MODE=hold holds all mail', async () => {
  const system = await startTestSystem({ environment: { SEND_MODE: 'hold' } })
  expect(linesOf(system, 'all mail held')).toEqual([expect.objectContaining({ by: 'setting' })])
})
