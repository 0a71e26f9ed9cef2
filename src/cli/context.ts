// The parts that commands share: Redis, alerts, notes, stores, and the settings. A part is opened when a command first asks for it.

import { createNotifier } from '../alerts/notify.ts'
import { readCommandConfig, readConfig } from '../config.ts'
import { createHeld } from '../deliveries/held.ts'
import { createEventStores } from '../events/stores.ts'
import { brandWithoutPolar, createIsKindOff } from '../messages/brand.ts'
import { createStores } from '../messages/stores.ts'
import { createOperatorActions } from '../operator/actions.ts'
import { createBudget } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import { createDenials } from '../polar/denials.ts'
import { customerKeyOf } from '../records/message-id.ts'
import { connect } from '../redis/connection.ts'
import { createDue } from '../redis/due.ts'
import { createStage } from '../redis/stage.ts'
import { createPause } from '../resend/pause.ts'
import { systemClock as clock } from '../runtime/clock.ts'
import type { Releases } from '../runtime/releases.ts'
import { createUnschedule } from '../schedule/entries.ts'
import type { Terminal } from '../setup/terminal.ts'
import { createSuppressions } from '../suppressions/store.ts'
import type { Screen } from './progress.ts'

/** Makes a part once, when it is first asked for. */
const once = <Part>(make: () => Part): (() => Part) => {
  let made: { part: Part } | undefined
  return () => {
    made ??= { part: make() }
    return made.part
  }
}

/** @param place its screen is where progress goes, and what went wrong beside the command's own work. */
export const openContext = async (
  releases: Releases,
  environment: NodeJS.ProcessEnv,
  { screen, terminal }: { screen: Screen; terminal: () => Terminal },
) => {
  const { redis: redisSettings, alertWebhookUrl } = readCommandConfig(environment)
  const redis = releases.add(
    // A failing Redis command throws, so connection errors need no report of their own. The pipelines of auto-pipelining are
    // large and outlive many collections of garbage: a long command would take twice the memory.
    await connect(redisSettings, 'ask_at_once', () => {}),
    (open) => open.disconnect(),
  )
  /** All settings. A command that asks for them needs each to be valid. */
  const config = once(() => readConfig(environment, clock))
  // The sweeper finds the due entry of a lost nudge within a second.
  const stage = (name: string, shardIdOf?: (id: string) => string) =>
    releases.add(
      createStage(redis, name, { clock, onLost: () => {}, ...(shardIdOf && { shardIdOf }) }),
      ({ close }) => close(),
    )
  const deliveriesDue = once(() => createDue(redis, 'deliveries', clock, customerKeyOf))
  const storesWith = (secrets: readonly Buffer[]) =>
    createStores({
      ...{ redis, due: deliveriesDue(), secrets, clock },
      unschedule: createUnschedule(redis, clock),
    })
  const eventStoresWith = (secrets: readonly Buffer[]) =>
    createEventStores({ redis, due: createDue(redis, 'events', clock), secrets, clock })
  const stores = once(() => storesWith([]))
  const actions = createOperatorActions(redis, clock)
  const note = actions.noteBy('command')
  return {
    ...{ redis, clock, config, note, screen, terminal, deliveriesDue, stores },
    /** The stage of the deliveries, for a command that nudges. */
    deliveriesStage: once(() => stage('deliveries', customerKeyOf)),
    eventsStage: once(() => stage('events')),
    notify: once(
      () =>
        releases.add(
          createNotifier({
            ...{ url: alertWebhookUrl, redis, clock },
            onFailure: (why) =>
              screen.write(`The alert to ALERT_WEBHOOK_URL failed: ${JSON.stringify(why)}\n`),
          }),
          ({ settled }) => settled(),
        ).notify,
    ),
    /** Stores whose indexes find by a term: these are keyed with the secrets of links. */
    searchableStores: once(() => {
      const { secrets } = config().links
      return { ...storesWith(secrets), ...eventStoresWith(secrets) }
    }),
    eventStores: once(() => eventStoresWith([])),
    /** When reminders are due, as the settings say. */
    reminderPolicy: once(() => {
      const { brand, email, reminders } = config()
      return { ...reminders, isOff: createIsKindOff(brandWithoutPolar(brand), email.kindsOff) }
    }),
    held: once(() => createHeld(stores())),
    pause: once(() => createPause({ redis, clock })),
    suppressions: once(() => createSuppressions(redis, clock)),
    budget: once(() => createBudget(redis, config().polar.rateLimit, clock)),
  }
}

export type Context = Awaited<ReturnType<typeof openContext>>

/** A client of Polar's API with the messages' share of its limit. The command prints a denial as its error. */
export const polarFor = ({ config, budget, clock }: Context) => {
  const denials = createDenials(() => {})
  return createPolarClient({ ...config().polar, denials }, budget().messages, clock)
}
