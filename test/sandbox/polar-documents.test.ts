import { inflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { rejection, type Started, startPolar } from './world.ts'

const WAIT = 10 * MINUTE

let started: Started
beforeEach(async () => {
  started = await startPolar({ invoiceAfterMs: WAIT })
})
afterEach(() => started.close())

const download = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(url, { headers })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    name: answer.headers.get('content-disposition'),
    text: Buffer.from(await answer.arrayBuffer()).toString('latin1'),
  }
}

/** An order with its invoice drawn. */
const invoiced = async () => {
  const { orderId } = started.polar.script.purchase({
    customer: { billing_name: 'Zoë (Åsa) Lindqvist' },
    amount: 4900,
    currency: 'eur',
    tax: 931,
  })
  await started.sdk.orders.generateInvoice(orderId)
  started.clock.advance(WAIT)
  return { orderId, url: (await started.sdk.orders.invoice(orderId)).url }
}

test('an invoice is asked for, is not there for a while, and is told when it is', async () => {
  const { polar, sdk, clock, received } = started
  const { orderId } = polar.script.purchase()
  expect(await rejection(sdk.orders.invoice(orderId))).toMatchObject({ statusCode: 404 })
  expect(await sdk.orders.generateInvoice(orderId)).toBeNull()
  clock.advance(WAIT - MINUTE)
  expect(await rejection(sdk.orders.invoice(orderId))).toMatchObject({ statusCode: 404 })
  expect(received).toEqual([])

  clock.advance(MINUTE)
  expect((await sdk.orders.invoice(orderId)).url).toContain(`${polar.url}/files/invoices/`)
  await expect.poll(() => started.types()).toEqual(['order.updated'])
  const { data } = JSON.parse(received[0]?.body ?? '')
  expect(data).toMatchObject({ id: orderId, is_invoice_generated: true, status: 'paid' })
})

test('an invoice is drawn by itself, without anybody asking again, and only once', async () => {
  const quick = await startPolar({ invoiceAfterMs: 5 })
  try {
    const { orderId } = quick.polar.script.purchase()
    await quick.sdk.orders.generateInvoice(orderId)
    await quick.sdk.orders.generateInvoice(orderId)
    await expect.poll(() => quick.types()).toEqual(['order.updated'])
    await quick.sdk.orders.generateInvoice(orderId)
    expect((await quick.sdk.orders.get(orderId)).is_invoice_generated).toBe(true)
    expect(quick.types()).toEqual(['order.updated'])
  } finally {
    await quick.close()
  }
})

test('an invoice is a PDF that names the number, the customer and the total', async () => {
  const { orderId, url } = await invoiced()
  const { invoice_number } = await started.sdk.orders.get(orderId)
  const { status, type, name, text } = await download(url)
  expect({ status, type }).toEqual({ status: 200, type: 'application/pdf' })
  expect(name).toBe(`attachment; filename="Invoice-${invoice_number}.pdf"`)
  expect(text).toContain(`(Invoice ${invoice_number})`)
  expect(text).toContain('(Billed to: Zo\\353 \\(\\305sa\\) Lindqvist)')
  expect(text).toContain('(Total: \\20058.31 EUR)')
})

test('every object of the PDF is where its table says', async () => {
  const { text } = await download((await invoiced()).url)
  expect(text).toMatch(/^%PDF-1\.4\n.*%%EOF\n$/s)
  const table = Number(/startxref\n(\d+)\n/.exec(text)?.[1])
  expect(text.slice(table, table + 9)).toBe('xref\n0 7\n')
  const offsets = [...text.slice(table).matchAll(/(\d{10}) 00000 n \n/g)].map(([, at]) => at)
  expect(offsets).toHaveLength(6)
  for (const [index, at] of offsets.entries())
    expect(text.slice(Number(at))).toMatch(new RegExp(`^${index + 1} 0 obj\n`))
  const [, length, content] = /\/Length (\d+) >>\nstream\n(.*)\nendstream/s.exec(text) ?? []
  expect(content).toHaveLength(Number(length))
})

test('the address of an invoice opens for ten minutes, for this order only, and without a token', async () => {
  const { url } = await invoiced()
  const other = started.polar.script.purchase().orderId
  started.clock.advance(600 * SECOND - MINUTE)
  expect((await download(url)).status).toBe(200)
  const foreign = url.replace(/invoices\/[^.]+/, `invoices/${other}`)
  expect((await download(foreign)).status).toBe(403)
  expect((await download(url, { authorization: 'Bearer polar_oat_test' })).status).toBe(400)
  started.clock.advance(MINUTE)
  const late = await download(url)
  expect(late).toMatchObject({ status: 403, type: 'application/xml' })
  expect(late.text).toContain('Request has expired')
})

test('a draft or void order has no invoice: 409', async () => {
  const { polar, sdk } = started
  const { orderId } = polar.script.failRenewal()
  polar.script.giveUp(orderId)
  expect(await rejection(sdk.orders.generateInvoice(orderId))).toMatchObject({
    statusCode: 409,
    error: { error: 'OrderNotEligibleForInvoice' },
  })
})

test.each(['billing_name', 'billing_address'] as const)(
  'an order without %s has no invoice: 422',
  async (field) => {
    const { polar, sdk } = started
    const { orderId } = polar.script.purchase({ order: { [field]: null } })
    expect(await rejection(sdk.orders.generateInvoice(orderId))).toMatchObject({
      statusCode: 422,
      error: { error: 'MissingInvoiceBillingDetails' },
    })
  },
)

test('an order that nobody knows has no documents: 404', async () => {
  const { sdk } = started
  const id = crypto.randomUUID()
  for (const call of [sdk.orders.generateInvoice, sdk.orders.invoice, sdk.orders.receipt])
    expect(await rejection(call(id))).toMatchObject({ statusCode: 404 })
})

test('a receipt is an answer of nothing while it is drawn, which the SDK cannot read, and then an address', async () => {
  const { polar, sdk, clock } = started
  const { orderId } = polar.script.purchase()
  expect(await rejection(sdk.orders.receipt(orderId))).toBeInstanceOf(SyntaxError)
  clock.advance(WAIT)
  const { url } = await sdk.orders.receipt(orderId)
  expect((await download(url)).text).toContain('(Receipt RCPT-')
})

test('an order that cost nothing has no receipt: 404', async () => {
  const { polar, sdk } = started
  const { orderId } = polar.script.purchase({ amount: 0 })
  expect(await rejection(sdk.orders.receipt(orderId))).toMatchObject({ statusCode: 404 })
})

test('documents count against the organization’s budget; what their addresses open does not', async () => {
  const small = await startPolar({ rateLimitPerMinute: 2, invoiceAfterMs: 0 })
  try {
    const { orderId } = small.polar.script.purchase()
    await small.sdk.orders.generateInvoice(orderId)
    const { url } = await small.sdk.orders.invoice(orderId)
    expect(await rejection(small.sdk.orders.invoice(orderId))).toMatchObject({ statusCode: 429 })
    expect((await download(url)).status).toBe(200)
    small.polar.fault = ({ path }) =>
      path === '/files/invoices/{id}.pdf' ? { status: 503 } : undefined
    expect((await download(url)).status).toBe(503)
  } finally {
    await small.close()
  }
})

test('an invoice that is still being drawn does not keep the simulation open', async () => {
  const { polar, sdk, close } = await startPolar({ invoiceAfterMs: WAIT })
  await sdk.orders.generateInvoice(polar.script.purchase().orderId)
  await close()
})

test('the organization has an avatar that can be fetched, unless it says otherwise', async () => {
  const { polar, sdk } = started
  const { avatar_url } = await sdk.organizations.get(polar.world.organization.id)
  expect(avatar_url).toBe(`${polar.url}/files/avatars/larkspur.png`)
  const answer = await fetch(avatar_url ?? '')
  expect(answer.headers.get('content-type')).toBe('image/png')
  const png = Buffer.from(await answer.arrayBuffer())
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const side = png.readUInt32BE(16)
  const pixels = png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8)
  expect(inflateSync(pixels)).toHaveLength(side * (side * 3 + 1))

  await polar.scenario.updateOrganization({ avatar_url: null })
  expect((await sdk.organizations.get(polar.world.organization.id)).avatar_url).toBeNull()
})
