// Exports all that is kept about a customer as one document, which the person can read.

import type { ClickStore } from '../clicks/store.ts'
import type { CustomerStore } from '../customers/store.ts'
import { linksIn } from '../deliveries/store.ts'
import type { EventStore } from '../events/store.ts'
import { type AppLink, type MailedLinks, publicIdOf } from '../links/link.ts'
import type { LinkStore } from '../links/store.ts'
import type { Stores } from '../messages/stores.ts'
import { partsOfMessageId } from '../records/message-id.ts'
import type { LoadedRecord } from '../records/store.ts'
import { customerKey } from '../redis/keys.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { type Readable, readable } from '../runtime/readable.ts'
import type { Suppressions } from '../suppressions/store.ts'
import { eventsOf, messagesOf } from './records-of.ts'

type ExportParts = Pick<Stores, 'index' | 'list' | 'deliveries'> & {
  customers: Pick<CustomerStore, 'export'>
  linkStore: Pick<LinkStore, 'ownLinks' | 'recordOf'>
  clicks: Pick<ClickStore, 'read'>
  events: Pick<EventStore, 'load'>
  eventIndex: Pick<RecordIndex, 'find'>
  suppressions: Pick<Suppressions, 'isSuppressed'>
  clock: Clock
}

/** A payload as the JSON that it is, or as it came. */
const payloadOf = (body: string | null): unknown => {
  if (body === null) return null
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** Links keep the time when they were made in seconds. */
const readableLinks = (links: MailedLinks | AppLink) =>
  readable({ ...links, createdAt: links.createdAt * SECOND })

export const createExport = (parts: ExportParts) => {
  const { deliveries, customers, linkStore, clicks, events, suppressions, clock } = parts

  const linksOf = (record: LoadedRecord, customer: string, recordId: string): Readable => {
    const { people, ...visits } = clicks.read(record, (mark) =>
      publicIdOf({ customer, recordId, mark }),
    )
    return { people_signed_in: people, ...readable(visits) }
  }

  /** @returns `null` where nothing is kept about the customer. */
  return async (customerId: string): Promise<Readable | null> => {
    const customer = customerKey(customerId)
    const messages: Readable[] = []
    const addresses = new Set<string>()
    for await (const { id, record, message } of messagesOf(parts, customerId)) {
      const { id: _, ...decided } = message
      const links = linksIn(record)
      const email = await deliveries.frozen(id)
      addresses.add(message.recipient.address)
      messages.push({
        id,
        ...readable(decided),
        delivery: readable(record.parts.delivery as object),
        links: links && readableLinks(links),
        clicks: linksOf(record, customer, partsOfMessageId(id).recordId),
        email: email && readable(email),
      })
    }
    const links: Readable[] = []
    for (const recordId of await linkStore.ownLinks(customer)) {
      const record = await linkStore.recordOf({ customer, recordId })
      if (!record) continue
      const link = readableLinks(record.parts.links as AppLink)
      links.push({ ...link, clicks: linksOf(record, customer, recordId) })
    }
    const received: Readable[] = []
    for await (const ref of eventsOf(parts, customerId)) {
      const event = await events.load(ref)
      if (!event?.outcome) continue
      const { id, type, receivedAt, interpretedAt, outcome, body } = event
      const outline = readable({ id, type, receivedAt, interpretedAt, outcome })
      received.push({ ...outline, payload: payloadOf(body) })
    }
    const suppressed: Readable[] = []
    for (const address of addresses) {
      const found = await suppressions.isSuppressed(address)
      if (found) suppressed.push({ address, ...readable(found) })
    }
    const state = await customers.export(customerId)
    const all = [...messages, ...links, ...received]
    if (!state && all.length === 0) return null
    return {
      exported_at: new Date(clock.now()).toISOString(),
      customer: state,
      messages,
      links,
      events: received,
      suppressions: suppressed,
    }
  }
}

export type ExportCustomer = ReturnType<typeof createExport>
