// An operator reads in the console who is suppressed, and lets an address be mailed again.

import { expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { bought, buy, linesOf, messageOf, suppressionsOf } from '../support/mailed.ts'
import { signedIn, startWithConsole } from '../support/operator.ts'
import type { TestSystem } from '../support/system.ts'

const PATH = '/console/suppressions'

const bounced = async (system: TestSystem, email: string) => {
  const { customerId, mail } = await bought(system, email)
  await system.resendWorld.report(mail.id, 'email.bounced')
  await system.settle()
  return { customerId, message: messageOf(mail) }
}

const start = () => startWithConsole({ reports: false })

test('the list says who is not mailed, why, since when and by which message', async () => {
  const system = await start()
  const operator = await signedIn(system)
  expect(await operator.text(PATH)).toContain('No address is suppressed')
  const { customerId, message } = await bounced(system, 'mara@example.com')
  await suppressionsOf(system).suppress('elsewhere@example.com', {
    because: 'complained',
    at: system.clock.now(),
    origin: { message: null, provider: 'another system' },
  })
  const { body } = await operator.read(PATH)
  expect(body).toContain(
    `<a href="/console/customers/${customerId}">mara@<wbr/>example.<wbr/>com</a>`,
  )
  expect(body).toContain(`href="/console/messages/${message}"`)
  expect(body).not.toContain('elsewhere@')
  expect(await operator.text(PATH)).toMatch(
    /2 suppressions .*Not mailed by Postern Marked as spam.*bounced for good/,
  )
})

test('a release frees the address here and at Resend, with its reason in the log', async () => {
  const system = await start()
  const operator = await signedIn(system)
  const { customerId, message } = await bounced(system, 'mara@example.com')
  expect((await buy(system, customerId)).mail).toBeUndefined()
  const reason = 'asked by mara@example.com on the phone'
  const { body } = await operator.press(PATH, 'Mail it again', { reason })
  expect(body).toContain('The address is mailed again. It is removed from the list that Resend')
  expect(body).toContain('No address is suppressed')
  expect(system.resendWorld.suppressed()).toEqual([])
  expect((await buy(system, customerId)).mail?.to).toEqual(['mara@example.com'])
  await expect
    .poll(() => linesOf(system, 'suppression released'))
    .toEqual([
      expect.objectContaining({
        ...{ by: 'console', because: 'bounced', message, reason: 'asked by … on the phone' },
      }),
    ])
})

test('a key that may only send leaves Resend’s list to the operator', async () => {
  const system = await start()
  const operator = await signedIn(system)
  await bounced(system, 'mara@example.com')
  system.resendWorld.permission = 'sending_access'
  const { body } = await operator.press(PATH, 'Mail it again', { reason: 'asked' })
  expect(body).toMatch(/RESEND_API_KEY may only send.* at Resend yourself/)
  expect(system.resendWorld.suppressed()).toEqual(['mara@example.com'])
  expect(await suppressionsOf(system).isSuppressed('mara@example.com')).toBeNull()
})

test('an address whose message is gone is released by what the operator types', async () => {
  const system = await start()
  const operator = await signedIn(system)
  await suppressionsOf(system).suppress('old@example.com', {
    because: 'bounced',
    at: system.clock.now(),
    origin: { message: `msg_${'a'.repeat(44)}`, provider: 'an email of before' },
  })
  expect(await operator.text(PATH)).toContain('Its message has aged')
  const release = (address: string, reason = 'asked') =>
    operator.press(PATH, 'Release', { address, reason })
  for (const [address, says] of [
    ['nobody@example.com', 'not suppressed'],
    ['no address', 'not an address'],
  ] as const)
    expect((await release(address)).body).toContain(says)
  expect((await release('old@example.com', ' ')).body).toContain('Say why')
  expect((await release('OLD@example.com')).body).toContain('It was not on the list that Resend')
  expect(await operator.text(PATH)).toContain('No address is suppressed')
})

test('one without a known address is released by its place in the list', async () => {
  const system = await start()
  const operator = await signedIn(system)
  await suppressionsOf(system).suppress('old@example.com', {
    because: 'bounced',
    at: system.clock.now(),
    origin: { message: null, provider: 'another system' },
  })
  const { body } = await operator.press(PATH, 'Mail it again', { reason: 'asked' })
  expect(body).toContain('Resend was not asked')
  expect(await suppressionsOf(system).isSuppressed('old@example.com')).toBeNull()
})

test('a refusal of Resend’s own is over after thirty days, and the list says so', async () => {
  const system = await start()
  const { mail } = await bought(system, 'mara@example.com')
  await system.resendWorld.report(mail.id, 'email.suppressed')
  await system.settle()
  system.clock.advance(31 * DAY)
  const operator = await signedIn(system)
  expect(await operator.text(PATH)).toContain('Over: the next message is tried')
})

test('a long list goes on by cursor, and a bad cursor is a page that says so', async () => {
  const system = await start()
  const operator = await signedIn(system)
  const suppressions = suppressionsOf(system)
  for (let n = 0; n < 51; n++)
    await suppressions.suppress(`person${n}@example.com`, {
      ...{ because: 'bounced', at: system.clock.now() + n },
      origin: { message: null, provider: `${n}` },
    })
  const first = await operator.read(PATH)
  expect(first.body.match(/Mail bounced for good/g)).toHaveLength(50)
  const [, next = ''] = /href="([^"]*cursor=[^"]*)"/.exec(first.body) ?? []
  const second = await operator.read(next)
  expect(second.body.match(/Mail bounced for good/g)).toHaveLength(1)
  for (const cursor of ['', 'x', '1.2'])
    expect((await operator.read(`${PATH}?cursor=${cursor}`)).status).toBe(400)
})
