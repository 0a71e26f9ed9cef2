// Puts together the sections of the console about messages and events, and its search.

import type { Frame } from '../console/frame.ts'
import { eventsSection } from '../console/pages/events/section.tsx'
import { messagesSection } from '../console/pages/messages/section.tsx'
import { searchSection } from '../console/pages/search.tsx'
import { createReleaseMessage } from '../deliveries/release-message.ts'
import { createComplete } from '../events/complete.ts'
import { createForecast, type ForecastOf } from '../events/forecast.ts'
import { liveSince } from '../events/live-since.ts'
import { createRevokedLinks } from '../links/revoked-links.ts'
import { messagePriority } from '../messages/priority.ts'
import { createRepetitions } from '../messages/repetitions.ts'
import { createSendAgain } from '../messages/send-again.ts'
import type { NoteAct } from '../operator/actions.ts'
import { createEventList } from '../operator/event-list.ts'
import { createMessageList } from '../operator/message-list.ts'
import { createReleasing } from '../operator/release.ts'
import { createDryRun } from '../operator/replay.ts'
import { createSearch } from '../operator/search.ts'
import { createSendingAgain } from '../operator/send-again.ts'
import { createWaitingEvents } from '../operator/waiting-events.ts'
import { isMessageId } from '../records/message-id.ts'
import { messageKey } from '../records/store.ts'
import type { Shared } from './shared.ts'

type Parts = { shared: Shared; frame: Frame; note: NoteAct }

/** The console says this where a command names another command. */
const howToRelease = {
  address: 'under Suppressions.',
  message: () => 'press Release on its page.',
}

const createActs = ({ shared, note }: Omit<Parts, 'frame'>) => {
  const { messages, deliveries, suppressions, polar, stages, clock } = shared
  const { nudge } = stages.deliveries
  const sendAgain = createSendAgain({
    ...{ messages, deliveries, polar, nudge, clock },
    suppressionOf: suppressions.isSuppressed,
  })
  const priorityOf = messagePriority
  const releaseMessage = createReleaseMessage({ deliveries, nudge, priorityOf, clock })
  return {
    sendAgain: createSendingAgain({ sendAgain, howToRelease, note }),
    release: createReleasing({ releaseMessage, note }),
  }
}

const createRunDry = (shared: Shared) => {
  const { config, redis, customers, messages, polar, isKindOff: isOff, clock } = shared
  const forecast: ForecastOf = async (...event) => {
    const policy = { liveSince: await liveSince(redis, config.liveSince, clock), isOff }
    return createForecast({ customers, messages, policy, clock })(...event)
  }
  return createDryRun({ complete: createComplete({ polar, clock }), forecast })
}

export const messageSections = ({ shared, frame, note }: Parts) => {
  const { redis, records, messages, index, list, deliveries, linkStore, clock } = shared
  const { events, eventIndex } = shared
  const pauseState = shared.pause.state
  const waiting = createWaitingEvents({ due: shared.stages.events.due, events })
  const load = async (id: string) => {
    const record = isMessageId(id) ? await records.load(messageKey(id)) : null
    return record && { id, record }
  }
  return [
    messagesSection({
      ...{ frame, load, deliveries, events, pauseState, note, clock },
      suppressions: shared.suppressions,
      language: shared.brand.language,
      list: createMessageList({ index, list }),
      ...createActs({ shared, note }),
      latestOf: createRepetitions(messages).latest,
      revoke: linkStore.revoke,
      revokedLinks: createRevokedLinks(redis),
    }),
    eventsSection({
      ...{ frame, events, note },
      ...{ waiting, list: createEventList({ eventIndex, events, waiting, clock }) },
      eventLifetimes: shared.eventLifetimes,
      runDry: createRunDry(shared),
    }),
    searchSection({
      ...{ frame, pauseState, customers: shared.customers },
      search: createSearch({ records, list, index, events, eventIndex }),
    }),
  ]
}
