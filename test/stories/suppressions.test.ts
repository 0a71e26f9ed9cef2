// Whom not to mail any more, and when to mail them again.

import { describe, expect, test } from 'vitest'
import { recordPacking } from '../../src/records/packing.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { fixture } from '../support/events.ts'
import {
  bought,
  buy,
  deliveryOf,
  inspect,
  linesOf,
  messageOf,
  startQuiet,
  suppressionsOf,
} from '../support/mailed.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

describe('an address', () => {
  const shared = shareSystem({ reports: false })

  /** Whether what is bought next is mailed to it; where it isn't, that is recorded and nobody was asked. */
  const isMailed = async (system: TestSystem, customer: string | { email: string }) => {
    const asked = system.resendWorld.requests()
    const refused = linesOf(system, 'message not sent').length
    const { mail } = await buy(system, customer)
    if (mail) return true
    expect(system.resendWorld.requests()).toBe(asked)
    expect(linesOf(system, 'message not sent').slice(refused)).toEqual([
      expect.objectContaining({ because: 'suppressed' }),
    ])
    return false
  }

  const move = async (system: TestSystem, customerId: string, email: string) => {
    await system.polarWorld.scenario.updateCustomer(customerId, { email })
    await system.settle()
  }

  test('whose mail bounced for good is not mailed again, by whatever customer', async () => {
    const system = await startTestSystem()
    const { customerId, mail } = await bought(system, 'bounced@example.com')
    expect(await deliveryOf(system, mail)).toMatchObject({ reported: { is: 'bounced' } })
    expect(await isMailed(system, customerId)).toBe(false)
    expect(await isMailed(system, { email: 'Bounced@Example.com' })).toBe(false)
    expect(await isMailed(system, { email: 'mara@example.com' })).toBe(true)
    expect(linesOf(system, 'address suppressed')).toEqual([
      expect.objectContaining({ message: messageOf(mail), because: 'bounced' }),
    ])
    expect(system.logText().toLowerCase()).not.toContain('bounced@example.com')
    const stored = await inspect(system).get(
      (await inspect(system).keys('*}:suppressed:*'))[0] ?? '',
    )
    expect(JSON.parse(stored ?? '')).toEqual({
      because: 'bounced',
      at: expect.any(Number),
      origin: { message: messageOf(mail), provider: mail.id },
    })
  })

  test('is the same with its domain in letters and in ASCII', async () => {
    const system = shared()
    const { mail } = await bought(system, 'mara@bücher.example')
    await system.resendWorld.report(mail.id, 'email.complained')
    await system.settle()
    for (const email of ['mara@bücher.example', 'Mara@XN--BCHER-KVA.example'])
      expect(await isMailed(system, { email })).toBe(false)
  })

  test.each(['Transient', 'Undetermined'] as const)(
    'whose mail bounced once (%s) is mailed again',
    async (type) => {
      const system = shared()
      const mara = newAddress()
      const { customerId, mail } = await bought(system, mara)
      await system.resendWorld.report(mail.id, 'email.bounced', { bounce: { type } })
      await system.settle()
      expect(await deliveryOf(system, mail)).toMatchObject({ reported: { is: 'bounced' } })
      expect(await isMailed(system, customerId)).toBe(true)
    },
  )

  test.each(['email.complained', 'email.suppressed'] as const)(
    'is not mailed again after %s',
    async (type) => {
      const system = shared()
      const mara = newAddress()
      const { customerId, mail } = await bought(system, mara)
      await system.resendWorld.report(mail.id, type)
      await system.settle()
      expect(await isMailed(system, customerId)).toBe(false)
    },
  )

  test('is the one that was mailed, whatever else the report names', async () => {
    const system = shared()
    const mara = newAddress()
    const { mail } = await bought(system, mara)
    mail.to = ['innocent@example.com']
    await system.resendWorld.report(mail.id, 'email.bounced')
    await system.settle()
    expect(await isMailed(system, { email: 'innocent@example.com' })).toBe(true)
    expect(await isMailed(system, { email: mara })).toBe(false)
  })

  test('that another system mailed is known to bounce too, unless it was one of several', async () => {
    const system = shared()
    const mara = newAddress()
    const { mail } = await bought(system, mara)
    mail.to = ['Aiko <aiko@example.com>']
    await system.resendWorld.report(mail.id, 'email.bounced', { tags: false })
    mail.to = ['one@example.com', 'two@example.com']
    await system.resendWorld.report(mail.id, 'email.bounced', { tags: false })
    await system.settle()
    expect(await isMailed(system, { email: 'aiko@example.com' })).toBe(false)
    expect(await isMailed(system, { email: 'one@example.com' })).toBe(true)
    expect(await isMailed(system, { email: mara })).toBe(true)
  })

  test('is mailed again once a customer is given it anew', async () => {
    const system = shared()
    const mara = newAddress()
    const other = newAddress()
    const { customerId, mail } = await bought(system, mara)
    await system.resendWorld.report(mail.id, 'email.bounced')
    await system.settle()
    await move(system, customerId, other)
    expect(await isMailed(system, customerId)).toBe(true)
    expect(await isMailed(system, { email: mara })).toBe(false)
    await move(system, customerId, mara)
    expect(await isMailed(system, customerId)).toBe(true)
    expect(system.mails()[0]?.to).toEqual([mara])
  })

  test('is not mailed again for another change of its customer, nor for old news of its address', async () => {
    const system = shared()
    const mara = newAddress()
    const { customerId, mail } = await bought(system, mara)
    const { events: early } = system.polarWorld.script.updateCustomer(customerId, {
      email: newAddress(),
    })
    await move(system, customerId, mara.toUpperCase())
    await system.resendWorld.report(mail.id, 'email.bounced')
    await system.settle()
    await system.polarWorld.scenario.updateCustomer(customerId, { name: 'Mara L.' })
    for (const event of early) await system.polarWorld.deliver(event)
    await system.polarWorld.scenario.updateCustomer(customerId, { name: 'Mara Lindqvist' })
    await system.settle()
    expect(await isMailed(system, customerId)).toBe(false)
  })

  test('whose owner complained stays as it is, also for a bounce before or after', async () => {
    const system = shared()
    const mara = newAddress()
    const other = newAddress()
    const { customerId, mail } = await bought(system, mara)
    for (const type of ['email.bounced', 'email.complained', 'email.bounced'] as const) {
      await system.resendWorld.report(mail.id, type)
      await system.settle()
    }
    expect(await suppressionsOf(system).isSuppressed(mara)).toMatchObject({
      because: 'complained',
    })
    await move(system, customerId, other)
    await move(system, customerId, mara)
    expect(await isMailed(system, customerId)).toBe(false)
  })

  test('that was freed is not suppressed again by what happened before, only by what happens since', async () => {
    const system = shared()
    const mara = newAddress()
    const suppressions = suppressionsOf(system)
    const { customerId, mail } = await bought(system, mara)
    const bounce = await system.resendWorld.report(mail.id, 'email.bounced')
    await system.settle()
    system.clock.advance(MINUTE)
    expect(await suppressions.free(mara)).toBe(true)
    expect(await suppressions.free(mara)).toBe(false)
    const createdAt = Date.parse(bounce.event.created_at)
    await system.resendWorld.report(mail.id, 'email.bounced', { createdAt })
    await system.settle()
    expect(await isMailed(system, customerId)).toBe(true)
    system.clock.advance(MINUTE)
    await system.resendWorld.report(mail.id, 'email.bounced')
    await system.settle()
    expect(await isMailed(system, customerId)).toBe(false)
  })

  test('of a customer who was deleted leaves nothing that stands for it', async () => {
    const system = await startQuiet()
    const { customerId } = await bought(system, 'mara@example.com')
    const known = async () => {
      const redis = inspect(system)
      const [key = ''] = await redis.keys('*}:state:*')
      return recordPacking.unpack((await redis.getBuffer(key)) ?? Buffer.from('{}'))
    }
    expect(await known()).toHaveProperty('address.hash')
    await system.polarWorld.scenario.deleteCustomer(customerId)
    await system.settle()
    expect(await known()).not.toHaveProperty('address')
  })
})

test('a fixture of Polar’s own, an update of a customer with a new address, frees that address', async () => {
  const system = await startQuiet()
  const suppressions = suppressionsOf(system)
  const updated = fixture('customer.updated')
  const address = updated.data.email
  const at = system.clock.now()
  await suppressions.suppress(address, {
    because: 'bounced',
    at,
    origin: { message: null, provider: 'an email of before' },
  })
  const before = fixture('order.paid')
  await system.polarWorld.deliver(before)
  await system.settle()
  expect(await suppressions.isSuppressed(address)).not.toBeNull()
  await system.polarWorld.deliver(updated)
  await system.settle()
  expect(await suppressions.isSuppressed(address)).toBeNull()
})

test('an event that shows an older address of its customer is mailed to the one that they have by now', async () => {
  const system = await startQuiet()
  const { scenario, script } = system.polarWorld
  const { customerId } = await scenario.purchase({ customer: { email: 'mara@example.com' } })
  await system.settle()
  const { events } = script.purchase({ customer: customerId })
  await scenario.updateCustomer(customerId, { email: 'mara@new.example.com' })
  await system.settle()
  system.resendWorld.clear()
  for (const event of events) await system.polarWorld.deliver(event)
  await system.settle()
  expect(system.mails().map(({ to }) => to)).toEqual([['mara@new.example.com']])
})
