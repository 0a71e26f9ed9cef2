// Puts together the operator's console. It is loaded once it is asked for, since a service without CONSOLE_PASSWORD has none.

import type { Hono } from 'hono'
import { lastBackfill } from '../backfill/reconcile.ts'
import { type ConsoleEnv, createAccess } from '../console/access.ts'
import { createFrame, type Frame } from '../console/frame.ts'
import { actionsSection } from '../console/pages/actions.tsx'
import { workSection } from '../console/pages/long-work/section.tsx'
import { overviewSection } from '../console/pages/overview/overview.tsx'
import { queuesSection } from '../console/pages/queues.tsx'
import { SHOWN as SCHEDULED_SHOWN, scheduleSection } from '../console/pages/schedule.tsx'
import { consoleRoutes } from '../console/routes.ts'
import { createSessions } from '../console/sessions.ts'
import { createConfigurationCheck } from '../doctor/check-all.ts'
import { createKeptFindings } from '../doctor/store.ts'
import { createOperatorActions, type NoteAct } from '../operator/actions.ts'
import { createAllMail } from '../operator/all-mail.ts'
import { createAttention } from '../operator/attention.ts'
import { createCancelReminder } from '../operator/cancel-reminder.ts'
import { createCheckConfiguration } from '../operator/check-configuration.ts'
import { createFigures } from '../operator/figures.ts'
import { createWorkStore } from '../operator/long-work/store.ts'
import { createQueues } from '../operator/queues.ts'
import { createUpcoming } from '../operator/upcoming.ts'
import type { RedisClient } from '../redis/connection.ts'
import { createLimit } from '../redis/limit.ts'
import { openFindings } from '../watch/state.ts'
import type { Monitor } from '../webhooks/monitor.ts'
import type { Clients } from './clients.ts'
import { messageSections } from './console-messages.ts'
import { peopleSections } from './console-people.ts'
import type { Shared } from './shared.ts'

type ConsoleParts = {
  shared: Shared
  /** A connection on which no command waits for others to be sent with it: an operator waits for each answer. */
  redis: RedisClient
  clients: Clients
  password: string
  /** The webhook endpoints of this process. */
  endpoints: readonly Monitor[]
}

/** Checks of the configuration, by all operators together; seconds. */
const CHECKS = { times: 1, within: 60 }

type SectionParts = { shared: Shared; frame: Frame; note: NoteAct }

const scheduleFor = ({ shared, frame, note }: SectionParts) => {
  const { config, stages, clock } = shared
  const { due } = stages.schedule
  const parts = { ...shared, due, policy: { ...config.reminders, isOff: shared.isKindOff } }
  return scheduleSection({
    ...{ frame, clock },
    upcoming: createUpcoming(parts, SCHEDULED_SHOWN),
    cancel: createCancelReminder({ ...parts, note }),
  })
}

const workFor = ({ shared, frame, note }: SectionParts) => {
  const { redis, stages, clock } = shared
  const store = createWorkStore({ redis, due: stages.schedule.due, clock })
  return workSection({ frame, store, clock, note })
}

type OverviewParts = SectionParts & Pick<ConsoleParts, 'redis' | 'endpoints'>

const overviewFor = ({ shared, redis, endpoints, frame, note }: OverviewParts) => {
  const { index, eventIndex, pause, processes, notify, stages, paymentCounts, clock } = shared
  const figures = createFigures(shared)
  const waiting = stages.deliveries.due
  const checks = createLimit(redis, 'configuration_checks', CHECKS)
  return overviewSection({
    ...{ frame, figures, waiting },
    attention: createAttention({
      ...{ index, eventIndex, waiting, clock },
      running: processes.running,
      pauseState: pause.state,
      findings: () => openFindings(redis),
      kept: createKeptFindings(redis, clock).read,
      lastBackfill: () => lastBackfill(redis),
      payments: paymentCounts,
    }),
    secrets: () =>
      endpoints.map(({ endpoint, lastVerified }) => ({ endpoint, lastVerified: lastVerified() })),
    allMail: createAllMail({ pause, notify, note, by: 'console' }),
    checkConfiguration: createCheckConfiguration({
      check: createConfigurationCheck({ config: shared.config, redis, clock }),
      take: () => checks.take('operators'),
      note,
    }),
  })
}

export const createConsole = (parts: ConsoleParts) => {
  const { shared, redis, clients, endpoints, password } = parts
  const { config, clock, log } = shared
  const sessions = createSessions({ redis, password, clock })
  const frame = createFrame(sessions, config.sendMode)
  const actions = createOperatorActions(redis, clock)
  const note = actions.noteBy('console')
  const sections: Hono<ConsoleEnv>[] = [
    overviewFor({ shared, redis, endpoints, frame, note }),
    ...messageSections({ shared, frame, note }),
    ...peopleSections({ shared, redis, frame, note }),
    scheduleFor({ shared, frame, note }),
    workFor({ shared, frame, note }),
    queuesSection({ frame, queues: createQueues(shared.stages, clock) }),
    actionsSection({ frame, actions }),
  ]
  return consoleRoutes({
    access: createAccess({
      ...{ password, sessions },
      guesses: clients.limits.guesses,
      clientOf: clients.clientOf,
    }),
    ...{ frame, sections, note, log },
  })
}
