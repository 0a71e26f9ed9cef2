// Mails that were sent, what is recorded of them, and whom not to mail.

import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import type { Delivery } from '../../src/deliveries/delivery.ts'
import { customerKeyOf } from '../../src/messages/message.ts'
import { customerSlot } from '../../src/redis/keys.ts'
import { createSuppressions } from '../../src/suppressions/store.ts'
import { deliveryStore } from './deliveries.ts'
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

export const deliveryOf = async (system: TestSystem, mail: Mail): Promise<Delivery> => {
  const store = deliveryStore(inspect(system))
  return (await store.load(messageOf(mail))).delivery
}

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

/** Whether its bytes are still kept to be sent again. */
export const isFrozen = async (system: TestSystem, mail: Mail) => {
  const id = messageOf(mail)
  return (await inspect(system).exists(customerSlot(customerKeyOf(id), 'frozen', id))) === 1
}

export const suppressionsOf = (system: TestSystem) =>
  createSuppressions(inspect(system), system.clock)

export const linesOf = (system: TestSystem, msg: string) =>
  system.logs().filter((line) => line.msg === msg)
