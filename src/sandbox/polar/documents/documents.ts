// Invoices and receipts of orders: it draws the PDFs after a delay and signs URLs that open them for ten minutes.

import { createHmac, randomBytes } from 'node:crypto'
import { type Clock, SECOND } from '../../../runtime/clock.ts'
import { date, money } from '../portal/words.ts'
import type { Scenarios } from '../scenarios.ts'
import type { Order } from '../shapes/rows.ts'
import type { World } from '../world.ts'
import { pdf } from './pdf.ts'

/** How long a signed URL is valid. */
const LIFE = 600 * SECOND

export type Kind = 'invoices' | 'receipts'

type DocumentsOptions = {
  clock: Clock
  world: World
  scenario: Pick<Scenarios, 'drawInvoice'>
  /** Milliseconds until a document is drawn, by the clock. */
  afterMs: number
  origin: () => string
}

export const createDocuments = ({ clock, world, scenario, afterMs, origin }: DocumentsOptions) => {
  const key = randomBytes(32)
  const invoices = new Map<string, { readyAt: number; timer: NodeJS.Timeout }>()
  const receipts = new Map<string, number>()
  const deliveries = new Set<Promise<unknown>>()
  let drawn = 0

  const draw = (orderId: string) => {
    const request = invoices.get(orderId)
    if (request === undefined) return
    clearTimeout(request.timer)
    invoices.delete(orderId)
    drawn++
    const delivery = scenario.drawInvoice(orderId)
    deliveries.add(delivery)
    void delivery.finally(() => deliveries.delete(delivery))
  }

  const catchUp = () => {
    for (const [id, { readyAt }] of invoices) if (readyAt <= clock.now()) draw(id)
  }

  const sign = (kind: Kind, id: string, expires: string) =>
    createHmac('sha256', key).update(`${kind}/${id}/${expires}`).digest('hex')

  return {
    /** Draws the invoice after the delay and then delivers order.updated, unless it exists already. */
    askForInvoice: (order: Order) => {
      if (order.is_invoice_generated || invoices.has(order.id)) return
      // The timer notices time that passes; the next request notices a clock that was moved ahead.
      const timer = setTimeout(() => draw(order.id), afterMs)
      invoices.set(order.id, { readyAt: clock.now() + afterMs, timer })
    },
    /** When the next invoice is to be drawn, in milliseconds; `Infinity` where none is. */
    next: () => Math.min(...[...invoices.values()].map(({ readyAt }) => readyAt)),
    /** Draws every invoice that is due. */
    catchUp,
    /** Draws every invoice that is due. Resolves with how many were drawn so far, once their webhooks are answered. */
    drawn: async (): Promise<number> => {
      catchUp()
      await Promise.all(deliveries)
      return drawn
    },
    /** Whether the receipt is drawn. The first request starts the drawing. */
    hasReceipt: (orderId: string) => {
      const readyAt = receipts.get(orderId) ?? clock.now() + afterMs
      receipts.set(orderId, readyAt)
      return readyAt <= clock.now()
    },
    /** A signed URL that opens the document for ten minutes, for anybody who has it. */
    urlOf: (kind: Kind, id: string) => {
      const expires = String(clock.now() + LIFE)
      const query = new URLSearchParams({ expires, signature: sign(kind, id, expires) })
      return `${origin()}/files/${kind}/${id}.pdf?${query}`
    },
    /** Why a URL does not open its document; `undefined` if it does. */
    refusal: (kind: Kind, id: string, expires: string, signature: string) => {
      if (signature !== sign(kind, id, expires)) return 'SignatureDoesNotMatch'
      return Number(expires) <= clock.now() ? 'Request has expired' : undefined
    },
    /** The document and its file name. */
    open: (kind: Kind, order: Order) => {
      const of = kind === 'invoices' ? 'Invoice' : 'Receipt'
      const number = (kind === 'invoices' ? order.invoice_number : order.receipt_number) ?? ''
      return { name: `${of}-${number}.pdf`, file: pdf(`${of} ${number}`, linesOf(order, world)) }
    },
    close: async () => {
      for (const { timer } of invoices.values()) clearTimeout(timer)
      invoices.clear()
      await Promise.all(deliveries)
    },
  }
}

export type Documents = ReturnType<typeof createDocuments>

const linesOf = (order: Order, world: World): string[] => {
  const amount = (value: number) =>
    `${money(value, order.currency)} ${order.currency.toUpperCase()}`
  const refunded = order.refunded_amount + order.refunded_tax_amount
  return [
    `From: ${world.organization.name}`,
    'Sold by Polar Software, Inc., the merchant of record (simulated: no money moved)',
    `Billed to: ${order.billing_name ?? ''}`,
    `Date: ${date(order.created_at)}`,
    '',
    ...order.items.map(({ label, amount: each }) => `${label}: ${amount(each)}`),
    '',
    `Subtotal: ${amount(order.subtotal_amount)}`,
    ...(order.discount_amount > 0 ? [`Discount: -${amount(order.discount_amount)}`] : []),
    `Tax: ${amount(order.tax_amount)}`,
    `Total: ${amount(order.total_amount)}`,
    ...(refunded > 0 ? [`Refunded: -${amount(refunded)}`] : []),
  ]
}
