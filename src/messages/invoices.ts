// Fetches the invoice of an order as an attachment. Polar writes it on request, and no email waits for it for long.

import { LRUCache } from 'lru-cache'
import type { Invoice, OrderSummary } from '../../emails/index.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import type { Email } from '../resend/email.ts'
import { SECOND } from '../runtime/clock.ts'
import type { NotYet } from './message.ts'
import type { RetrySchedule } from './retry-schedule.ts'

export type OrderInvoice = { where: Invoice; attachment: Email['attachment'] }

type InvoicesParts = {
  polar: Pick<PolarClient, 'invoice'>
  /** How many messages wait to be sent. */
  waiting: () => Promise<number>
  retries: RetrySchedule
}

/** Emails with attachments go one by one: where more than this wait to be sent, they would hold up the rest. */
const MOST_WAITING = 50

/** After Polar was asked to write a file, it may be there at these times. */
const WRITTEN = [0.5, 1.5, 4, 10, 20, 45].map((seconds) => seconds * SECOND)

/** After an answer that failed, Postern asks again at these times. */
const FAILED = [2 * SECOND, 8 * SECOND]

/** An email that is sent once more is nothing without its file, so it waits for longer. */
const PATIENT = [0.5, 2, 10, 45, 300, 1_200].map((seconds) => seconds * SECOND)

const MOST_ASKED = 1_000

const none: OrderInvoice = { where: null, attachment: null }
const inPortal: OrderInvoice = { where: 'in_portal', attachment: null }

/** Polar writes an invoice only with a name and an address to make it out to, and only where something was charged. */
const hasInvoice = ({ paid, billingName, billingAddress }: OrderSummary) =>
  paid > 0 && billingName !== null && billingAddress !== null

/** Invoices as an email would have them, without asking Polar to write a file that nobody gets. */
export const expectedInvoices = {
  of: async (_messageId: string, order: OrderSummary): Promise<OrderInvoice> => ({
    where: hasInvoice(order) ? 'attached' : null,
    attachment: null,
  }),
}

const filename = ({ number, id }: OrderSummary) =>
  `invoice-${(number ?? id).replace(/[^\w-]+/g, '-')}.pdf`

export const createInvoices = ({ polar, waiting, retries }: InvoicesParts) => {
  const asked = new LRUCache<string, true>({ max: MOST_ASKED })

  return {
    /** @returns the file, the place where the customer finds the invoice, or when to try again. */
    of: async (messageId: string, order: OrderSummary): Promise<OrderInvoice | NotYet> => {
      if (!hasInvoice(order)) return none
      if ((await waiting()) > MOST_WAITING) return inPortal
      try {
        const invoice = await polar.invoice(order.id, asked.has(order.id))
        if (invoice === 'none') return none
        if (invoice === 'withheld') return inPortal
        if (invoice === 'making') {
          asked.set(order.id, true)
          return retries.again(messageId, WRITTEN) ?? inPortal
        }
        const attachment = { filename: filename(order), content: invoice.toString('base64') }
        return { where: 'attached', attachment }
      } catch (error) {
        if (!(error instanceof PolarUnavailableError)) throw error
        // A failed answer may work the next time; the email does not wait for a spent budget or a Polar that hangs.
        return (error.until === undefined ? retries.again(messageId, FAILED) : null) ?? inPortal
      }
    },
    /** @returns the file that an earlier email had, or when to try again; `null` where Polar does not give it any more. */
    again: async (
      messageId: string,
      { filename, order }: NonNullable<Email['attached']>,
    ): Promise<Email['attachment'] | NotYet> => {
      try {
        const invoice = await polar.invoice(order, asked.has(order))
        if (invoice === 'none' || invoice === 'withheld') return null
        if (invoice !== 'making') return { filename, content: invoice.toString('base64') }
        asked.set(order, true)
      } catch (error) {
        if (!(error instanceof PolarUnavailableError)) throw error
      }
      return retries.again(messageId, PATIENT)
    },
  }
}

export type Invoices = ReturnType<typeof createInvoices>
