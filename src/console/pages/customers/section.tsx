// The routes of customers: search, page, export, revocation of links, erasure.

import { Hono } from 'hono'
import type { LinkStore } from '../../../links/store.ts'
import type { NoteAct } from '../../../operator/actions.ts'
import type { Customers } from '../../../operator/customers.ts'
import type { Erasing } from '../../../operator/erasing.ts'
import { afterErasure } from '../../../operator/erasure-words.ts'
import { countText } from '../../../operator/words.ts'
import { customerKey, isUuid } from '../../../redis/keys.ts'
import type { PauseState } from '../../../resend/pause.ts'
import { type Erased, KEPT } from '../../../retention/erase.ts'
import type { ExportCustomer } from '../../../retention/export.ts'
import type { Clock } from '../../../runtime/clock.ts'
import type { ConsoleContext, ConsoleEnv } from '../../access.ts'
import type { Frame } from '../../frame.ts'
import { customerPath } from '../../ui/links.tsx'
import { customerPage } from './page.tsx'
import { CUSTOMERS, searchPage } from './search.tsx'

const LONGEST_TEXT = 320

type CustomersParts = {
  frame: Frame
  customers: Customers
  exportCustomer: ExportCustomer
  erase: Erasing
  linkStore: Pick<LinkStore, 'revoke'>
  pauseState: () => Promise<PauseState>
  note: NoteAct
  clock: Pick<Clock, 'now'>
}

const nothingKept = {
  title: 'Nothing is kept about this customer',
  section: 'Customers' as const,
  parent: { path: CUSTOMERS, name: 'Customers' },
  body: 'The id may be wrong, or all that was kept has grown old or was erased.',
}

const reportOf = ({ messages, links, events, suppressions, beingSent }: Erased, after: string) => {
  const erased = [
    countText(messages, 'message'),
    countText(links, 'link'),
    countText(events, 'event'),
    countText(suppressions, 'suppression'),
  ]
  const later = beingSent > 0 ? ` Being sent, and erased after that: ${beingSent}.` : ''
  return `The customer is erased: ${erased.join(', ')}.${later} ${after} Kept: ${KEPT.join(', ')}.`
}

export const customersSection = (parts: CustomersParts) => {
  const { frame, customers, exportCustomer, erase, linkStore, pauseState, note, clock } = parts

  /** The customer of a path; `null` where it cannot be one. */
  const idIn = (c: ConsoleContext): string | null => {
    const id = c.req.param('id')?.toLowerCase() ?? ''
    return isUuid(id) ? id : null
  }

  const missing = (c: ConsoleContext) => frame.show(c, nothingKept, 404)

  return new Hono<ConsoleEnv>()
    .get(CUSTOMERS, async (c) =>
      frame.show(c, searchPage({ text: '', found: null, lately: await customers.mailedLately() })),
    )
    .post(CUSTOMERS, async (c) => {
      const text = (c.get('form').text ?? '').trim().slice(0, LONGEST_TEXT)
      if (text === '') return c.redirect(CUSTOMERS, 303)
      const found = await customers.find(text)
      const [only] = found
      if (only && found.length === 1) return c.redirect(customerPath(only.id), 303)
      return frame.show(c, searchPage({ text, found, lately: [] }))
    })
    .get(`${CUSTOMERS}/:id`, async (c) => {
      const id = idIn(c)
      const customer = id && (await customers.load(id))
      if (!customer) return missing(c)
      return frame.show(c, customerPage(customer, await pauseState(), clock.now()))
    })
    .post(`${CUSTOMERS}/:id/export`, async (c) => {
      const id = idIn(c)
      if (!id) return missing(c)
      const found = await note.perform({ action: 'customer exported', customer: id }, async () => {
        const exported = await exportCustomer(id)
        if (exported) await note.result({ act: 'customer exported', customer: id })
        return exported
      })
      if (!found) return missing(c)
      c.header('Content-Disposition', `attachment; filename="customer-${id}.json"`)
      return c.body(JSON.stringify(found, null, 2), 200, { 'content-type': 'application/json' })
    })
    .post(`${CUSTOMERS}/:id/revoke`, async (c) => {
      const id = idIn(c)
      if (!id) return missing(c)
      await note.perform({ action: 'links revoked', customer: id }, async () => {
        await linkStore.revoke(customerKey(id), 'all', 'by_operator')
        await note.result({ act: 'links revoked', customer: id })
      })
      const text = 'All links that the customer has so far are revoked.'
      return frame.goOn(c, customerPath(id), { tone: 'good', text })
    })
    .post(`${CUSTOMERS}/:id/forget`, async (c) => {
      const id = idIn(c)
      if (!id) return missing(c)
      if ((c.get('form').confirm ?? '').trim().toLowerCase() !== id) {
        const text = 'That is not the id of this customer. Nothing was erased.'
        return frame.goOn(c, customerPath(id), { tone: 'bad', text })
      }
      const after = afterErasure(await customers.load(id))
      const text = reportOf(await erase(id), after)
      return frame.goOn(c, CUSTOMERS, { tone: 'good', text })
    })
}
