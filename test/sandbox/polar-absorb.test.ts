import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rejection, type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

const fixtures = new URL('../fixtures/', import.meta.url)
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8'))

test('an order that was told by hand can be asked for, with its customer and a session', async () => {
  const { polar, sdk } = started
  const event = fixture('order.paid')
  polar.absorb(event)
  const order = await sdk.orders.get(event.data.id)
  expect(order).toMatchObject({
    status: 'paid',
    invoice_number: event.data.invoice_number,
    customer: event.data.customer,
    subscription: event.data.subscription,
    product: event.data.product,
  })
  const session = await sdk.customerSessions.create({ customer_id: event.data.customer_id })
  expect(session.customer.email).toBe(event.data.customer.email)
})

test.each([
  ['order first', ['order.created', 'subscription.past_due']],
  ['subscription first', ['subscription.past_due', 'order.created']],
])('a payment that failed by hand can be retried in the portal: %s', async (_, names) => {
  const { polar, sdk } = started
  for (const name of names) polar.absorb(fixture(name))
  const order = await sdk.orders.get(fixture('order.created').data.id)
  expect(order).toMatchObject({ status: 'pending', subscription: { status: 'past_due' } })
  expect(order.next_payment_attempt_at).not.toBeNull()
})

test('an older event does not undo a newer one', async () => {
  const { polar, sdk } = started
  const paid = fixture('order.paid')
  polar.absorb(paid)
  polar.absorb(fixture('order.created'))
  expect((await sdk.orders.get(paid.data.id)).status).toBe('paid')
})

test('a deleted customer has no session any more', async () => {
  const { polar, sdk } = started
  polar.absorb(fixture('order.paid'))
  const deleted = fixture('customer.deleted')
  polar.absorb(deleted)
  const refused = await rejection(sdk.customerSessions.create({ customer_id: deleted.data.id }))
  expect(refused).toMatchObject({ statusCode: 422 })
})

test('a team and its member that were told by hand sign in as that member', async () => {
  const { polar, sdk } = started
  const member = fixture('member.created')
  polar.absorb(fixture('customer.updated.team'))
  polar.absorb(member)
  const { customer_id, id: member_id, email } = member.data
  const session = await sdk.customerSessions.create({ customer_id, member_id })
  expect(new URL(session.customer_portal_url).searchParams.get('email')).toBe(email)
})

test('nothing that it is told makes it throw', () => {
  const { polar } = started
  for (const file of readdirSync(fixtures)) polar.absorb(fixture(file.replace('.json', '')))
  for (const event of [null, 7, 'x', [], {}, { type: 1 }, { type: 'order.paid' }]) {
    polar.absorb(event)
  }
})

test('an order of any shape never breaks its page', async () => {
  const { polar, sdk } = started
  const { data } = fixture('order.paid')
  polar.absorb({ type: 'order.paid', data })
  const { customer_portal_url } = await sdk.customerSessions.create({
    customer_id: data.customer_id,
  })
  const page = customer_portal_url.replace('/portal?', `/portal/orders/${data.id}?`)
  for (const key of Object.keys(data)) {
    for (const value of [null, 1, 'x', {}, []]) {
      polar.absorb({ type: 'order.paid', data: { ...data, [key]: value } })
      const answer = await fetch(page)
      await answer.body?.cancel()
      expect(answer.status, `${key} = ${JSON.stringify(value)}`).toBeLessThan(500)
    }
  }
})
