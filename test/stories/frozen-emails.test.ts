// The email of a message as Redis keeps it: plain from its claim on, and packed once Resend has accepted it.

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import {
  invoiced,
  purchases,
  release,
  releaseAndSettle,
  startHeldSystem,
  tellAll,
} from '../support/backlog.ts'
import { deliveryStore } from '../support/deliveries.ts'
import {
  bodyOf,
  deliveryOf,
  inspect,
  linesOf,
  type Mail,
  messageOf,
  startQuiet,
} from '../support/mailed.ts'
import type { TestSystem } from '../support/system.ts'

const PLAIN = '{'.charCodeAt(0)
const WITH_DICTIONARY = 0x71

const TOKEN = 'the-token-of-the-backend-of-a-merchant'
const WARN = 40

const frozen = (system: TestSystem, mail: Mail) =>
  deliveryStore(inspect(system)).frozen(messageOf(mail))

/** With its placeholders instead of links, as an email is frozen. */
const withoutLinks = (text: string | null) =>
  text?.replaceAll(/https?:\/\/[^\s/"]+\/l\/[\w-]+/g, '*')
const withoutPlaceholders = (text = '') =>
  text.replaceAll(/https:\/\/link\.invalid\/(action|overview)\b/g, '*')

/** Expects the packed form, which is the email as it was sent but for its attachment. */
const expectPacked = async (system: TestSystem, mail: Mail) => {
  const body = await bodyOf(system, messageOf(mail))
  expect(body[0]).toBe(WITH_DICTIONARY)
  expect(body.length).toBeLessThan(1000)
  const email = await frozen(system, mail)
  expect(email).toMatchObject({ to: mail.to[0], subject: mail.subject, attachment: null })
  expect(withoutPlaceholders(email?.html)).toBe(withoutLinks(mail.html))
  expect(withoutPlaceholders(email?.text)).toBe(withoutLinks(mail.text))
}

describe('acceptance packs an email, without its attachment', () => {
  test('where it was sent by itself', async () => {
    const system = await startHeldSystem({ reports: false })
    const events = purchases(1, invoiced)
    for (const event of events) system.polarWorld.applyEvent(event)
    await tellAll(system, events)
    await releaseAndSettle(system)
    await expect.poll(() => linesOf(system, 'message accepted')).toHaveLength(1)
    const [mail] = system.mails()
    expect(mail?.attachments).toHaveLength(1)
    if (mail) await expectPacked(system, mail)
  })

  test('where it was sent in a batch, by one dictionary for all', async () => {
    const system = await startHeldSystem({ reports: false })
    await tellAll(system, purchases(6))
    await releaseAndSettle(system)
    await expect.poll(() => linesOf(system, 'message accepted')).toHaveLength(6)
    for (const mail of system.mails()) await expectPacked(system, mail)
    expect(await inspect(system).keys('postern:dictionary:*')).toHaveLength(1)
  })

  test('where a report comes before the answer; until then it is plain, and Redis never drops it', async () => {
    const system = await startHeldSystem({ reports: false })
    const events = purchases(1, invoiced)
    for (const event of events) system.polarWorld.applyEvent(event)
    await tellAll(system, events)
    system.resendWorld.fault = () => 'drop-after-accept'
    await release(system)
    await expect.poll(() => system.logText()).toContain('delivery to be retried')
    const [mail] = system.mails()
    if (!mail) throw new Error('no mail was sent')
    const body = await bodyOf(system, messageOf(mail))
    expect(body[0]).toBe(PLAIN)
    expect(JSON.parse(body.toString()).attachment).not.toBeNull()
    const [key = ''] = await inspect(system).keys('*:body:*')
    expect(await inspect(system).pttl(key)).toBe(-1)
    await system.resendWorld.report(mail.id, 'email.sent')
    await expect.poll(() => system.logText()).toContain('delivery reported')
    await expectPacked(system, mail)
    expect(await inspect(system).pttl(key)).toBe(-1)
  })
})

test('an email whose dictionary is missing is read as gone, and the log names the dictionary once', async () => {
  const system = await startHeldSystem({ reports: false, environment: { API_TOKEN: TOKEN } })
  const events = purchases(2)
  await tellAll(system, events)
  await releaseAndSettle(system)
  await expect.poll(() => linesOf(system, 'message accepted')).toHaveLength(2)
  const emailTo = async (customerId: string) => {
    const { body } = await visit(`${system.postern}/api/customers/${customerId}/export`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    })
    return JSON.parse(body).messages[0].email
  }
  const redis = inspect(system)
  const [key = ''] = await redis.keys('postern:dictionary:*')
  await redis.del(key)
  for (const { data } of events) expect(await emailTo(data.customer.id)).toBeNull()
  expect(linesOf(system, 'dictionary of emails missing')).toEqual([
    expect.objectContaining({ level: WARN, dictionary: key.split(':').at(-1) }),
  ])
  expect(system.logText()).not.toMatch(/customer-\d@example\.com/)
})

test('a claim that is retried sends exactly the email that was frozen', async () => {
  const system = await startQuiet()
  const { resendWorld, polarWorld, clock } = system
  resendWorld.fault = () => ({ status: 500, body: { name: 'application_error' } })
  await polarWorld.scenario.purchase({ customer: { email: 'mara@example.com' } })
  await expect.poll(() => system.logText()).toContain('delivery to be retried')
  const redis = inspect(system)
  const [key = ''] = await redis.keys('*:body:*')
  const first = JSON.parse((await redis.get(key)) ?? '')
  // An email that nothing would compose again.
  const marked = { ...first, subject: 'As it was frozen', text: `${first.text}\n\n\u{1f426} «…»\t` }
  await redis.set(key, JSON.stringify(marked))
  resendWorld.fault = undefined
  clock.advance(20 * SECOND)
  await system.settle()
  await expect.poll(() => system.mails()).toHaveLength(1)
  const [mail] = system.mails()
  if (!mail) throw new Error('no mail was sent')
  expect(mail.subject).toBe('As it was frozen')
  expect(withoutLinks(mail.text)).toBe(withoutPlaceholders(marked.text))
  expect(withoutLinks(mail.html)).toBe(withoutPlaceholders(marked.html))
  await expect.poll(async () => (await deliveryOf(system, mail)).state).toBe('accepted')
  await expectPacked(system, mail)
})
