// An answer that never came: Resend has the email, and only its reports tell us so.

import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import {
  ofItsOwnProduct,
  purchases,
  releaseTogether,
  startHeldSystem,
  tellAll,
} from '../support/backlog.ts'
import { stateIn } from '../support/deliveries.ts'
import { deliveryOf, isReadable, linesOf, startQuiet } from '../support/mailed.ts'
import { firstLink, type TestSystem } from '../support/system.ts'

/** Lets everything happen that may, with answers that come; returns how many more requests that took. */
const resume = async (system: TestSystem) => {
  const asked = system.resendWorld.requests()
  system.resendWorld.fault = undefined
  system.clock.advance(10 * MINUTE)
  await system.settle()
  return system.resendWorld.requests() - asked
}

/** A system in which Resend has accepted a few emails in one request, and its answers are lost from then on. */
const startUnanswered = async () => {
  const system = await startHeldSystem({ reports: false })
  await tellAll(system, purchases(4, ofItsOwnProduct))
  system.resendWorld.fault = () => 'drop-after-accept'
  await releaseTogether(system, 4)
  await expect.poll(() => system.logText()).toContain('batch to be retried')
  const mails = system.mails()
  expect(mails).toHaveLength(4)
  return { system, mails }
}

describe('the doubt', () => {
  test('about an email is ended by a report on it, without another request', async () => {
    const system = await startQuiet()
    const resend = system.resendWorld
    resend.fault = () => 'drop-after-accept'
    await system.polarWorld.scenario.purchase({ customer: { email: 'mara@example.com' } })
    await expect.poll(() => system.logText()).toContain('delivery to be retried')
    const [mail] = system.mails()
    if (!mail) throw new Error('no mail was sent')
    expect(await deliveryOf(system, mail)).toMatchObject({ state: 'sending' })
    await resend.report(mail.id, 'email.sent')
    await expect.poll(() => system.logText()).toContain('delivery reported')
    expect(await resume(system)).toBe(0)
    expect(stateIn(await deliveryOf(system, mail))).toEqual({
      state: 'accepted',
      at: Date.parse(mail.accepted_at),
      providerId: mail.id,
      reported: { is: 'sent', at: expect.any(Number) },
    })
    expect(await isReadable(system, mail)).toBe(true)
    // Its links open like those of any other, though nobody here ever heard that it was accepted.
    expect((await visit(firstLink(mail.text))).status).toBe(302)
  })

  test('about a batch is left to its next answer where only some of it is reported, and nothing is sent twice', async () => {
    const { system, mails } = await startUnanswered()
    const [reported, ...others] = mails
    if (!reported) throw new Error('no mail was sent')
    // The second finds it accepted, and leaves the bytes that the others' request needs as well.
    for (const type of ['email.sent', 'email.delivered'] as const)
      await system.resendWorld.report(reported.id, type)
    await expect.poll(() => linesOf(system, 'delivery reported').length).toBe(2)
    expect(await deliveryOf(system, reported)).toMatchObject({ state: 'accepted' })
    for (const mail of others)
      expect(await deliveryOf(system, mail)).toMatchObject({ state: 'batched' })
    expect(await resume(system)).toBe(1)
    expect(system.resendWorld.accepted()).toBe(mails.length)
    for (const mail of mails) {
      expect(await deliveryOf(system, mail)).toMatchObject({
        state: 'accepted',
        providerId: mail.id,
        ...(mail === reported && { reported: { is: 'delivered' } }),
      })
      expect(await isReadable(system, mail)).toBe(true)
    }
    expect(linesOf(system, 'batch unconfirmed')).toEqual([])
  })

  test('about a batch is ended by reports on all of it, without another request', async () => {
    const { system, mails } = await startUnanswered()
    for (const { id } of mails) await system.resendWorld.report(id, 'email.sent')
    await expect.poll(() => linesOf(system, 'delivery reported').length).toBe(mails.length)
    expect(await resume(system)).toBe(0)
    for (const mail of mails) {
      expect(await deliveryOf(system, mail)).toMatchObject({ state: 'accepted' })
      expect(await isReadable(system, mail)).toBe(true)
    }
  })
})
