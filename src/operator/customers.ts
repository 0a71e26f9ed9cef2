// Gathers what is known about a customer, for its page: the newest records of each kind. Retention's export has all of them.

import type { CustomerState, SubscriptionState } from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { InterpretedEvent } from '../events/record.ts'
import { isInterpreted } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import { type AppLink, markOf, publicIdOf } from '../links/link.ts'
import type { LinkStore } from '../links/store.ts'
import { messageIn } from '../messages/store.ts'
import type { Stores } from '../messages/stores.ts'
import { customerKey, isUuid } from '../redis/keys.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type CustomerMessage, eventsOf, messagesOf } from '../retention/records-of.ts'
import type { Clock } from '../runtime/clock.ts'
import { type Appointment, appointmentOf, type ReminderPolicy } from '../schedule/appointment.ts'
import type { Suppression, Suppressions } from '../suppressions/store.ts'
import type { Search } from './search.ts'

/** As many of each kind are shown, the newest. */
export const MAX_SHOWN = 50

/** The newest of a list, and whether there are more. */
type Newest<T> = { shown: T[]; isMore: boolean }

type OwnLink = { id: string; link: AppLink; isRevoked: boolean }

export type KnownCustomer = {
  id: string
  state: CustomerState
  subscriptions: Newest<{ id: string; subscription: SubscriptionState }>
  messages: Newest<CustomerMessage>
  events: Newest<InterpretedEvent>
  links: Newest<OwnLink>
  suppressions: { address: string; suppression: Suppression }[]
  /** The next one of each shown subscription. */
  reminders: Appointment[]
}

/** A customer as messages name it. */
export type MailedCustomer = { id: string; name: string | null; address: string | null }

type CustomersParts = Pick<Stores, 'index' | 'list'> & {
  customers: Pick<CustomerStore, 'load' | 'further' | 'subscriptionsIn'>
  linkStore: Pick<LinkStore, 'ownLinks' | 'recordOf' | 'allRevoked'>
  events: Pick<EventStore, 'load'>
  eventIndex: Pick<RecordIndex, 'find'>
  suppressions: Pick<Suppressions, 'isSuppressed'>
  search: Search
  policy: ReminderPolicy
  clock: Pick<Clock, 'now'>
}

const newestOf = async <T>(all: AsyncIterable<T>): Promise<Newest<T>> => {
  const shown: T[] = []
  for await (const one of all) {
    if (shown.length === MAX_SHOWN) return { shown, isMore: true }
    shown.push(one)
  }
  return { shown, isMore: false }
}

/** The customers of some messages, each once. */
const customersOf = (recipients: readonly CustomerMessage['message']['recipient'][]) => [
  ...new Map(
    recipients
      .toReversed()
      .map(({ customerId: id, name, address }) => [id, { id, name, address }] as const),
  ).values(),
]

export const createCustomers = (parts: CustomersParts) => {
  const { index, list, customers, linkStore, events, suppressions, search } = parts

  async function* subscriptionsOf(id: string, { subscriptions }: CustomerState) {
    for (const [id, subscription] of Object.entries(subscriptions)) yield { id, subscription }
    for await (const portion of customers.subscriptionsIn(await customers.further(id)))
      yield* portion
  }

  async function* loadedEvents(id: string) {
    for await (const ref of eventsOf(parts, id)) {
      const event = await events.load(ref)
      if (isInterpreted(event)) yield event
    }
  }

  const linksOf = async (id: string): Promise<Newest<OwnLink>> => {
    const customer = customerKey(id)
    const ids = (await linkStore.ownLinks(customer)).toReversed()
    const revokedBefore = await linkStore.allRevoked(customer)
    const load = async (recordId: string): Promise<OwnLink[]> => {
      const record = await linkStore.recordOf({ customer, recordId })
      const link = record?.parts.links as AppLink | undefined
      if (!link) return []
      const mark = markOf(link.target)
      const isRevoked = link.revision < revokedBefore || link.revoked?.[mark] !== undefined
      return [{ id: publicIdOf({ customer, recordId, mark }), link, isRevoked }]
    }
    const loaded = await Promise.all(ids.slice(0, MAX_SHOWN).map(load))
    return { shown: loaded.flat(), isMore: ids.length > MAX_SHOWN }
  }

  const suppressionsOf = async (messages: readonly CustomerMessage[]) => {
    const addresses = [...new Set(messages.map(({ message }) => message.recipient.address))]
    const found = await Promise.all(
      addresses.map(async (address) => {
        const suppression = await suppressions.isSuppressed(address)
        return suppression ? [{ address, suppression }] : []
      }),
    )
    return found.flat()
  }

  return {
    /** @returns `null` where nothing is kept about the customer. */
    load: async (id: string): Promise<KnownCustomer | null> => {
      const [{ state, customer }, messages, received, links] = await Promise.all([
        customers.load(id, null),
        newestOf(messagesOf(parts, id)),
        newestOf(loadedEvents(id)),
        linksOf(id),
      ])
      const counts = [messages, received, links].map(({ shown }) => shown.length)
      if (customer.expected === null && counts.every((count) => count === 0)) return null
      const subscriptions = await newestOf(subscriptionsOf(id, state))
      return {
        ...{ id, state, messages, links, events: received, subscriptions },
        reminders: subscriptions.shown.flatMap(({ subscription }) => {
          const next = appointmentOf(subscription, parts.policy, parts.clock.now())
          return next ? [next] : []
        }),
        suppressions: await suppressionsOf(messages.shown),
      }
    },
    /** The customers whom a text names: by an address, or an id of Polar's, of Resend's or of the merchant's. */
    find: async (text: string): Promise<MailedCustomer[]> => {
      const found = await search(text)
      const mailed = customersOf(
        found.messages.map(({ id, record }) => messageIn(id, record).recipient),
      )
      const named = found.events.flatMap((event) =>
        isInterpreted(event) && event.ids.customer ? [event.ids.customer] : [],
      )
      const id = text.toLowerCase()
      const own = isUuid(id) && (await customers.load(id, null)).customer.expected ? [id] : []
      const others = [...new Set([...own, ...named])].filter(
        (one) => !mailed.some((customer) => customer.id === one),
      )
      return [...mailed, ...others.map((id) => ({ id, name: null, address: null }))]
    },
    /** The customers of the newest messages. */
    mailedLately: async (): Promise<MailedCustomer[]> => {
      const { found } = await index.list({ limit: MAX_SHOWN })
      const listed = await Promise.all(found.map(list.load))
      return customersOf(
        listed.flatMap((one) => (one ? [messageIn(one.id, one.record).recipient] : [])),
      ).toReversed()
    },
  }
}

export type Customers = ReturnType<typeof createCustomers>
