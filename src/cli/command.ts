// An operator's command, a process of its own beside those that serve: settings → Redis → the verb → what it says. It ends
// with 1 where something went wrong.

import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { createNotifier } from '../alerts/notify.ts'
import { ConfigError, readCommandConfig, readConfig } from '../config.ts'
import { createHeld } from '../deliveries/held.ts'
import { createOperatorActions } from '../deliveries/operator-actions.ts'
import { createRehearsals } from '../deliveries/rehearsals.ts'
import { createReleaseMessage } from '../deliveries/release-message.ts'
import { createDeliveryStore } from '../deliveries/store.ts'
import { customerKeyOf, isMessageId } from '../messages/message.ts'
import { messagePriority } from '../messages/priority.ts'
import { createSendAgain } from '../messages/send-again.ts'
import { createMessageStore } from '../messages/store.ts'
import { createBudget } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import { createDenials } from '../polar/denials.ts'
import { createCompareAndSet } from '../redis/compare-and-set.ts'
import { connect, RedisUnfitError } from '../redis/connection.ts'
import { createStage } from '../redis/stage.ts'
import { createPause } from '../resend/pause.ts'
import { systemClock as clock } from '../runtime/clock.ts'
import { createReleases } from '../runtime/releases.ts'
import { createSuppressions } from '../suppressions/store.ts'
import { createMail } from './mail.ts'
import type { Said } from './output.ts'
import { createReleaseNamed } from './release-named.ts'
import { createResend } from './send-again.ts'
import { createUnsuppress } from './unsuppress.ts'

const complain = (text: string) => process.stderr.write(`${text}\n`)

const fail = (text: string) => {
  complain(text)
  process.exitCode = 1
}

const build = async (releases: ReturnType<typeof createReleases>) => {
  if (existsSync('.env')) loadEnvFile('.env')
  const config = readCommandConfig(process.env)
  const redis = releases.add(
    // What is asked of it fails, and that is told below.
    await connect(config.redis, 'ask', () => {}),
    (open) => open.disconnect(),
  )
  const alerts = releases.add(
    createNotifier({
      ...{ url: config.alertWebhookUrl, redis, clock },
      onFailure: (why) => complain(`ALERT_WEBHOOK_URL was not told: ${JSON.stringify(why)}`),
    }),
    ({ settled }) => settled(),
  )
  const stage = releases.add(
    createStage(redis, 'deliveries', { clock, onLost: () => {} }), // its due entry brings it within a second
    ({ close }) => close(),
  )
  const messages = createMessageStore(redis)
  const kindOf = async (id: string) => (await messages.load(id))?.kind ?? null
  const deliveries = createDeliveryStore(redis, stage.due, customerKeyOf)
  const held = createHeld(redis, deliveries)
  const pause = createPause({ redis, clock })
  const releaseMessage = createReleaseMessage({
    ...{ deliveries, held, stage, clock },
    priorityOf: async (id) => {
      const kind = await kindOf(id)
      return kind === null ? 'high' : messagePriority(kind)
    },
  })
  const { note } = createOperatorActions(redis, clock)
  const rehearsals = createRehearsals(redis, deliveries)
  const mail = createMail({
    ...{ pause, held, rehearsals, waiting: stage.due.all, kindOf, note },
    notify: alerts.notify,
  })
  const suppressions = createSuppressions(redis, clock)
  /** Other than the rest it asks Polar, and so needs all settings. */
  const resend = (ids: readonly string[]) => {
    const { polar, sendMode } = readConfig(process.env, clock)
    const budget = createBudget(redis, polar.rateLimit, clock)
    const denials = createDenials(() => {}) // what is denied ends the command with a sentence
    const sendAgain = createSendAgain({
      ...{ messages, stage, clock, compareAndSet: createCompareAndSet(redis) },
      stateOf: async (id) => (await deliveries.load(id)).delivery.state,
      suppressionOf: suppressions.isSuppressed,
      polar: createPolarClient({ ...polar, denials }, budget.messages, clock),
    })
    return createResend({ sendAgain, isShadow: sendMode === 'shadow', note })(ids)
  }
  const { hold, list, releaseAll } = mail
  return {
    hold,
    list,
    choose: createReleaseNamed({
      pause,
      held,
      releaseMessage,
      kindOf,
      isMessageId,
      releaseAll,
      note,
    }),
    unsuppress: createUnsuppress({ suppressions, note }),
    resend,
  }
}

type Verbs = Awaited<ReturnType<typeof build>>

/** In words for whoever ran it; with the stack where the fault is ours. */
const whyNot = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ConfigError || error instanceof RedisUnfitError) return error.message
  if (/^(Type|Range|Reference|Syntax)Error$/.test(error.name)) return error.stack ?? error.message
  return `Redis went away or refused (${error.message}). What was done stays done: run it again.`
}

/** Runs a verb and says what came of it. */
export const command = async (verb: (verbs: Verbs) => Promise<Said>) => {
  const releases = createReleases()
  try {
    const { lines, wrong } = await verb(await build(releases))
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
    if (wrong.length > 0) fail(wrong.join('\n'))
  } catch (error) {
    fail(whyNot(error))
  } finally {
    await releases.close().catch(() => {}) // what comes first is why it failed
  }
  process.exit() // with what was set above; a connection that never was lingers for a while
}
