// npm run messages: lists messages by state, kind, clicks and time, newest first, each with the reason if its recipient has no
// email. It changes nothing, and prints no address.

import { kinds } from '../../emails/index.ts'
import { isClicked } from '../clicks/store.ts'
import { CLICKED, progressOf } from '../deliveries/labels.ts'
import { messageIn } from '../messages/store.ts'
import { cutShortText, MOST_READ, PAGE } from '../operator/listing.ts'
import { createMessageList, deliveryIn, MESSAGE_STATES } from '../operator/message-list.ts'
import { reasonOf } from '../operator/reason.ts'
import { countText, inWords } from '../operator/words.ts'
import type { Listed } from '../records/list.ts'
import { systemClock as clock } from '../runtime/clock.ts'
import { parsed, UsageError, whenIn } from './arguments.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { listCommands } from './next-commands.ts'
import { type CommandOutput, minuteOf } from './output.ts'

const USAGE = [
  'npm run messages -- [--state <state>] [--kind <kind>] [--clicked | --not-clicked]',
  '                    [--since <when>] [--until <when>] [--limit <rows>] [--after <place>]',
  `  <state> is one of: ${MESSAGE_STATES.join(', ')}.`,
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

const oneOf = <Choice extends string>(
  given: string | undefined,
  choices: readonly Choice[],
  what: string,
): Choice | undefined => {
  const choice = choices.find((one) => one === given)
  if (given !== undefined && choice === undefined)
    throw new UsageError(`“${given}” is not a ${what}.`)
  return choice
}

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
  return {
    filters: {
      ...{ from: since, until, clicked: clickedIn(values) },
      state: oneOf(values.state, MESSAGE_STATES, 'state'),
      kind: oneOf(values.kind, kinds, 'kind of message'),
    },
    page: { cursor: values.after, limit: rowsIn(values.limit) },
    next: (place: string) => commandWith({ ...values, after: place }),
  }
}

type Given = NonNullable<ReturnType<typeof givenIn>>

const lineOf = (listed: Listed): string => {
  const { kind, recipient, plannedAt } = messageIn(listed.id, listed.record)
  const delivery = deliveryIn(listed)
  const states = [progressOf(delivery), ...(isClicked(listed.record) ? [CLICKED] : [])]
  return [
    ...[minuteOf(plannedAt), listed.id, inWords(kind), states.map(inWords).join(', ')],
    ...[`customer ${recipient.customerId}`, reasonOf(delivery)],
  ]
    .filter((part) => part !== null)
    .join('  ')
}

const list = async (context: Context, { filters, page, next }: Given): Promise<CommandOutput> => {
  const stores = context.stores()
  const { isSuppressed } = context.suppressions()
  const found = await createMessageList(stores)(filters, page)
  if ('problem' in found) return { lines: [], errors: [found.problem] }
  const { rows, cursor, total } = found
  const cutShort = cutShortText(found, page.limit)
  if (rows.length === 0 && cutShort === null) return { lines: ['No message fits.'], errors: [] }
  const suppressed = await Promise.all(
    rows.map(({ id, record }) => isSuppressed(messageIn(id, record).recipient.address)),
  )
  const messages = rows.map((listed, at) => ({ listed, suppression: suppressed[at] ?? null }))
  return {
    lines: [
      ...rows.map(lineOf),
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
