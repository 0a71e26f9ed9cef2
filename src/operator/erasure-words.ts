// Says what goes with a customer, what no longer follows, and who is gone, in the same words by command and in the console.

import {
  type CustomerState,
  type Deleter,
  isOver,
  type SubscriptionState,
} from '../customers/state.ts'
import { hasEnded } from '../deliveries/delivery.ts'
import { type KnownCustomer, MAX_SHOWN } from './customers.ts'
import { deliveryIn } from './message-list.ts'
import type { Says } from './says.ts'
import { countText, inWords } from './words.ts'

type Running = Pick<KnownCustomer, 'subscriptions'>

const runningIn = ({ subscriptions }: Running) =>
  subscriptions.shown.filter(({ subscription }) => !isOver(subscription))

const periodOf = ({ snapshot, canceledAt }: SubscriptionState): Says => {
  if (!snapshot) return []
  const { endsAt, periodEndsAt, renewsAt } = snapshot
  const ends = canceledAt !== null || renewsAt === null
  const at = Date.parse((ends ? (endsAt ?? periodEndsAt) : renewsAt) ?? '')
  return Number.isNaN(at) ? [] : [ends ? ', ends ' : ', renews ', { at }]
}

const subscriptionOf = (subscription: SubscriptionState): Says => {
  const { snapshot, terms, status } = subscription
  const name = snapshot?.name ?? terms?.name ?? 'of an unknown plan'
  const state = status === 'unknown' ? 'state not known' : inWords(status).toLowerCase()
  return [`${name} (${state}`, ...periodOf(subscription), ')']
}

const listOf = (all: readonly Says[]): Says =>
  all.flatMap((says, at) => (at === 0 ? says : ['; ', ...says]))

const list = new Intl.ListFormat('en-GB')

type Counted = { shown: readonly unknown[]; isMore: boolean }

/** None where there is nothing to count. */
const countIn = ({ shown, isMore }: Counted, name: string): string[] => {
  if (isMore) return [`more than ${MAX_SHOWN} ${name}s`]
  return shown.length > 0 ? [countText(shown.length, name)] : []
}

const messagesIn = ({ messages }: Pick<KnownCustomer, 'messages'>): string[] => {
  const waiting = messages.shown.filter((listed) => !hasEnded(deliveryIn(listed))).length
  const still = waiting > 0 ? ` (${waiting} still to be sent)` : ''
  return countIn(messages, 'message').map((count) => count + still)
}

/** Whose data it is. */
export const whoseText = ({ id, state, messages }: KnownCustomer): string => {
  const recipients = messages.shown.map(({ message }) => message.recipient)
  const name = recipients.find((one) => one.name)?.name
  const facts = [...new Set([...(name ? [name] : []), ...recipients.map((one) => one.address)])]
  if (facts.length > 0) return `Customer ${id}: ${facts.join(', ')}.`
  return `Customer ${id}: ${state.deletedAt === null ? 'nobody was mailed yet' : 'no message is kept any more'}.`
}

/** The consequences of an erasure, for its receipt. */
export const afterErasure = (known: Running | null): string => {
  const count = known ? runningIn(known).length : 0
  const running = count === 1 ? 'Its subscription runs' : `Its ${count} subscriptions run`
  return `${count > 0 ? `${running} on at Polar. ` : ''}Postern sends nothing about this customer any more, and ignores its events.`
}

const BY: Record<Deleter, string> = {
  polar: 'Deleted at Polar',
  command: 'Erased here by an operator, by command,',
  console: 'Erased here by an operator, in the console,',
  api: 'Erased here by your own backend, through /api,',
}

/** Who deleted a customer, when, and whether events came since; `null` while the customer is there. */
export const goneSays = ({ deletedAt, deletedBy, ignoredAt }: CustomerState): Says | null => {
  if (deletedAt === null) return null
  const by = deletedBy ? BY[deletedBy] : 'Deleted at Polar or erased here'
  const since: Says =
    ignoredAt === undefined
      ? []
      : [' Events of it came since, the last ', { at: ignoredAt }, ', and were ignored.']
  const when = { at: Date.parse(deletedAt) }
  // An erasure takes the subscriptions too. At Polar a deletion ends them.
  const running = deletedBy === 'polar' ? '' : ' Only Polar knows whether a subscription runs on.'
  return [`${by} `, when, `. Postern sends nothing about it any more.${running}`, ...since]
}

/** Whether nothing is left of a customer but the mark of deletion. */
export const isErased = ({ state, messages, events, links }: KnownCustomer): boolean =>
  state.deletedAt !== null && [messages, events, links].every(({ shown }) => shown.length === 0)

/** Says what an erasure takes, and what no longer follows; or that the customer is gone, and what it takes anyway. */
export const erasureSays = (known: KnownCustomer): readonly Says[] => {
  const { state, events, links, reminders } = known
  const counts = [
    ...[...messagesIn(known), ...countIn(events, 'event'), ...countIn(links, 'API link')],
    ...countIn({ shown: reminders, isMore: false }, 'planned reminder'),
  ]
  const gone = goneSays(state)
  if (gone)
    return [
      gone,
      [counts.length > 0 ? `An erasure takes ${list.format(counts)}.` : 'Nothing else is kept.'],
    ]
  const running = runningIn(known).map(({ subscription }) => subscriptionOf(subscription))
  const taken = list.format([...counts, 'all that is known of its subscriptions'])
  return [
    [`An erasure takes ${taken}.`],
    running.length === 0
      ? ['No subscription of it is known to run.']
      : [
          running.length === 1 ? 'Its subscription runs' : `${running.length} subscriptions run`,
          ...[' on at Polar: ', ...listOf(running), '.'],
        ],
    [
      'Postern will never send anything about this customer again: no receipt, no reminder and no notice of a failed payment, even if it buys again. Nobody can undo that.',
    ],
  ]
}
