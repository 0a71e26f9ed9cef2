// Resend's reports on emails that it has accepted.

import { describe, expect, test } from 'vitest'
import { createApplyReport } from '../../src/deliveries/apply-report.ts'
import { everyShard } from '../../src/redis/keys.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { visit } from '../../src/sandbox/person.ts'
import { deliveryStore } from '../support/deliveries.ts'
import {
  bought,
  buy,
  deliveryOf,
  inspect,
  linesOf,
  type Mail,
  messageOf,
  startQuiet,
  suppressionsOf,
} from '../support/mailed.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, startTestSystem } from '../support/system.ts'

/** Each report comes first and last, and each two of them come one after the other in both orders. */
const ORDERS = [
  [0, 1, 2, 3],
  [3, 2, 1, 0],
  [1, 3, 0, 2],
  [2, 0, 3, 1],
]

/** Pino's number for a level that is not logged unless it is asked for. */
const DEBUG = 20

describe('how a delivery fared', () => {
  const shared = shareSystem({ reports: false })

  test('is told without being asked: an ordinary mail is delivered', async () => {
    const system = await startTestSystem()
    const { mail } = await bought(system, 'mara@example.com')
    expect(await deliveryOf(system, mail)).toMatchObject({
      state: 'accepted',
      providerId: mail.id,
      reported: { is: 'delivered' },
    })
  })

  test('ends the same in whatever order it is told', async () => {
    const system = await startQuiet()
    const happened = ['email.sent', 'email.delivered', 'email.bounced', 'email.complained'] as const
    const orders = ORDERS.map((order) => order.map((n) => happened[n]))
    await Promise.all(
      orders.map((_, n) =>
        system.polarWorld.scenario.purchase({ customer: { email: `mara-${n}@example.com` } }),
      ),
    )
    await system.settle()
    const mails = system.mails()
    expect(mails).toHaveLength(orders.length)
    const began = system.clock.now() - MINUTE
    const tell = async (mail: Mail, type: (typeof happened)[number]) => {
      const createdAt = began + happened.indexOf(type)
      expect((await system.resendWorld.report(mail.id, type, { createdAt })).status).toBe(202)
    }
    for (const step of happened.keys()) {
      for (const [n, mail] of mails.entries()) {
        const type = orders[n]?.[step]
        if (type) await tell(mail, type)
      }
      await system.settle()
    }
    for (const mail of mails)
      expect(await deliveryOf(system, mail)).toMatchObject({
        state: 'accepted',
        reported: { is: 'complained', at: began + 3 },
      })
  })

  test('ends the same when all of it is told at once', async () => {
    const system = shared()
    const { mail } = await bought(system, newAddress())
    const createdAt = system.clock.now()
    const types = ['email.complained', 'email.sent', 'email.bounced', 'email.delivered'] as const
    await Promise.all(
      [...types, ...types].map((type) => system.resendWorld.report(mail.id, type, { createdAt })),
    )
    await system.settle()
    expect(await deliveryOf(system, mail)).toMatchObject({ reported: { is: 'complained' } })
    expect(linesOf(system, 'reports failed')).toEqual([])
  })

  test('is told by a report though another one is applied in the middle of it', async () => {
    const system = await startQuiet()
    const { mail } = await bought(system, 'mara@example.com')
    const store = deliveryStore(inspect(system))
    const body = JSON.stringify({
      type: 'email.complained',
      data: { email_id: mail.id, tags: { message: messageOf(mail) } },
    })
    let isFirst = true
    const apply = createApplyReport({
      reports: {
        load: async (id) => ({
          ...{ id, body, receivedAt: system.clock.now() },
          start: Buffer.alloc(0),
        }),
        settle: async () => {},
      },
      deliveries: {
        ...store,
        load: async (id) => {
          const found = await store.load(id)
          if (isFirst) {
            isFirst = false
            await system.resendWorld.report(mail.id, 'email.delivered')
            await system.settle()
          }
          return found
        },
      },
      suppressions: suppressionsOf(system),
      addressOf: async () => null,
      log: createLog('silent'),
    })
    await apply('a report')
    expect(linesOf(system, 'delivery reported')).toHaveLength(1)
    expect(await deliveryOf(system, mail)).toMatchObject({ reported: { is: 'complained' } })
  })

  test('is told once, however often the report comes', async () => {
    const system = await startQuiet()
    const { mail } = await bought(system, 'mara@example.com')
    const first = await system.resendWorld.report(mail.id, 'email.delivered')
    const { svixId } = first
    const again = await system.resendWorld.report(mail.id, 'email.delivered', { svixId })
    await system.settle()
    const late = await system.resendWorld.report(mail.id, 'email.delivered', { svixId })
    await system.settle()
    expect([first, again, late].map(({ status }) => status)).toEqual([202, 202, 202])
    expect([first, again, late].map(({ body }) => JSON.parse(body).stored)).toEqual([
      ...['now', 'before', 'now'], // nothing is kept of a report that is applied
    ])
    expect(linesOf(system, 'delivery reported')).toEqual([
      expect.objectContaining({ message: messageOf(mail), report: 'delivered' }),
    ])
    expect(linesOf(system, 'report ignored')).toEqual([
      expect.objectContaining({ level: DEBUG, because: 'known already', report: svixId }),
    ])
  })

  test('is not believed of anybody who cannot sign', async () => {
    const system = shared()
    const email = newAddress()
    const { mail } = await bought(system, email)
    const forged = [
      { secret: `whsec_${Buffer.from('guessed').toString('base64')}` },
      { at: system.clock.now() - 6 * MINUTE },
      { at: system.clock.now() + 6 * MINUTE },
    ]
    for (const extra of forged) {
      const { status } = await system.resendWorld.report(mail.id, 'email.complained', extra)
      expect(status).toBe(403)
    }
    await system.settle()
    expect(await deliveryOf(system, mail)).not.toHaveProperty('reported')
    expect((await buy(system, { email })).mail).toBeDefined()
  })

  test('is not kept in the report, which names people: nothing stays of it', async () => {
    const system = await startQuiet()
    const { mail } = await bought(system, 'mara@example.com')
    const click = { ipAddress: '203.0.113.77', userAgent: 'Curious/1.0' }
    const clicked = await system.resendWorld.report(mail.id, 'email.clicked', { click })
    const delivered = await system.resendWorld.report(mail.id, 'email.delivered')
    await system.settle()
    const redis = inspect(system)
    expect([clicked, delivered].map(({ status }) => status)).toEqual([202, 202])
    expect(await redis.keys('*:report:*')).toEqual([])
    for (const key of everyShard('due', 'reports')) expect(await redis.zcard(key)).toBe(0)
    expect(system.logText()).not.toContain('mara@example.com')
    expect(system.logText()).not.toContain('203.0.113.77')
  })

  test('counts a click from when the email was delivered', async () => {
    const system = shared()
    const { mail } = await bought(system, newAddress())
    const link = firstLink(mail.text)
    system.clock.advance(10 * MINUTE)
    expect((await visit(link)).status).toBe(302)
    await system.resendWorld.report(mail.id, 'email.delivered')
    await system.settle()
    expect((await visit(link)).status).toBe(200)
    system.clock.advance(61 * SECOND)
    expect((await visit(link)).status).toBe(302)
  })

  test('is nothing to a message that another system tags likewise', async () => {
    const system = await startQuiet()
    const { mail } = await bought(system, 'mara@example.com')
    mail.tags = [{ name: 'message', value: `msg_${'A'.repeat(44)}` }]
    await system.resendWorld.report(mail.id, 'email.delivered')
    await system.resendWorld.report(mail.id, 'email.delivered', { tags: false })
    await system.settle()
    expect(linesOf(system, 'report ignored').map(({ because }) => because)).toEqual([
      'not about a message of ours',
      'not about a message of ours',
    ])
  })
})
