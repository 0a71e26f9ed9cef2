// A mailed link to follow.

import { MINUTE } from '../../src/runtime/clock.ts'
import { firstLink, startTestSystem, type TestSystem } from './system.ts'

/** A purchase, its email, and the link in it. */
export const mailed = async (system: TestSystem) => {
  const bought = await system.polarWorld.scenario.purchase({
    customer: { email: 'theo@example.com' },
  })
  const mail = await system.theMail('order_confirmation')
  return { ...bought, link: firstLink(mail.text), mail }
}

/** A system with a mailed link whose settling time is over. */
export const settled = async (options: Parameters<typeof startTestSystem>[0] = {}) => {
  const system = await startTestSystem(options)
  const sent = await mailed(system)
  system.clock.advance(2 * MINUTE)
  return { system, ...sent }
}

/** How many sessions were minted. */
export const minted = (system: TestSystem) => system.polarWorld.sessions().length
