// Releases what a person names: all mail, and of the messages that are held one by one those with an id or a reason.

import type { Held } from '../deliveries/delivery.ts'
import type { HeldMessages } from '../deliveries/held.ts'
import type { OperatorActions } from '../deliveries/operator-actions.ts'
import type { ReleaseMessage } from '../deliveries/release-message.ts'
import type { Pause } from '../resend/pause.ts'
import { heldBy, type Mail } from './mail.ts'
import { countOf, countsOf, messagesOf, type Said } from './output.ts'

const ALL = 'all'

const REASONS: readonly string[] = ['too_many', 'unconfirmed'] satisfies Held[]

/** Messages that are released side by side. */
const TOGETHER = 20

type ReleaseNamedParts = {
  pause: Pick<Pause, 'state'>
  held: Pick<HeldMessages, 'list'>
  releaseMessage: ReleaseMessage
  kindOf: (messageId: string) => Promise<string | null>
  isMessageId: (text: string) => boolean
  releaseAll: Mail['releaseAll']
  note: OperatorActions['note']
}

type Released = { id: string; because: Held }

const nothing = (strange: readonly string[]): Said => ({
  lines: [],
  wrong: [
    ...strange.map(
      (name) => `"${name}" is neither all, nor a message id, nor a reason to hold one.`,
    ),
    `Nothing was released. Name all, message ids (msg_…), or: ${REASONS.join(', ')}.`,
  ],
})

export const createReleaseNamed = (parts: ReleaseNamedParts) => {
  const { pause, held, releaseMessage, kindOf, isMessageId, releaseAll, note } = parts

  const releaseOne = async (id: string): Promise<Released | { wrong: string }> => {
    if ((await kindOf(id)) === null) return { wrong: `There is no message ${id}.` }
    const was = await releaseMessage(id)
    if (was.state !== 'held') return { wrong: `${id} is not held, it is ${was.state}.` }
    await note({ act: 'message released', message: id, because: was.because })
    return { id, because: was.because }
  }

  const releaseAllOf = async (ids: readonly string[]) => {
    const done: Awaited<ReturnType<typeof releaseOne>>[] = []
    for (let from = 0; from < ids.length; from += TOGETHER)
      done.push(...(await Promise.all(ids.slice(from, from + TOGETHER).map(releaseOne))))
    return done
  }

  const messages = async (names: readonly string[]): Promise<Said> => {
    const listed = await held.list()
    const chosen = listed.filter(({ because }) => names.includes(because)).map(({ id }) => id)
    const ids = [...new Set([...names.filter(isMessageId), ...chosen])]
    const done = await releaseAllOf(ids)
    const released = done.flatMap((one) => ('id' in one ? [one] : []))
    const doubtful = released.filter(({ because }) => because === 'unconfirmed').length
    const isOnHold = heldBy(await pause.state()) !== null
    return {
      lines: [
        released.length === 0
          ? 'No message was released.'
          : `${countOf(released.map(({ id }) => id))} released.`,
        ...(doubtful > 0
          ? [`${messagesOf(doubtful)} of these may have been sent before, and may go out again.`]
          : []),
        ...(released.length > 0 && isOnHold
          ? ['All mail is on hold, so they wait with the rest until npm run release -- all.']
          : []),
      ],
      wrong: done.flatMap((one) => ('wrong' in one ? [one.wrong] : [])),
    }
  }

  /** A word that is not understood releases nothing at all. */
  return async (names: readonly string[]): Promise<Said> => {
    const rest = names.filter((name) => name !== ALL)
    const strange = rest.filter((name) => !REASONS.includes(name) && !isMessageId(name))
    if (strange.length > 0) return nothing(strange)
    const opened = rest.length < names.length ? await releaseAll() : []
    const { lines, wrong } = rest.length > 0 ? await messages(rest) : { lines: [], wrong: [] }
    const left = countsOf(await held.list())
    const still = left.length > 0 ? ['Still held one by one:', ...left] : []
    return { lines: [...opened, ...lines, ...still], wrong }
  }
}
