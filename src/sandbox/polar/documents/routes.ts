// The routes of documents: the API returns a signed URL, and the file store opens it without a token.

import { type Context, Hono } from 'hono'
import { notFound } from '../answers.ts'
import type { Order } from '../shapes/rows.ts'
import type { World } from '../world.ts'
import { avatar } from './avatar.ts'
import type { Documents, Kind } from './documents.ts'

/** The part of the API that is below an order. */
export const createDocumentRoutes = (world: World, documents: Documents) => {
  const of = (answer: (c: Context, order: Order) => Response) => (c: Context) => {
    const order = world.orders.get(c.req.param('id') ?? '')
    return order === undefined ? notFound(c) : answer(c, order)
  }

  return new Hono()
    .post(
      '/:id/invoice',
      of((c, order) => {
        const { id, status, billing_name, billing_address } = order
        if (status === 'draft' || status === 'void') {
          const detail = `Order ${id} is not eligible for invoice generation (current status: ${status}).`
          return c.json({ error: 'OrderNotEligibleForInvoice', detail }, 409)
        }
        if (billing_name === null || billing_address === null) {
          const detail =
            'Billing name and address are required to generate an invoice for this order.'
          return c.json({ error: 'MissingInvoiceBillingDetails', detail }, 422)
        }
        documents.askForInvoice(order)
        return c.json(null, 202)
      }),
    )
    .get(
      '/:id/invoice',
      of((c, { id, is_invoice_generated }) => {
        if (is_invoice_generated) return c.json({ url: documents.urlOf('invoices', id) })
        const detail = `No invoice exists for order ${id}.`
        return c.json({ error: 'InvoiceDoesNotExist', detail }, 404)
      }),
    )
    .get(
      '/:id/receipt',
      of((c, { id, receipt_number }) => {
        if (receipt_number === null) {
          const detail = `No receipt allocated for order ${id}.`
          return c.json({ error: 'ReceiptNotAllocated', detail }, 404)
        }
        // While it draws, Polar answers with an empty body, not even `null`.
        if (!documents.hasReceipt(id)) return c.body(null, 202)
        return c.json({ url: documents.urlOf('receipts', id) })
      }),
    )
}

const refused = (c: Context, status: 400 | 403 | 404, code: string, message: string) => {
  c.header('content-type', 'application/xml')
  return c.body(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    status,
  )
}

/** The file store that signed URLs lead to, without a token. */
export const createFileRoutes = (world: World, documents: Documents) =>
  new Hono()
    .get('/avatars/:name', (c) => {
      c.header('content-type', 'image/png')
      return c.body(new Uint8Array(avatar()))
    })
    .get('/:kind{invoices|receipts}/:file', (c) => {
      // The store refuses a token beside the signature: Postern must never send its token there.
      if (c.req.header('authorization') !== undefined) {
        const message = 'Only one auth mechanism allowed'
        return refused(c, 400, 'InvalidArgument', message)
      }
      const kind = c.req.param('kind') as Kind
      const id = c.req.param('file').replace(/\.pdf$/, '')
      const { expires = '', signature = '' } = c.req.query()
      const why = documents.refusal(kind, id, expires, signature)
      if (why !== undefined) return refused(c, 403, 'AccessDenied', why)
      const order = world.orders.get(id)
      if (order === undefined) return refused(c, 404, 'NoSuchKey', 'There is no such document.')
      const { name, file } = documents.open(kind, order)
      c.header('content-type', 'application/pdf')
      c.header('content-disposition', `attachment; filename="${name}"`)
      return c.body(file)
    })
