// Releases what the operator names: all mail, single held messages by id, or all messages held for
// a reason.

import type { Held } from '../deliveries/delivery.ts'
import type { HeldMessages } from '../deliveries/held.ts'
import type { ReleaseMessage } from '../deliveries/release-message.ts'
import type { NoteAct } from '../operator/actions.ts'
import { heldBy } from '../operator/all-mail.ts'
import { createReleasing } from '../operator/release.ts'
import { isMessageId } from '../records/message-id.ts'
import type { Pause } from '../resend/pause.ts'
import type { Mail } from './mail.ts'
import { type CommandOutput, countOf, countsOf, messagesOf } from './output.ts'

const ALL = 'all'

const REASONS: readonly string[] = ['too_many', 'unconfirmed'] satisfies Held[]

/** Messages that are released at the same time. */
const CONCURRENCY = 20

type ReleaseNamedParts = {
  pause: Pick<Pause, 'state'>
  held: Pick<HeldMessages, 'list'>
  releaseMessage: ReleaseMessage
  releaseAll: Mail['releaseAll']
  note: NoteAct
}

const nothingReleased = (unknownNames: readonly string[]): CommandOutput => ({
  lines: [],
  errors: [
    ...unknownNames.map(
      (name) => `"${name}" is not "all", a message id, or a reason for which messages are held.`,
    ),
    `Nothing was released. Name all, message ids (msg_…), or: ${REASONS.join(', ')}.`,
  ],
})

export const createReleaseNamed = (parts: ReleaseNamedParts) => {
  const { pause, held, releaseMessage, releaseAll, note } = parts

  const releaseOne = createReleasing({ releaseMessage, note })

  const releaseAllOf = async (ids: readonly string[]) => {
    const results: Awaited<ReturnType<typeof releaseOne>>[] = []
    for (let from = 0; from < ids.length; from += CONCURRENCY)
      results.push(...(await Promise.all(ids.slice(from, from + CONCURRENCY).map(releaseOne))))
    return results
  }

  const messages = async (names: readonly string[]): Promise<CommandOutput> => {
    const listed = await held.list()
    const chosen = listed.filter(({ because }) => names.includes(because)).map(({ id }) => id)
    const ids = [...new Set([...names.filter(isMessageId), ...chosen])]
    const results = await releaseAllOf(ids)
    const released = results.flatMap((one) => ('id' in one ? [one] : []))
    const doubtful = released.filter(({ because }) => because === 'unconfirmed').length
    const isOnHold = heldBy(await pause.state()) !== null
    return {
      lines: [
        released.length === 0
          ? 'No message was released.'
          : `${countOf(released.map(({ id }) => id))} released.`,
        ...(doubtful > 0
          ? [`${messagesOf(doubtful)} of these may have been sent already, and may arrive twice.`]
          : []),
        ...(released.length > 0 && isOnHold
          ? ['All mail is on hold, so they wait with the rest until npm run release -- all.']
          : []),
      ],
      errors: results.flatMap((one) => ('problem' in one ? [one.problem] : [])),
    }
  }

  /** One unknown name is enough to release nothing at all. */
  return async (names: readonly string[]): Promise<CommandOutput> => {
    const rest = names.filter((name) => name !== ALL)
    const unknownNames = rest.filter((name) => !REASONS.includes(name) && !isMessageId(name))
    if (unknownNames.length > 0) return nothingReleased(unknownNames)
    const allReleased = rest.length < names.length ? await releaseAll() : []
    const { lines, errors } = rest.length > 0 ? await messages(rest) : { lines: [], errors: [] }
    const remaining = countsOf(await held.list())
    const still = remaining.length > 0 ? ['Still held individually:', ...remaining] : []
    return { lines: [...allReleased, ...lines, ...still], errors }
  }
}
