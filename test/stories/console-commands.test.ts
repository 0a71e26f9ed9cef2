// Commands show and do what the console does: messages, suppressions, the schedule, test emails, and what needs attention.

import { expect, test } from 'vitest'
import { createPause } from '../../src/resend/pause.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { runCommand } from '../support/command.ts'
import { bought, buy, inspect, messageOf, suppressionsOf } from '../support/mailed.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const LONG = 2 * MINUTE

const commandsOf = (system: TestSystem) => {
  const all = system.environment
  return {
    suppressions: (...args: string[]) =>
      runCommand('suppressions', { REDIS_URL: system.redis }, args),
    attention: () => runCommand('attention', { REDIS_URL: system.redis }),
    messages: (...args: string[]) => runCommand('messages', { REDIS_URL: system.redis }, args),
    schedule: (...args: string[]) => runCommand('schedule', { ...all }, args),
    preview: (more: Record<string, string>, ...args: string[]) =>
      runCommand('preview', { ...all, ...more }, args),
  }
}

test(
  'npm run messages says who got no email and why, and whose link was clicked, a page at a time',
  async () => {
    const system = await startTestSystem({ reports: false })
    const { messages } = commandsOf(system)
    expect(await messages()).toEqual({ code: 0, out: 'No message fits.\n', err: '' })
    const mara = await bought(system, 'mara@example.com')
    const theo = await bought(system, 'theo@example.com')
    await system.resendWorld.report(mara.mail.id, 'email.delivered')
    await system.resendWorld.report(theo.mail.id, 'email.bounced')
    await system.settle()
    await buy(system, theo.customerId)
    system.clock.advance(2 * MINUTE)
    await visit(firstLink(mara.mail.text), { headers: NAVIGATION })
    const rowsOf = async (...args: string[]) => {
      const { code, out, err } = await messages(...args)
      expect([code, err]).toEqual([0, ''])
      return out
        .split('\n')
        .filter((line) => /^2\d{3}-\d\d-\d\d \d\d:\d\d UTC {2}msg_[\w-]{44} {2}/.test(line))
        .map((line) => line.split('  ').slice(1))
    }
    const [ofMara, ofTheo] = [mara, theo].map(({ mail, customerId }) => [
      ...[messageOf(mail), 'Order confirmation', `to ${mail.to[0]}`, `customer ${customerId}`],
    ])
    const clicked = ['--kind', 'order_confirmation', '--clicked', '--since', '24h']
    await expect
      .poll(() => rowsOf(...clicked))
      .toEqual([ofMara?.toSpliced(2, 0, 'Delivered, Clicked')])

    const missed = await rowsOf('--state', 'not_received')
    const again = [expect.stringMatching(/^msg_/), 'Order confirmation', 'Not sent']
    expect(missed).toEqual([
      [
        ...[...again, 'to theo@example.com', `customer ${theo.customerId}`],
        'Its address was suppressed.',
      ],
      [...(ofTheo?.toSpliced(2, 0, 'Bounced') ?? []), expect.stringMatching(/^Resend says: Perm/)],
    ])
    expect(await rowsOf('--not-clicked', '--limit', '50')).toEqual(missed)
    expect(await rowsOf('--until', '24h')).toEqual([])

    const first = await messages('--state', 'not_received', '--limit', '1')
    const [, next = ''] = /^More follow: npm run messages -- (.*)$/m.exec(first.out) ?? []
    expect(next).toMatch(/^--state not_received --limit 1 --after \S+$/)
    expect(await rowsOf(...next.split(' '))).toEqual(missed.slice(1))
    const [id = ''] = missed[0] ?? []
    expect(first.out).toContain(`Commands that help:\n  npm run find -- ${id} `)
    expect(first.out).toMatch(/npm run suppressions .*\n.* release -- --suppression <address> /)
    expect((await messages('--clicked')).out).toMatch(/ resend -- msg_\S+ --same /)

    await createPause({ redis: inspect(system), clock: system.clock }).hold('command')
    const { orderId } = await system.polarWorld.scenario.purchase({
      customer: { email: 'ann@example.com' },
    })
    await system.settle()
    const [waits, ...others] = await rowsOf('--state', 'on-hold')
    expect([waits?.at(-1), others]).toEqual(['All mail is on hold.', []])
    const found = await runCommand('find', system.environment, [orderId])
    expect(found.out).toContain('\n  It waits. All mail is on hold.\n')
  },
  LONG,
)

test.each([
  [
    ['--state', 'sent'],
    '“sent” is not a state. Near to it: unconfirmed (Not known if sent), not_sent',
  ],
  [
    ['--kind', 'renewal'],
    '“renewal” is not a kind of message. Near to it: subscription_cycled (Renewal receipt), ',
  ],
  [
    ['--kind', 'receipt'],
    '“receipt” is not a kind of message. Near to it: order_confirmation (Order confirmation), subscr',
  ],
  [['--kind', 'newsletter'], '“newsletter” is not a kind of message.'],
  [['--since', 'monday'], '“monday” is not a time.'],
  [['--since', '1h', '--until', '2h'], '--since is not before --until.'],
  [['--clicked', '--not-clicked'], 'A message is either clicked or not.'],
  [['--limit', '0'], '--limit is a number from 1 to 500.'],
])('npm run messages says what is wrong with %s', async (args, says) => {
  const { code, out, err } = await runCommand('messages', {}, args)
  expect([code, out, err.slice(0, says.length)]).toEqual([1, '', says])
  expect(err).toContain('npm run messages -- [--state <state>]')
})

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
    expect(first.out).toContain('\n51 suppressions in all.\n')
    const [, place = ''] = /--after (\S+)/.exec(first.out) ?? []
    expect(await suppressions('--after', place)).toMatchObject({
      out: expect.stringMatching(/^\(not ours\).*\n\n51 .* in all\.\nTo mail one again: /),
    })
    expect((await suppressions('--all')).out.match(/^\S.*since/gm)).toHaveLength(51)
    expect((await suppressions('--after', 'nowhere')).err).toContain('npm run suppressions --')

    await createPause({ redis: inspect(system), clock: system.clock }).hold('command')
    const needy = await attention()
    expect([needy.code, needy.err]).toEqual([1, ''])
    expect(needy.out).toMatch(
      /^On hold: An operator holds all mail\..*\nBounced: 1 message of the last 7 days could/,
    )
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
