// npm run resend: an operator sends a message again, and it is a message of its own.

import { expect, test } from 'vitest'
import { createSendAgain } from '../../src/messages/send-again.ts'
import { createMovableClock, DAY, HOUR } from '../../src/runtime/clock.ts'
import { type OperatorCommand, runCommand } from '../support/command.ts'
import { loadDelivery, storesOn } from '../support/deliveries.ts'
import { inspect } from '../support/mailed.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const theo = { name: 'Theo Okafor', email: 'theo@example.com' }

/** The ids of the messages that were mailed, the newest first. */
const mailedAs = (system: Pick<TestSystem, 'mails'>) =>
  system.mails().map(({ tags }) => tags.find(({ name }) => name === 'message')?.value ?? '')

const shared = shareSystem()

/** Somebody buys, and what was mailed since then. */
const purchase = async (system = shared()) => {
  const before = system.mails().length
  const customer = { ...theo, email: newAddress() }
  const bought = await system.polarWorld.scenario.purchase({ customer })
  await system.settle()
  const message = system
    .outcomes()
    .flatMap(({ messages }) => (messages as string[] | undefined) ?? [])
    .at(-1)
  if (!message) throw new Error('no message was decided')
  const mails = () => system.mails().slice(0, system.mails().length - before)
  const resend = async (...ids: string[]) => {
    const ran = await runCommand('resend', system.environment, ids)
    await system.settle()
    return ran
  }
  return { ...bought, system, mails, message, resend }
}

test('a message that was accepted is sent again, as a message of its own that the log names', async () => {
  const { system, mails, message, resend } = await purchase()
  const { code, out } = await resend(message)
  expect(code).toBe(0)
  const [again = '', first] = mailedAs({ mails })
  expect(first).toBe(message)
  expect(again).not.toBe(message)
  expect(out).toBe(`${message} (Order confirmation) is sent again as ${again}.\n`)
  expect(out).not.toContain('@')
  await expect
    .poll(() =>
      system.logs().filter((line) => line.msg === 'message sent again' && line.message === message),
    )
    .toEqual([expect.objectContaining({ message, as: again, by: 'command' })])
})

test('with --same its email goes out as it was sent', async () => {
  const { system, mails, message, resend } = await purchase()
  const { code, out } = await resend(message, '--same')
  const [again, first] = mails()
  expect([code, out]).toEqual([
    0,
    `${message} (Order confirmation) is sent again, the same, as ${mailedAs({ mails })[0]}.\n`,
  ])
  expect(again?.subject).toBe(first?.subject)
  expect(again?.attachments).toEqual(first?.attachments)
  await expect
    .poll(() =>
      system.logs().filter((line) => line.msg === 'message sent again' && line.message === message),
    )
    .toEqual([expect.objectContaining({ email: 'the same' })])
})

test('it goes to the address that the customer has by now', async () => {
  const { system, mails, message, customerId, resend } = await purchase()
  const email = newAddress()
  await system.polarWorld.scenario.updateCustomer(customerId, { email })
  await resend(message)
  expect(mails()[0]?.to).toEqual([email])
})

test('each time is another message, whichever of them is named', async () => {
  const { mails, message, resend } = await purchase()
  await resend(message)
  const [second = ''] = mailedAs({ mails })
  await resend(second)
  expect(new Set(mailedAs({ mails })).size).toBe(3)
})

test('what is unfinished is not doubled', async () => {
  const { system, message, resend } = await purchase(
    await startTestSystem({ environment: { SEND_MODE: 'hold' } }),
  )
  const { code, err } = await resend(message)
  expect(code).toBe(1)
  expect(err).toContain(`${message} is waiting, so it was not sent again`)
  expect(system.mails()).toEqual([])
})

test('a suppressed address is not mailed, and the way to free it is named', async () => {
  const system = await startTestSystem()
  await system.polarWorld.scenario.purchase({ customer: { email: 'bounced@example.com' } })
  await system.settle()
  const [message = ''] = mailedAs(system)
  const refused = await runCommand('resend', system.environment, [message])
  expect(refused.err).toMatch(/bounced for good.* npm run release -- --suppression <address>/)
  expect(refused.code).toBe(1)
  await runCommand('release', system.environment, ['--suppression', 'bounced@example.com'])
  expect((await runCommand('resend', system.environment, [message])).code).toBe(0)
  await system.settle()
  expect(mailedAs(system)).toHaveLength(2)
})

test('a message that bounced and was sent again names the new one, and needs nobody any more', async () => {
  const system = await startTestSystem({ reports: false })
  await system.polarWorld.scenario.purchase({ customer: theo })
  await system.settle()
  const [mail] = system.mails()
  const [first = ''] = mailedAs(system)
  await system.resendWorld.report(mail?.id ?? '', 'email.bounced')
  await system.settle()
  const run = (name: OperatorCommand, ...args: string[]) =>
    runCommand(name, { ...system.environment }, args)
  expect((await run('attention')).out).toContain('Bounced: 1 message of the last 7 days')
  await run('release', '--suppression', theo.email)
  await run('resend', first)
  await system.settle()
  const [again = ''] = mailedAs(system)
  expect((await run('attention')).out).not.toContain('Bounced')
  expect((await run('messages', '--state', 'not_received')).out).toBe('No message fits.\n')
  expect((await run('messages', '--state', 'bounced')).out).toMatch(
    new RegExp(
      `^\\S+ \\S+ UTC {2}${first} .* {2}Bounced, Sent again {2}.* Sent again as ${again} at 2`,
    ),
  )
  const { out: found } = await run('find', first)
  expect(found).toContain(`${first}  Order confirmation  Bounced, Sent again\n`)
  expect(found).toMatch(
    / {2}Resend reports: bounced: Permanent, General: The recipient's email provider/,
  )
  expect(found).toMatch(new RegExp(` {2}Sent again by an operator: As ${again}\n`))
  expect((await run('find', again)).out).toContain(`It is composed anew, after ${first}.`)
  await run('reindex')
  expect((await run('messages', '--state', 'not_received')).out).toBe('No message fits.\n')
})

test('of two operators at the same moment one sends, and a message is never noted without the new one', async () => {
  const { system, message } = await purchase(await startTestSystem())
  const redis = inspect(system)
  const { messages, deliveries } = storesOn(redis, system.clock)
  const sending = (apply = deliveries.apply) =>
    createSendAgain({
      ...{ messages, deliveries: { ...deliveries, apply }, clock: system.clock },
      suppressionOf: async () => null,
      polar: { customer: async () => ({ address: theo.email }) as never, members: async () => [] },
      nudge: () => {},
    })
  const died = sending(async () => {
    throw new Error('the process died')
  })
  await expect(died(message)).rejects.toThrow('the process died')
  const records = async () => (await redis.keys('postern:{s:*}:msg:*')).length
  expect([await records(), (await loadDelivery(redis, message)).delivery.sentAgain]).toEqual([
    ...[1, undefined],
  ])
  // A report comes between reading the record and writing it.
  let isReported = false
  const sent = await Promise.all([
    sending(async (...change) => {
      const [{ delivery }] = change
      if (!isReported && delivery.state === 'accepted') {
        isReported = true
        const report = { is: 'complained', at: system.clock.now() } as const
        const { at, providerId } = delivery
        const happening = { what: 'reported', report, providerId, at, acceptedAt: at } as const
        await deliveries.apply(change[0], happening)
      }
      return deliveries.apply(...change)
    })(message),
    sending()(message),
  ])
  const as = sent.flatMap((one) => ('as' in one ? [one.as] : []))
  expect(as).toHaveLength(1)
  expect(sent).toContainEqual({ not: 'again_already', id: as[0] })
  const { delivery } = await loadDelivery(redis, message)
  expect(delivery).toMatchObject({ reported: { is: 'complained' }, sentAgain: { as: as[0] } })
  expect(delivery.history.filter(({ what }) => what === 'sent_again')).toHaveLength(1)
  expect(await records()).toBe(2)
})

test('what happened before going live is recorded as not sent, and can be sent', async () => {
  const clock = createMovableClock()
  const ago = (time: number) => new Date(clock.now() - time).toISOString()
  const system = await startTestSystem({ clock, environment: { LIVE_SINCE: ago(HOUR) } })
  const { events } = system.polarWorld.script.purchase({ customer: theo })
  for (const event of events) await system.polarWorld.deliver({ ...event, timestamp: ago(DAY) })
  await system.settle()
  expect(system.mails()).toEqual([])
  const [message = ''] = system
    .outcomes()
    .flatMap(({ ignored, messages }) => (ignored === 'before_live' ? (messages as string[]) : []))
  const { code } = await runCommand('resend', system.environment, [message])
  expect(code).toBe(0)
  await system.settle()
  expect(system.mails('order_confirmation')).toHaveLength(1)
  expect(mailedAs(system)).not.toContain(message)
})

test('what was rehearsed in shadow mode is rehearsed again, and says so', async () => {
  const { system, message, resend } = await purchase(
    await startTestSystem({ environment: { SEND_MODE: 'shadow' } }),
  )
  expect((await resend(message)).out).toContain('SEND_MODE is shadow')
  expect(system.resendWorld.requests()).toBe(0)
})

test('nothing is sent without a name, or for one that no message has', async () => {
  const { resend } = await purchase()
  for (const args of [[], ['--same'], ['--sane', 'msg_x'], ['theo@example.com']])
    expect((await resend(...args)).err).toMatch(
      /Name message ids: npm run resend -- msg_….*npm run find -- <address>/s,
    )
  const none = `msg_${'a'.repeat(44)}`
  expect((await resend(none)).err).toBe(`There is no message ${none}.\n`)
})
