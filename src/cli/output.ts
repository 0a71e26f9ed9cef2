// What the commands say, in words for whoever runs them: ids, times and numbers, never an address.

import type { Held } from '../deliveries/delivery.ts'
import type { HeldMessage } from '../deliveries/held.ts'
import { customerIn } from '../messages/message.ts'

/** What is said, and what went wrong, line by line. */
export type Said = { lines: readonly string[]; wrong: readonly string[] }

export const said = (...lines: string[]): Said => ({ lines, wrong: [] })

export const HOW_TO_HOLD = 'To hold it: npm run hold (in the image: node dist/cli.js hold)'

export const HOW_TO_RELEASE = [
  'To release (in the image: node dist/cli.js release instead of npm run release --):',
  '  npm run release -- all                       all mail that is on hold',
  '  npm run release -- msg_…                     one held message, or several',
  '  npm run release -- too_many                  every message that is held for this reason',
  '  npm run release -- unconfirmed               the same; these may go out a second time',
  '  npm run release -- --suppression <address>   an address that is not mailed any more',
]

/** Messages that are listed at the most. */
const MOST_SHOWN = 50

const BECAUSE: Record<Held, (isOne: boolean) => string> = {
  too_many: (isOne) =>
    isOne
      ? 'its address had too many emails within an hour. It was surely not sent.'
      : 'their addresses had too many emails within an hour. They were surely not sent.',
  unconfirmed: (isOne) =>
    isOne
      ? 'nobody can tell whether it was sent. Releasing it may send it a second time.'
      : 'nobody can tell whether they were sent. Releasing them may send them a second time.',
}

const REASONS = Object.keys(BECAUSE) as Held[]

export const messagesOf = (count: number) => (count === 1 ? '1 message' : `${count} messages`)

const peopleOf = (count: number) => (count === 1 ? '1 person' : `${count} people`)

/** How many messages there are, and to how many customers. */
export const countOf = (ids: readonly string[]): string =>
  `${messagesOf(ids.length)} to ${peopleOf(new Set(ids.map(customerIn)).size)}`

/** `2026-11-22 09:00 UTC` */
export const minuteOf = (time: number) =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** How many are held for each reason, and what that means. */
export const countsOf = (messages: readonly HeldMessage[]): string[] =>
  REASONS.flatMap((reason) => {
    const ids = messages.filter(({ because }) => because === reason).map(({ id }) => id)
    return ids.length === 0
      ? []
      : [`${countOf(ids)}, ${reason}: ${BECAUSE[reason](ids.length === 1)}`]
  })

/** The messages that are held one by one, the longest held first. */
export const heldOneByOne = async (
  messages: readonly HeldMessage[],
  kindOf: (id: string) => Promise<string | null>,
): Promise<string[]> => {
  if (messages.length === 0) return ['No message is held by itself.']
  const shown = await Promise.all(
    messages
      .slice(0, MOST_SHOWN)
      .map(
        async ({ id, because, at }) =>
          `  ${id}  ${await kindOf(id)}  ${because}  since ${minuteOf(at)}`,
      ),
  )
  const unshown = messages.length - shown.length
  return [
    `${countOf(messages.map(({ id }) => id))} ${messages.length === 1 ? 'is' : 'are'} held one by one, until you decide:`,
    ...countsOf(messages),
    '',
    ...shown,
    ...(unshown > 0 ? [`  and ${unshown} more`] : []),
  ]
}
