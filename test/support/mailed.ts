// Mails that were sent, what is recorded of them, and whom not to mail.

import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { createCustomerStore } from '../../src/customers/store.ts'
import type { Delivery } from '../../src/deliveries/delivery.ts'
import { recordPacking } from '../../src/records/packing.ts'
import { bodyKey } from '../../src/records/store.ts'
import { createSuppressions } from '../../src/suppressions/store.ts'
import { deliveryStore, loadDelivery } from './deliveries.ts'
import { startTestSystem, type TestSystem } from './system.ts'

/** Nothing is reported but what the test says. */
export const startQuiet = () => startTestSystem({ reports: false })

/** A connection to its Redis, for as long as the test runs. */
export const inspect = (system: TestSystem) => {
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  return redis
}

export type Mail = ReturnType<TestSystem['mails']>[number]

/** The id of the message that a mail is of. */
export const messageOf = ({ tags }: Mail) =>
  tags.find(({ name }) => name === 'message')?.value ?? ''

export const deliveryOf = async (system: TestSystem, mail: Mail): Promise<Delivery> =>
  (await loadDelivery(inspect(system), messageOf(mail))).delivery

/** Buys something, and answers the mail about it, or undefined where none was sent. */
export const buy = async (system: TestSystem, customer: string | { email: string }) => {
  const before = new Set(system.mails().map(({ id }) => id))
  const { customerId } = await system.polarWorld.scenario.purchase({ customer })
  await system.settle()
  return { customerId, mail: system.mails().find(({ id }) => !before.has(id)) }
}

/** The same, where a mail is to be sent. */
export const bought = async (system: TestSystem, email: string) => {
  const { customerId, mail } = await buy(system, { email })
  if (!mail) throw new Error('no mail was sent')
  return { customerId, mail }
}

/** The email of a message as it is stored, in bytes. */
export const bodyOf = async (system: TestSystem, id: string): Promise<Buffer> =>
  (await inspect(system).getBuffer(bodyKey(id))) ?? Buffer.alloc(0)

/** Whether the email can still be read as it was sent. */
export const isReadable = async (system: TestSystem, mail: Mail) => {
  const email = await deliveryStore(inspect(system)).frozen(messageOf(mail))
  return email?.subject === mail.subject && mail.to.includes(email.to)
}

export const customersOf = (system: TestSystem) =>
  createCustomerStore(inspect(system), system.clock, recordPacking)

export const suppressionsOf = (system: TestSystem) =>
  createSuppressions(inspect(system), system.clock)

export const linesOf = (system: TestSystem, msg: string) =>
  system.logs().filter((line) => line.msg === msg)
