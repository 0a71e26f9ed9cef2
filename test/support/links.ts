// A mailed link to follow.

import { MINUTE } from '../../src/runtime/clock.ts'
import { newAddress } from './shared-system.ts'
import { firstLink, startTestSystem, type TestSystem } from './system.ts'

type Customer = { email: string; locale?: string }

/** A purchase, its email, and the link in it. */
export const mailed = async (
  system: TestSystem,
  customer: string | Customer = 'theo@example.com',
) => {
  const { email, ...rest } = typeof customer === 'string' ? { email: customer } : customer
  const bought = await system.polarWorld.scenario.purchase({ customer: { email, ...rest } })
  await system.settle()
  const [mail, ...more] = system
    .mails('order_confirmation')
    .filter(({ to }) => to.join().includes(email))
  if (!mail || more.length > 0) throw new Error('there is not one email about the purchase')
  return { ...bought, link: firstLink(mail.text), mail }
}

/** A system with a mailed link whose settling time is over. */
export const settled = async (options: Parameters<typeof startTestSystem>[0] = {}) => {
  const system = await startTestSystem(options)
  const sent = await mailed(system)
  system.clock.advance(2 * MINUTE)
  return { system, ...sent }
}

/** A mailed link whose settling time is over, to a new customer of a system that tests share. */
export const settledIn = async (system: TestSystem) => {
  const email = newAddress()
  const sent = await mailed(system, email)
  system.clock.advance(2 * MINUTE)
  return { system, email, ...sent }
}

/** How many sessions were minted, of all customers or of one. */
export const minted = (system: TestSystem, customerId?: string) =>
  system.polarWorld
    .sessions()
    .filter(({ customer_id }) => !customerId || customer_id === customerId).length
