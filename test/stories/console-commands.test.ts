// Commands show and do what the console does: suppressions, the schedule, test emails, and what needs attention.

import { expect, test } from 'vitest'
import { createPause } from '../../src/resend/pause.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { runCommand } from '../support/command.ts'
import { bought, inspect, messageOf, suppressionsOf } from '../support/mailed.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const LONG = 2 * MINUTE

const commandsOf = (system: TestSystem) => {
  const all = system.environment
  return {
    suppressions: (...args: string[]) =>
      runCommand('suppressions', { REDIS_URL: system.redis }, args),
    attention: () => runCommand('attention', { REDIS_URL: system.redis }),
    schedule: (...args: string[]) => runCommand('schedule', { ...all }, args),
    preview: (more: Record<string, string>, ...args: string[]) =>
      runCommand('preview', { ...all, ...more }, args),
  }
}

test(
  'npm run suppressions says who is not mailed, why, since when and by which message, and attention counts it',
  async () => {
    const system = await startTestSystem({ reports: false })
    const { suppressions, attention } = commandsOf(system)
    expect(await suppressions()).toEqual({ code: 0, out: 'No address is suppressed.\n', err: '' })
    expect(await attention()).toMatchObject({ code: 0, err: '' })

    const { mail } = await bought(system, 'mara@example.com')
    await system.resendWorld.report(mail.id, 'email.bounced')
    await system.settle()
    const at = system.clock.now() - MINUTE
    for (let n = 0; n < 50; n++)
      await suppressionsOf(system).suppress(`other-${n}@example.com`, {
        because: 'complained',
        at: at - n,
        origin: { message: null, provider: 'another system' },
      })

    const first = await suppressions()
    const lines = first.out.split('\n')
    expect(lines[0]).toMatch(
      new RegExp(
        `^mara@example\\.com {2}Mail bounced for good, by ${messageOf(mail)} \\(Order confirmation\\), since 2\\d{3}-`,
      ),
    )
    expect(lines[1]).toMatch(/^\(not ours\) {2}Marked as spam, by an email of another system/)
    const [, place = ''] = /--after (\S+)/.exec(first.out) ?? []
    expect(await suppressions('--after', place)).toMatchObject({
      out: expect.stringMatching(/^\(not ours\).*\n\nTo mail one again: /),
    })
    expect((await suppressions('--all')).out.match(/^\S.*since/gm)).toHaveLength(51)
    expect((await suppressions('--after', 'nowhere')).err).toContain('npm run suppressions --')

    await createPause({ redis: inspect(system), clock: system.clock }).hold('command')
    const needy = await attention()
    expect([needy.code, needy.err]).toEqual([1, ''])
    expect(needy.out).toMatch(/^On hold: An operator holds all mail\..*\nBounced: 1 message could/)
  },
  LONG,
)

test(
  'npm run schedule lists what falls due and why, and cancels one reminder',
  async () => {
    const system = await startTestSystem({ reports: false, environment: { QUIET_HOURS: 'off' } })
    const { schedule } = commandsOf(system)
    const { customerId, subscriptionId } = await system.polarWorld.scenario.subscribe({
      customer: { email: 'ann@example.com' },
      product: { name: 'Pro', recurring_interval: 'year' as const },
      amount: 24_000,
    })
    await system.settle()
    const all = await schedule()
    expect(all.out).toContain('Card sweep: Once a month')
    const [line = '', ...more] = (await schedule(subscriptionId)).out.trim().split('\n')
    expect(more).toEqual([])
    expect(all.out).toContain(line)
    expect(line).toMatch(/^2\d{3}-\d\d-\d\d \d\d:\d\d UTC {2}Renewal reminder \(Pro\): It renews 2/)
    expect(line).toContain(`  ${customerId} ${subscriptionId}  ${subscriptionId}:`)
    expect((await schedule(customerId)).out).toContain(line)

    const id = line.split('  ').at(-1) ?? ''
    const stale = await schedule('--cancel', `${subscriptionId}:000000`)
    expect([stale.code, stale.out]).toEqual([1, ''])
    expect(stale.err).toMatch(/^Nothing was cancelled: that reminder is gone/)
    const done = await schedule('--cancel', id)
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toBe(
      `${line}\nNo email announces this day. If the day moves, a new reminder follows. This cannot be undone.\nThe reminder is cancelled.\n`,
    )
    expect((await schedule(subscriptionId)).out).toBe(
      `Nothing is scheduled for ${subscriptionId}.\n`,
    )
  },
  LONG,
)

test(
  'npm run preview sends a test email by the rules of SEND_MODE and EMAIL_ALLOWLIST',
  async () => {
    const system = await startTestSystem({ reports: false })
    const { preview } = commandsOf(system)
    const to = ['--to', 'me@example.com']
    const refused = [
      [{ SEND_MODE: 'shadow' }, 'SEND_MODE is shadow. No test email was sent.\n'],
      [
        { EMAIL_ALLOWLIST: 'larkspur.example.com' },
        'EMAIL_ALLOWLIST does not have this address. No test email was sent.\n',
      ],
    ] as const
    for (const [more, err] of refused)
      expect(await preview(more, 'order_confirmation', ...to)).toEqual({ code: 1, out: '', err })
    expect((await preview({}, 'no_kind', ...to)).err).toMatch(/^npm run preview -- <kind> --to/)
    expect(system.mails()).toEqual([])

    const sent = await preview({}, 'order_confirmation', ...to, '--language', 'de')
    expect(sent).toEqual({ code: 0, out: 'Resend has accepted the test email.\n', err: '' })
    const [mail, ...others] = system.mails()
    expect([mail?.to, others]).toEqual([['me@example.com'], []])
    expect(mail?.subject).toMatch(/^\[Test\] .*Bestell/)
  },
  LONG,
)
