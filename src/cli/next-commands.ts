// The commands that help with the messages and events that an operator has found, by their state.

import { hasEnded } from '../deliveries/delivery.ts'
import type { StoredEvent } from '../events/record.ts'
import { deliveryIn } from '../operator/message-list.ts'
import type { Listed } from '../records/list.ts'
import type { Suppression } from '../suppressions/store.ts'

/** Facts that a message's record does not have. */
export type FoundMessage = {
  listed: Listed
  /** That of its recipient's address. */
  suppression: Suppression | null
  /** Whether its email is kept as it was sent. */
  isKept: boolean
}

/** A command without `npm run`, and what it does. */
type Help = readonly [command: string, does: string]

/** Reasons that may be over by now, with other settings or a later release. */
const MAY_BE_OVER: readonly string[] = ['unreadable', 'switched_off', 'before_live', 'no_recipient']

const forMessage = ({ listed, suppression, isKept }: FoundMessage, name: string): Help[] => {
  const delivery = deliveryIn(listed)
  if (delivery.state === 'held') return [[`release -- ${name}`, 'releases it']]
  if (!hasEnded(delivery)) return [['held', 'says whether mail is on hold or paused']]
  if (delivery.sentAgain)
    return [[`find -- ${delivery.sentAgain.as}`, 'tells what became of it when it was sent again']]
  return [
    ...(suppression
      ? ([
          ['suppressions', 'lists suppressed addresses'],
          ['release -- --suppression <address>', 'has the address mailed again; do this first'],
        ] as const)
      : []),
    ...(isKept && delivery.state === 'accepted'
      ? [[`resend -- ${name} --same`, 'sends the same email again'] as const]
      : []),
    [`resend -- ${name}`, 'sends it with today’s template'],
  ]
}

const forEvent = ({ outcome }: StoredEvent, name: string): Help[] =>
  outcome && 'ignored' in outcome && MAY_BE_OVER.includes(outcome.ignored)
    ? [[`replay -- ${name}`, 'says what it would lead to today']]
    : []

const forMessages = (messages: readonly FoundMessage[]): Help[] =>
  messages.flatMap((one) => forMessage(one, messages.length === 1 ? one.listed.id : '<message>'))

/** Each command once, a line for each. No lines where none helps. */
export const helpLines = (given: readonly Help[]): string[] => {
  const helps = new Map(given)
  if (helps.size === 0) return []
  const width = Math.max(...[...helps.keys()].map(({ length }) => length))
  return [
    'Commands that help:',
    ...[...helps].map(([command, does]) => `  npm run ${command.padEnd(width)}  ${does}`),
  ]
}

/** Where several messages or events were found, it names none of them. */
export const nextCommands = (
  messages: readonly FoundMessage[],
  events: readonly StoredEvent[],
): string[] =>
  helpLines([
    ...forMessages(messages),
    ...events.flatMap((one) => forEvent(one, events.length === 1 ? one.id : '<event>')),
  ])

/** The same for a list of messages, which shows no timeline. */
export const listCommands = (messages: readonly FoundMessage[]): string[] => {
  const [first, ...others] = messages
  if (!first) return []
  const name = others.length === 0 ? first.listed.id : '<message>'
  return helpLines([[`find -- ${name}`, 'tells what happened to it'], ...forMessages(messages)])
}
