// An operator finds a customer in the console, reads all about it, and acts.

import { expect, test } from 'vitest'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { messageOf } from '../support/mailed.ts'
import { formsIn, signedIn, startWithConsole, submit } from '../support/operator.ts'
import { firstLink, type TestSystem } from '../support/system.ts'

const CUSTOMERS = '/console/customers'
const TOKEN = 'the-token-of-the-backend-of-a-merchant'
const PERSON = { email: 'mara@example.com', name: 'Mara Lindqvist', external_id: 'mara-77' }

/** A customer who has bought, subscribed and failed to pay, with a link of the API. */
const lived = async () => {
  const system = await startWithConsole({ reports: false, environment: { API_TOKEN: TOKEN } })
  const { scenario } = system.polarWorld
  const { customerId, orderId } = await scenario.purchase({ customer: PERSON })
  await system.settle()
  const customer = { id: customerId, ...PERSON }
  const { subscriptionId } = await scenario.failRenewal({ customer })
  await system.settle()
  const { body } = await visit(`${system.postern}/api/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ customer_id: customerId }),
  })
  const link = JSON.parse(body) as { id: string; url: string }
  const operator = await signedIn(system)
  const path = `${CUSTOMERS}/${customerId}`
  return { system, operator, customerId, orderId, subscriptionId, link, path }
}

const acts = async (system: TestSystem, act: string) => {
  const lines = () => system.logs().filter(({ msg }) => msg === act)
  await expect.poll(lines).not.toEqual([])
  return lines()
}

test('the page of a customer tells the whole story, and shows no link that signs in', async () => {
  const { system, operator, customerId, subscriptionId, link, path } = await lived()
  const { status, body } = await operator.read(path)
  expect(status).toBe(200)
  for (const mail of system.mails()) expect(body).toContain(`/console/messages/${messageOf(mail)}`)
  const text = await operator.text(path)
  expect(text).toContain(customerId)
  expect(text).toContain('mara-77')
  expect(text).toMatch(/Mailed at mara@ example\. com/)
  expect(text).toMatch(/Payment overdue.*Since.*No reminder yet/)
  expect(text).toContain(subscriptionId)
  expect(text).toContain(link.id)
  expect(body).toMatch(/href="\/console\/events\/[^"]+">order\.paid</)
  expect(body).not.toMatch(/\/l\/|polar_cst_/)
  for (const { text } of system.mails()) expect(body).not.toContain(firstLink(text))
  expect(body).not.toContain(link.url)
})

test('a customer is found by an address or an id, and no address gets into a URL', async () => {
  const { system, operator, customerId, orderId, subscriptionId, path } = await lived()
  expect(await operator.text(CUSTOMERS)).toMatch(/newest messages.*Mara Lindqvist/)
  const texts = [' Mara@Example.com ', customerId, orderId, subscriptionId, 'mara-77']
  for (const text of texts) {
    const [, form] = formsIn((await operator.read(CUSTOMERS)).body)
    const found = await submit(
      `${system.postern}${CUSTOMERS}`,
      { ...form?.fields, text },
      { cookie: operator.cookie },
    )
    expect([found.status, found.location], text).toEqual([303, path])
  }
  const none = await operator.press(CUSTOMERS, 'Find', { text: 'nobody@example.com' })
  expect([none.status, none.body]).toEqual([200, expect.stringContaining('No customer is known')])
})

test('of two customers with one address, the operator chooses', async () => {
  const system = await startWithConsole()
  const ids: string[] = []
  for (const email of ['two@example.com', 'Two@Example.com'])
    ids.push((await system.polarWorld.scenario.purchase({ customer: { email } })).customerId)
  await system.settle()
  expect(new Set(ids).size).toBe(2)
  const { press } = await signedIn(system)
  const { status, body } = await press(CUSTOMERS, 'Find', { text: 'two@example.com' })
  expect(status).toBe(200)
  for (const id of ids) expect(body).toContain(`href="${CUSTOMERS}/${id}"`)
})

test('an unknown customer is a page that says so', async () => {
  const { operator } = await lived()
  const unknown = '00000000-0000-4000-8000-000000000000'
  for (const id of [unknown, 'x', '%00', `${'a'.repeat(400)}`]) {
    const { status, body } = await operator.read(`${CUSTOMERS}/${id}`)
    expect([status, body]).toEqual([404, expect.stringContaining('Nothing is kept')])
  }
})

test('the export is a document to download, and is noted', async () => {
  const { system, operator, customerId, path } = await lived()
  const { status, headers, body } = await operator.press(path, 'Export as JSON')
  expect(status).toBe(200)
  expect(headers['content-disposition']).toBe(`attachment; filename="customer-${customerId}.json"`)
  expect(JSON.parse(body)).toMatchObject({
    customer: { id: customerId },
    messages: expect.arrayContaining([expect.objectContaining({ kind: 'order_confirmation' })]),
  })
  expect(await acts(system, 'customer exported')).toEqual([
    expect.objectContaining({ customer: customerId, by: 'console' }),
  ])
})

test('revoking ends every link of the customer', async () => {
  const { system, operator, customerId, link, path } = await lived()
  expect(await operator.text(path)).toMatch(/signs in overview/)
  const { body } = await operator.press(path, 'Revoke all links')
  expect(body).toContain('All links that the customer has so far are revoked.')
  expect(body).toMatch(/badge bad">revoked</)
  const opened = await visit(link.url, { headers: NAVIGATION })
  expect([opened.status, opened.location]).toEqual([410, ''])
  expect(await acts(system, 'links revoked')).toEqual([
    expect.objectContaining({ customer: customerId, by: 'console' }),
  ])
})

test('forgetting takes the id of the customer, and then nothing is kept', async () => {
  const { system, operator, customerId, path } = await lived()
  for (const confirm of ['', 'yes', customerId.slice(1)]) {
    const { body } = await operator.press(path, 'Erase for good', { confirm })
    expect(body).toContain('Nothing was erased.')
  }
  const before = await operator.text(path)
  expect(before).toMatch(/Its subscription runs on at Polar: \S.* \(payment overdue, renews 2/)
  expect(before).toContain('Postern will never send anything about this customer again')
  const { body } = await operator.press(path, 'Erase for good', { confirm: customerId })
  expect(body).toMatch(/The customer is erased: 2 messages, 1 link, \d+ events, 0 suppressions\./)
  expect(body).toContain('Its subscription runs on at Polar. Postern sends nothing about this')
  const after = await operator.read(path)
  expect(after.body).not.toMatch(/mara/i)
  expect(await operator.text(path)).toMatch(
    /Erased here by an operator, in the console, 2.* Only Polar knows whether a subscription runs on\./,
  )
  const [search, ...others] = formsIn(after.body).filter(({ button }) => button !== 'Sign out')
  expect([search?.action, others]).toEqual(['/console/search', []])
  expect(after.body).not.toContain('appears with the first event')
  const found = await operator.press(path, '', { q: customerId })
  expect(found.body).toContain('Erased here by an operator, in the console,')
  expect(await operator.text('/console/actions')).toContain(
    `customer erased customer ${customerId}`,
  )
  const exported = await operator.press(CUSTOMERS, 'Find', { text: PERSON.email })
  expect(exported.body).toContain('No customer is known')
  expect(await acts(system, 'customer erased')).toEqual([
    expect.objectContaining({ messages: 2, by: 'console' }),
  ])
})
