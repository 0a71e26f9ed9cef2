// What the commands say, in words for whoever runs them: ids and times, never an address.

import type { Held } from '../deliveries/delivery.ts'
import type { HeldMessage } from '../deliveries/held.ts'

/** What is said, and what went wrong, line by line. */
export type Said = { lines: readonly string[]; wrong: readonly string[] }

export const said = (...lines: string[]): Said => ({ lines, wrong: [] })

export const HOW_TO_RELEASE =
  'To let it go: npm run release (in the image: node dist/src/cli/release.js)'
export const HOW_TO_HOLD =
  'To hold it again: npm run hold (in the image: node dist/src/cli/hold.js)'

const RISK = 'Letting it go may send it a second time.'

/** Messages that are listed at the most. */
const MOST_SHOWN = 50

const BECAUSE: Record<Held, string> = {
  too_many: 'its recipient had ten within an hour. It was surely not sent.',
  unconfirmed: `nobody can tell whether it was sent. ${RISK}`,
}

const REASONS = Object.keys(BECAUSE) as Held[]

export const many = (count: number) => (count === 1 ? '1 message' : `${count} messages`)

/** `2026-11-22 09:00 UTC` */
export const minuteOf = (time: number) =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** How many are held for each reason, and what that means. */
export const countsOf = (messages: readonly HeldMessage[]): string[] =>
  REASONS.flatMap((reason) => {
    const count = messages.filter(({ because }) => because === reason).length
    return count === 0 ? [] : [`${many(count)} ${reason}: ${BECAUSE[reason]}`]
  })

/** The messages that are held one by one, the longest held first, and how each may be let go. */
export const listing = async (
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
    `${many(messages.length)} held one by one, until you decide:`,
    ...countsOf(messages),
    '',
    ...shown,
    ...(unshown > 0 ? [`  and ${unshown} more`] : []),
    '',
    'To let some go, name them after npm run release -- (in the image: node dist/src/cli/release.js):',
    '  msg_…        this one, or several',
    '  too_many     all of which there were too many; so does all',
    `  unconfirmed  all of which nobody can tell. ${RISK}`,
  ]
}
