// npm run messages: lists messages by state, kind, clicks and time, newest first, each with its recipient, and with the reason if
// that has no email. It changes nothing.

import { kinds } from '../../emails/index.ts'
import { messageIn } from '../messages/store.ts'
import { cutShortText, MOST_READ, PAGE } from '../operator/listing.ts'
import {
  createMessageList,
  deliveryIn,
  MESSAGE_STATES,
  shownStates,
} from '../operator/message-list.ts'
import { reasonSays } from '../operator/reason.ts'
import { sayWith } from '../operator/says.ts'
import { countText, inWords } from '../operator/words.ts'
import type { Listed } from '../records/list.ts'
import type { PauseState } from '../resend/pause.ts'
import { systemClock as clock } from '../runtime/clock.ts'
import { parsed, UsageError, whenIn } from './arguments.ts'
import { chosen } from './choices.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { type FoundMessage, listCommands } from './next-commands.ts'
import { type CommandOutput, minuteOf } from './output.ts'

const USAGE = [
  'npm run messages -- [--state <state>] [--kind <kind>] [--clicked | --not-clicked]',
  '                    [--since <when>] [--until <when>] [--limit <rows>] [--after <place>]',
  `  <state> is one of: ${MESSAGE_STATES.join(', ')}; or on_hold or paused for what waits.`,
  `  <kind> is one of: ${kinds.join(', ')}.`,
  '  <when> is like 24h or 7d before now, 2026-11-20 or 2026-11-20T08:30:00Z.',
  `  <rows> is ${PAGE} unless you say otherwise, and ${MOST_READ} at most. A list that goes on names the <place>.`,
]

const OPTIONS = {
  state: { type: 'string' },
  kind: { type: 'string' },
  clicked: { type: 'boolean' },
  'not-clicked': { type: 'boolean' },
  since: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string' },
  after: { type: 'string' },
} as const

/** All mail is on hold, or paused: each message that waits does so for that. */
const STOPPED = { 'on hold': 'waiting', paused: 'waiting' } as const

const rowsIn = (text: string | undefined): number => {
  const rows = text === undefined ? PAGE : Number(text)
  if (!Number.isInteger(rows) || rows < 1 || rows > MOST_READ)
    throw new UsageError(`--limit is a number from 1 to ${MOST_READ}.`)
  return rows
}

const timeIn = (text: string | undefined, now: number): number | undefined => {
  const at = whenIn(text, now)
  if (at === null) throw new UsageError(`“${text}” is not a time.`)
  return at
}

const clickedIn = ({
  clicked,
  'not-clicked': not,
}: {
  clicked?: boolean
  'not-clicked'?: boolean
}) => {
  if (clicked && not) throw new UsageError('A message is either clicked or not.')
  if (clicked) return 'yes' as const
  return not ? ('no' as const) : undefined
}

/** The command with these options. */
const commandWith = (options: Record<string, string | boolean>): string =>
  Object.entries(options).reduce(
    (text, [name, value]) => `${text} --${name}${value === true ? '' : ` ${value}`}`,
    'npm run messages --',
  )

/** @param now in milliseconds. @throws {UsageError} */
const givenIn = (args: readonly string[], now: number) => {
  const { values, positionals } = parsed(args, OPTIONS)
  if (positionals.length > 0) return null
  const [since, until] = [timeIn(values.since, now), timeIn(values.until, now)]
  if (since !== undefined && until !== undefined && since >= until)
    throw new UsageError('--since is not before --until.')
  const state = chosen(values.state, MESSAGE_STATES, 'a state', STOPPED)
  const kind = chosen(values.kind, kinds, 'a kind of message')
  const named = { ...values, ...(state && { state }), ...(kind && { kind }) }
  return {
    filters: { from: since, until, clicked: clickedIn(values), state, kind },
    page: { cursor: values.after, limit: rowsIn(values.limit) },
    next: (place: string) => commandWith({ ...named, after: place }),
  }
}

type Given = NonNullable<ReturnType<typeof givenIn>>

const lineOf = (listed: Listed, pause: PauseState): string => {
  const { kind, recipient, plannedAt } = messageIn(listed.id, listed.record)
  return [
    ...[minuteOf(plannedAt), listed.id, inWords(kind), shownStates(listed).map(inWords).join(', ')],
    ...[`to ${recipient.address}`, `customer ${recipient.customerId}`],
    sayWith(reasonSays(deliveryIn(listed), pause), minuteOf),
  ]
    .filter((part) => part !== '')
    .join('  ')
}

const list = async (context: Context, { filters, page, next }: Given): Promise<CommandOutput> => {
  const stores = context.stores()
  const { isSuppressed } = context.suppressions()
  const [found, pause] = await Promise.all([
    createMessageList(stores)(filters, page),
    context.pause().state(),
  ])
  if ('problem' in found) return { lines: [], errors: [found.problem] }
  const { rows, cursor, total } = found
  const cutShort = cutShortText(found, page.limit)
  if (rows.length === 0 && cutShort === null) return { lines: ['No message fits.'], errors: [] }
  const messages = await Promise.all(
    rows.map(async (listed): Promise<FoundMessage> => {
      const { address } = messageIn(listed.id, listed.record).recipient
      const [suppression, isKept] = await Promise.all([
        isSuppressed(address),
        stores.deliveries.isKept(listed.id),
      ])
      return { listed, suppression, isKept }
    }),
  )
  return {
    lines: [
      ...rows.map((listed) => lineOf(listed, pause)),
      ...(rows.length > 0 ? [''] : []),
      ...(cutShort ? [cutShort] : []),
      ...(total !== null && total > rows.length ? [`${countText(total, 'message')} in all.`] : []),
      ...(cursor === null ? [] : [`More follow: ${next(cursor)}`]),
      ...listCommands(messages),
    ],
    errors: [],
  }
}

export const messages = command({
  usage: USAGE,
  given: (args) => givenIn(args, clock.now()),
  run: list,
})
