// Messages as real events led to them, to be repeated with ids, addresses and amounts of their own.

import { createHash, randomUUID } from 'node:crypto'
import type { Message } from '../../../src/messages/message.ts'
import { messageId } from '../../../src/records/message-id.ts'
import { createEvents } from '../../../src/sandbox/polar/events.ts'
import { addressOf, customerId } from '../polar/customers.ts'
import type { Engine } from './engine.ts'

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const events = createEvents({ slug: 'larkspur' })

/** A purchase of a customer, as Polar sends it. `withSubscription`: the first one of a subscription. */
export const purchaseOf = (n: number, withSubscription = false) => {
  const id = customerId(n)
  const customer = { id, email: addressOf(id), name: 'Theo Okafor' }
  const subscription = withSubscription && { subscription: { id: randomUUID() } }
  return JSON.stringify(events.orderPaid({ customer, ...subscription }))
}

/** A UUID that is always the same for these two numbers. */
const uuidOf = (n: number, slot: number): string =>
  createHash('sha1')
    .update(`${n} ${slot}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-4$3-8$4-$5')
    .replace(/-4(.{3}).-8(.{3}).-/, '-4$1-8$2-')

/** A message cut at its ids, each with the slot of the id that follows. */
export type Template = { pieces: readonly string[]; slots: readonly number[] }

/** Cuts a message at its ids: the same id has the same slot. */
const templateOf = ({ id: _, ...message }: Message): Template => {
  const text = JSON.stringify(message)
  const ids = [...text.matchAll(UUID)].map(([found]) => found)
  const known = [...new Set(ids)]
  return { pieces: text.split(UUID), slots: ids.map((one) => known.indexOf(one)) }
}

/** Ids beside those in a message have slots of their own. */
const SLOT = { email: 98, event: 99 }

/** Resend's id of the email of the `n`th message. */
export const emailIdOf = (n: number) => uuidOf(n, SLOT.email)

/** Customers who have no message in the history. */
const STRANGERS = 2 ** 32

/** Interprets some purchases, and makes templates of their messages. */
export const createTemplates = async (engine: Engine): Promise<Template[]> => {
  const { events, interpret, messages } = engine
  const bodies = [purchaseOf(STRANGERS), purchaseOf(STRANGERS + 1, true)]
  const templates: Template[] = []
  for (const body of bodies) {
    const id = randomUUID()
    await events.add(id, Buffer.from(body))
    await interpret(id)
    const outcome = (await events.load(id))?.outcome
    const message = await messages.load(outcome?.messages?.[0] ?? '')
    if (!message) throw new Error(`a purchase led to no message: ${JSON.stringify(outcome)}`)
    templates.push(templateOf(message))
  }
  return templates
}

/** The `n`th message by a template, to the customer `n`, decided at `at` (ms): the same in every process. */
export const messageOf = (templates: readonly Template[], n: number, at: number): Message => {
  const { pieces, slots } = templates[n % templates.length] as Template
  const text = pieces.reduce((so, piece, cut) => so + uuidOf(n, slots[cut - 1] ?? 0) + piece)
  const message = JSON.parse(text) as Message
  const id = customerId(n)
  const recipient = { ...message.recipient, customerId: id, address: addressOf(id) }
  return {
    ...message,
    id: messageId(message.kind, message.fact, recipient),
    eventId: uuidOf(n, SLOT.event),
    receivedAt: at - 60,
    plannedAt: at,
    recipient,
  }
}
