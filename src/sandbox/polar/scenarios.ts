// Plays scripts: changes the world and delivers the events in Polar's order.

import type { Cards } from './cards.ts'
import type { Delivery } from './deliver.ts'
import type { Stamp } from './instants.ts'
import { createBilling } from './scripts/billing.ts'
import { createChanges } from './scripts/changes.ts'
import { createEndings } from './scripts/endings.ts'
import { createGround, type Script } from './scripts/ground.ts'
import { createInvoicing } from './scripts/invoicing.ts'
import { createMembers } from './scripts/members.ts'
import { createPauses } from './scripts/pauses.ts'
import { createPeople } from './scripts/people.ts'
import { createPurchases } from './scripts/purchases.ts'
import { createRecoveries } from './scripts/recoveries.ts'
import { createRefunds } from './scripts/refunds.ts'
import { createRenewals } from './scripts/renewals.ts'
import { createUsage } from './scripts/usage.ts'
import type { PolarEvent } from './shapes/rows.ts'
import type { Played } from './system-events.ts'
import type { World } from './world.ts'

/** Each script changes the world and returns its ids and events, without delivering them. */
export const createScripts = (world: World, cards: Cards, stamp: Stamp) => {
  const ground = createGround(world, cards, stamp)
  const billing = createBilling(ground)
  const endings = createEndings(ground, billing)
  return {
    ...createPurchases(ground),
    ...createRefunds(ground),
    ...createInvoicing(ground),
    ...createRenewals(ground, billing),
    ...createRecoveries(ground, endings.giveUp),
    ...createUsage(ground, billing),
    ...createChanges(ground, billing),
    ...createPauses(ground, billing),
    ...endings,
    ...createPeople(ground, endings.revoke),
    ...createMembers(ground),
  }
}

type Scripts = ReturnType<typeof createScripts>

/** The same scripts; `record` gets what each of them played. */
export const recorded = (scripts: Scripts, record: (played: Played) => void): Scripts => {
  const playing =
    (name: string, write: (...input: unknown[]) => Script) =>
    (...input: unknown[]) => {
      const script = write(...input)
      record({ name, input: input.at(-1), events: script.events })
      return script
    }
  const entries = Object.entries(scripts).map(([name, write]) => [
    name,
    playing(name, write as (...input: unknown[]) => Script),
  ])
  return Object.fromEntries(entries) as Scripts
}

/** The same scripts, delivering their events to all webhook endpoints. */
export type Scenarios = {
  [Name in keyof Scripts]: (
    ...input: Parameters<Scripts[Name]>
  ) => Promise<Omit<ReturnType<Scripts[Name]>, 'afterwards'> & { deliveries: Delivery[] }>
}

export const createScenarios = (
  scripts: Scripts,
  send: (event: PolarEvent) => Promise<Delivery[]>,
): Scenarios => {
  const play =
    (write: (...input: never[]) => Script) =>
    async (...input: never[]) => {
      const { afterwards, ...script } = write(...input)
      const deliveries: Delivery[] = []
      for (const event of script.events) deliveries.push(...(await send(event)))
      afterwards?.()
      return { ...script, deliveries }
    }
  const played = Object.entries(scripts).map(([name, write]) => [name, play(write)])
  return Object.fromEntries(played) as Scenarios
}
