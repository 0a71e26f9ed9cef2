// Formats the output of the commands for the operator: ids, times and numbers, never an address.

import type { Held } from '../deliveries/delivery.ts'
import type { HeldMessage } from '../deliveries/held.ts'
import { inWords } from '../operator/words.ts'
import { readMessageId } from '../records/message-id.ts'

/** Lines for standard output and for standard error. */
export type CommandOutput = {
  lines: readonly string[]
  errors: readonly string[]
  /** The command ends with status 1, without an error of its own. */
  isBad?: boolean
}

export const output = (...lines: string[]): CommandOutput => ({ lines, errors: [] })

export const HOW_TO_HOLD = 'To hold all mail: npm run hold (in the image: node dist/cli.js hold)'

export const HOW_TO_RELEASE = [
  'To release (in the image: node dist/cli.js release instead of npm run release --):',
  '  npm run release -- all                       all mail that is on hold',
  '  npm run release -- msg_…                     one held message, or several',
  '  npm run release -- too_many                  every message that is held for this reason',
  '  npm run release -- unconfirmed               the same; these may arrive a second time',
  '  npm run release -- --suppression <address>   a suppressed address; --reason <text> says why',
]

const MAX_LISTED = 50

const BECAUSE: Record<Held, (isOne: boolean) => string> = {
  too_many: (isOne) =>
    isOne
      ? 'its address had too many emails within an hour. It was not sent.'
      : 'their addresses had too many emails within an hour. They were not sent.',
  unconfirmed: (isOne) =>
    isOne
      ? 'it is not known whether it was sent. Releasing it may send it a second time.'
      : 'it is not known whether they were sent. Releasing them may send them a second time.',
}

const REASONS = Object.keys(BECAUSE) as Held[]

export const messagesOf = (count: number) => (count === 1 ? '1 message' : `${count} messages`)

const peopleOf = (count: number) => (count === 1 ? '1 person' : `${count} people`)

/** The number of messages and of their customers: `3 messages to 2 people`. */
export const countOf = (ids: readonly string[]): string =>
  `${messagesOf(ids.length)} to ${peopleOf(new Set(ids.map((id) => readMessageId(id)?.customer)).size)}`

/** `2026-11-22 09:00 UTC` */
export const minuteOf = (time: number) =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** For each reason, the number of held messages and the meaning. */
export const countsOf = (messages: readonly HeldMessage[]): string[] =>
  REASONS.flatMap((reason) => {
    const ids = messages.filter(({ because }) => because === reason).map(({ id }) => id)
    return ids.length === 0
      ? []
      : [`${countOf(ids)}, ${reason}: ${BECAUSE[reason](ids.length === 1)}`]
  })

/** Lists the messages that are held individually, the longest held first. */
export const heldMessages = (messages: readonly HeldMessage[]): string[] => {
  if (messages.length === 0) return ['No message is held individually.']
  const shown = messages
    .slice(0, MAX_LISTED)
    .map(
      ({ id, kind, because, at }) => `  ${id}  ${inWords(kind)}  ${because}  since ${minuteOf(at)}`,
    )
  const unshown = messages.length - shown.length
  return [
    `${countOf(messages.map(({ id }) => id))} ${messages.length === 1 ? 'is' : 'are'} held individually, until you decide:`,
    ...countsOf(messages),
    '',
    ...shown,
    ...(unshown > 0 ? [`  and ${unshown} more`] : []),
  ]
}
