// Lets go what a person names of the messages that are held one by one: by id, or by why they are.

import type { Held } from '../deliveries/delivery.ts'
import type { HeldMessages } from '../deliveries/held.ts'
import type { LetGo } from '../deliveries/let-go.ts'
import type { Permits } from '../deliveries/permits.ts'
import { heldBy } from './tap.ts'
import { countsOf, HOW_TO_RELEASE, many, type Said } from './words.ts'

/** `all` is what surely was not sent: whatever may go out twice is to be called by its name. */
const GROUPS = new Map<string, Held>([
  ['all', 'too_many'],
  ['too_many', 'too_many'],
  ['unconfirmed', 'unconfirmed'],
])

/** Messages that are let go side by side. */
const TOGETHER = 20

type ChooseParts = {
  permits: Pick<Permits, 'shut'>
  held: Pick<HeldMessages, 'list'>
  letGo: LetGo
  kindOf: (messageId: string) => Promise<string | null>
  isMessageId: (text: string) => boolean
}

const nothing = (strange: readonly string[]): Said => ({
  lines: [],
  wrong: [
    ...strange.map(
      (name) => `"${name}" is neither a message id nor a reason for which one is held.`,
    ),
    `Nothing was let go. Name message ids (msg_…), or: ${[...GROUPS.keys()].join(', ')}.`,
  ],
})

export const createChoose = ({ permits, held, letGo, kindOf, isMessageId }: ChooseParts) => {
  const letOneGo = async (id: string) => {
    if ((await kindOf(id)) === null) return { wrong: `There is no message ${id}.` }
    const was = await letGo(id)
    if (was.state !== 'held') return { wrong: `${id} is not held, it is ${was.state}.` }
    return { because: was.because }
  }

  /** What can't be understood lets nothing go at all. */
  return async (names: readonly string[]): Promise<Said> => {
    const strange = names.filter((name) => !GROUPS.has(name) && !isMessageId(name))
    if (strange.length > 0) return nothing(strange)

    const reasons = new Set(names.flatMap((name) => GROUPS.get(name) ?? []))
    const listed = reasons.size > 0 ? await held.list() : []
    const chosen = listed.filter(({ because }) => reasons.has(because)).map(({ id }) => id)
    const ids = [...new Set([...names.filter(isMessageId), ...chosen])]

    const done: Awaited<ReturnType<typeof letOneGo>>[] = []
    for (let from = 0; from < ids.length; from += TOGETHER)
      done.push(...(await Promise.all(ids.slice(from, from + TOGETHER).map(letOneGo))))

    const gone = done.flatMap((one) => ('because' in one ? [one.because] : []))
    const doubtful = gone.filter((because) => because === 'unconfirmed').length
    const left = listed.filter(({ id }) => !ids.includes(id))
    const isShut = heldBy(await permits.shut()) !== null
    return {
      lines: [
        `${many(gone.length)} let go.`,
        ...(doubtful > 0
          ? [`${many(doubtful)} of these may have been sent before, and may now go out again.`]
          : []),
        ...(gone.length > 0 && isShut
          ? ['They wait with the rest, since all mail is held.', HOW_TO_RELEASE]
          : []),
        ...(left.length > 0 ? ['Still held:', ...countsOf(left)] : []),
      ],
      wrong: done.flatMap((one) => ('wrong' in one ? [one.wrong] : [])),
    }
  }
}
