// Runs an operator's command in a process of its own: reads the settings, connects to Redis, runs
// the command and prints its output. The exit status is 1 if anything failed.

import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { createNotifier } from '../alerts/notify.ts'
import { createRuns } from '../backfill/runs.ts'
import { ConfigError, readCommandConfig, readConfig } from '../config.ts'
import { createAbandon } from '../deliveries/abandon.ts'
import { createBatchStore } from '../deliveries/batches/store.ts'
import { createHeld } from '../deliveries/held.ts'
import { createRehearsals } from '../deliveries/rehearsals.ts'
import { createReleaseMessage } from '../deliveries/release-message.ts'
import { createEventStores } from '../events/stores.ts'
import { createLinkStore } from '../links/store.ts'
import { messagePriority } from '../messages/priority.ts'
import { createSendAgain } from '../messages/send-again.ts'
import { createStores } from '../messages/stores.ts'
import { createOperatorActions, type NoteAct } from '../operator/actions.ts'
import { createAllMail } from '../operator/all-mail.ts'
import { createSearch } from '../operator/search.ts'
import { createBudget } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import { createDenials } from '../polar/denials.ts'
import { oursIn } from '../polar/our-endpoints.ts'
import { customerKeyOf } from '../records/message-id.ts'
import { connect, RedisUnfitError } from '../redis/connection.ts'
import { createDue } from '../redis/due.ts'
import { BACKFILLED_KEY, customerKey } from '../redis/keys.ts'
import { createStage } from '../redis/stage.ts'
import { createPause } from '../resend/pause.ts'
import { createErase } from '../retention/erase.ts'
import { createReindex } from '../retention/reindex.ts'
import { systemClock as clock } from '../runtime/clock.ts'
import { createReleases } from '../runtime/releases.ts'
import { createUnschedule } from '../schedule/entries.ts'
import { createLift } from '../suppressions/lift.ts'
import { createSuppressions } from '../suppressions/store.ts'
import { createBackfilling } from './backfilling.ts'
import { createErasure } from './erasure.ts'
import { createFoundEvents } from './found-events.ts'
import { createMail } from './mail.ts'
import type { CommandOutput } from './output.ts'
import { createReindexing } from './reindexing.ts'
import { createReleaseNamed } from './release-named.ts'
import { createReplaying } from './replaying.ts'
import { createResendList } from './resend-list.ts'
import { createResend } from './send-again.ts'
import { createFind } from './timeline.ts'
import { createUnsuppress } from './unsuppress.ts'
import { createWebhookEndpoints } from './webhook-endpoints.ts'

const printError = (text: string) => process.stderr.write(`${text}\n`)

const fail = (text: string) => {
  printError(text)
  process.exitCode = 1
}

const build = async (releases: ReturnType<typeof createReleases>) => {
  if (existsSync('.env')) loadEnvFile('.env')
  const config = readCommandConfig(process.env)
  const redis = releases.add(
    // A failing Redis command throws, so connection errors need no report of their own. The pipelines of auto-pipelining are
    // large and outlive many collections of garbage: a long command would take twice the memory.
    await connect(config.redis, 'ask_at_once', () => {}),
    (open) => open.disconnect(),
  )
  const alerts = releases.add(
    createNotifier({
      url: config.alertWebhookUrl,
      redis,
      clock,
      onFailure: (why) =>
        printError(`The alert to ALERT_WEBHOOK_URL failed: ${JSON.stringify(why)}`),
    }),
    ({ settled }) => settled(),
  )
  const stage = releases.add(
    // The sweeper finds its due entry within a second.
    createStage(redis, 'deliveries', { clock, onLost: () => {}, shardIdOf: customerKeyOf }),
    ({ close }) => close(),
  )
  const storesWith = (secrets: readonly Buffer[]) =>
    createStores({
      redis,
      due: stage.due,
      secrets,
      unschedule: createUnschedule(redis, clock),
      clock,
    })
  const { deliveries, list, index } = storesWith([])
  const held = createHeld({ list, index })
  const pause = createPause({ redis, clock })
  const releaseMessage = createReleaseMessage({
    deliveries,
    nudge: stage.nudge,
    clock,
    priorityOf: messagePriority,
  })
  const actions = createOperatorActions(redis, clock)
  const note: NoteAct = (act) => actions.note('command', act)
  const rehearsals = createRehearsals(list)
  const mail = createMail({
    allMail: createAllMail({ pause, note, notify: alerts.notify, by: 'command' }),
    held,
    rehearsals,
    waiting: stage.due.all,
  })
  const suppressions = createSuppressions(redis, clock)
  /** Calls Polar, so it needs all settings; the other commands do not. */
  const resend = (ids: readonly string[]) => {
    const { polar, links, sendMode } = readConfig(process.env, clock)
    const { messages, compareAndSet } = storesWith(links.secrets)
    const budget = createBudget(redis, polar.rateLimit, clock)
    const denials = createDenials(() => {}) // the command prints a denial as its error
    const sendAgain = createSendAgain({
      messages,
      nudge: stage.nudge,
      clock,
      compareAndSet,
      stateOf: async (id) => (await deliveries.load(id))?.delivery.state ?? null,
      suppressionOf: suppressions.isSuppressed,
      polar: createPolarClient({ ...polar, denials }, budget.messages, clock),
    })
    return createResend({ sendAgain, isShadow: sendMode === 'shadow', note })(ids)
  }
  /** The index is keyed with the secrets of links. */
  const find = (text: string) => {
    const { secrets } = readConfig(process.env, clock).links
    const { records, list, index } = storesWith(secrets)
    const due = createDue(redis, 'events', clock)
    const stores = createEventStores({ redis, due, secrets, clock })
    return createFind(createSearch({ records, list, index, ...stores }))(text)
  }
  const forget = (text: string) => {
    const { secrets } = readConfig(process.env, clock).links
    const stores = storesWith(secrets)
    const due = createDue(redis, 'events', clock)
    const batches = createBatchStore(redis, createDue(redis, 'batches', clock))
    const erase = createErase({
      ...stores,
      ...createEventStores({ redis, due, secrets, clock }),
      ...{ suppressions, abandon: createAbandon({ batches, clock }), clock },
      linkStore: createLinkStore({ redis, records: stores.records, clock }),
      erasures: createDue(redis, 'erasures', clock, customerKey),
    })
    return createErasure({ ...stores, erase, note })(text)
  }
  const reindex = (args: readonly string[]) => {
    const { secrets } = readConfig(process.env, clock).links
    const due = createDue(redis, 'events', clock)
    const stores = { ...storesWith(secrets), ...createEventStores({ redis, due, secrets, clock }) }
    const screen = process.stderr
    return createReindexing({ reindex: createReindex({ redis, ...stores }), clock, screen })(args)
  }
  const replay = async (args: readonly string[]) => {
    const config = readConfig(process.env, clock)
    const stores = storesWith(config.links.secrets)
    const found = await createFoundEvents({ redis, config, stores, clock })
    return createReplaying({ ...found, note, clock })(args)
  }
  const backfill = async (args: readonly string[]) => {
    const config = readConfig(process.env, clock)
    const stores = storesWith(config.links.secrets)
    const found = await createFoundEvents({ redis, config, stores, clock })
    const { nudge } = releases.add(
      createStage(redis, 'events', { clock, onLost: () => {} }),
      ({ close }) => close(),
    )
    return createBackfilling({
      runs: createRuns({ ...found, nudge }, 'command'),
      backfilledUntil: async () => Number((await redis.get(BACKFILLED_KEY)) ?? 0) || null,
      ...{ calls: found.calls, clock, screen: process.stderr },
    })(args)
  }
  const unsuppress = (address: string) => {
    const removeAtResend = createResendList({ redis, environment: process.env, clock })
    return createUnsuppress({ lift: createLift({ suppressions, removeAtResend }), note })(address)
  }
  const webhooks = (args: readonly string[]) => {
    const config = readConfig(process.env, clock)
    const { polar: settings } = config
    const denials = createDenials(() => {}) // the command prints a denial as its error
    const budget = createBudget(redis, settings.rateLimit, clock)
    const polar = createPolarClient({ ...settings, denials }, budget.messages, clock)
    return createWebhookEndpoints({ polar, ours: oursIn(config) })(args)
  }
  const { hold, list: listMail, releaseAll } = mail
  return {
    hold,
    list: listMail,
    releaseNamed: createReleaseNamed({
      pause,
      held,
      releaseMessage,
      releaseAll,
      note,
    }),
    unsuppress,
    resend,
    find,
    forget,
    reindex,
    replay,
    backfill,
    webhooks,
  }
}

type Verbs = Awaited<ReturnType<typeof build>>

/** The error as a sentence for the operator. A bug in Postern is shown with its stack. */
const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ConfigError || error instanceof RedisUnfitError) return error.message
  if (/^(Type|Range|Reference|Syntax)Error$/.test(error.name)) return error.stack ?? error.message
  return `Redis failed (${error.message}). Completed steps are kept: run the command again.`
}

/** Runs one command, prints its output and ends the process. */
export const command = async (verb: (verbs: Verbs) => Promise<CommandOutput>) => {
  const releases = createReleases()
  try {
    const { lines, errors } = await verb(await build(releases))
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
    if (errors.length > 0) fail(errors.join('\n'))
  } catch (error) {
    fail(explain(error))
  } finally {
    await releases.close().catch(() => {}) // the first error is the one that counts
  }
  // Ends with the status set above; a failed connection would keep the process alive for a while.
  process.exit()
}
