// An operator looks at every email in the console, and sends one to themselves.

import { expect, test } from 'vitest'
import { kinds, languages } from '../../emails/index.ts'
import { messageKey } from '../../src/records/store.ts'
import { createPause } from '../../src/resend/pause.ts'
import { inspect, linesOf, messageOf, suppressionsOf } from '../support/mailed.ts'
import { formsIn, PASSWORD, signedIn, startWithConsole, submit } from '../support/operator.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'

const PATH = '/console/previews'
const RENEWAL = `${PATH}/subscription_cycled/de`

const shared = shareSystem({
  environment: { CONSOLE_PASSWORD: PASSWORD, EMAIL_KINDS_OFF: 'order_refunded' },
})

/** Somebody has bought something. */
const sold = async () => {
  const system = shared()
  const email = newAddress()
  const { customerId, orderId } = await system.polarWorld.scenario.purchase({
    ...{ customer: { email }, amount: 4900 },
    product: { name: 'Oddly Named Lamp' },
  })
  await system.settle()
  const mail = system.mails('order_confirmation').find(({ to }) => to.includes(email))
  if (!mail) throw new Error('no mail was sent')
  const message = messageOf(mail)
  const operator = await signedIn(system)
  return { system, operator, sale: { email, customerId, orderId, message } }
}

const ME = 'me@example.com'

test('the list leads to every kind in every language, and says which are off', async () => {
  const operator = await signedIn(shared())
  const { body } = await operator.read(PATH)
  expect(body.match(/badge warn">off</g)).toHaveLength(1)
  for (const language of Object.keys(languages)) {
    expect(body).toContain(`href="${PATH}?language=${language}"`)
    const { body: list } = await operator.read(`${PATH}?language=${language}`)
    for (const kind of kinds) expect(list).toContain(`href="${PATH}/${kind}/${language}"`)
  }
})

test('an email stands in a frame in which nothing runs, and its links lead nowhere', async () => {
  const operator = await signedIn(shared())
  const page = await operator.read(RENEWAL)
  expect(page.body).toContain(`sandbox="" src="${RENEWAL}/email.html"`)
  expect(page.headers['content-security-policy']).toContain("style-src 'self'")
  const { status, headers, body } = await operator.read(`${RENEWAL}/email.html`)
  expect(status).toBe(200)
  expect(headers['content-security-policy']).toMatch(
    /^sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; /,
  )
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'SAMEORIGIN' })
  expect(body).toContain('lang="de-DE"')
  expect(body).toContain('href="#"')
  expect(body).not.toMatch(/link\.invalid|\/l\//)
})

test('every kind and every language can be looked at, with the brand of the merchant', async () => {
  const operator = await signedIn(shared())
  const codes = Object.keys(languages)
  for (const [n, kind] of kinds.entries()) {
    const path = `${PATH}/${kind}/${codes[n % codes.length]}?view=text`
    const { status, body } = await operator.read(path)
    expect([path, status, body]).toEqual([path, 200, expect.stringContaining('Larkspur Audio')])
  }
})

test('an unknown kind or language is a page that says so', async () => {
  const operator = await signedIn(shared())
  for (const path of [
    'no_kind/en',
    'order_refunded/xx',
    'constructor/en',
    'order_refunded/toString',
  ])
    for (const end of ['', '/email.html']) {
      const { status, body } = await operator.read(`${PATH}/${path}${end}`)
      expect([status, body]).toEqual([404, expect.stringContaining('There is no such email')])
    }
})

test('an email has the content of a customer, by today’s template, in any language', async () => {
  const { system, operator, sale } = await sold()
  const shown = await operator.press(`${PATH}/order_confirmation/de`, 'Show', { q: sale.orderId })
  const path = `${PATH}/order_confirmation/de?of=${sale.message}`
  expect(shown.body).toContain(`href="/console/messages/${sale.message}"`)
  expect(shown.body).toContain(`src="${path.replace('?', '/email.html?')}"`)
  expect(shown.body).not.toContain('Send test email')
  const record = () => inspect(system).getBuffer(messageKey(sale.message))
  const before = await record()
  const invoices = () =>
    Object.entries(system.polarWorld.calls()).filter(([call]) => call.includes('invoice'))
  const asked = invoices()
  const { body } = await operator.read(path.replace('?', '/email.html?'))
  expect(body).toContain('lang="de-DE"')
  expect(body).toContain('Oddly Named Lamp')
  expect(body).toContain('href="#"')
  const text = await operator.read(path.replace('?', '?view=text&'))
  expect(text.body).toContain('[link of the button]')
  expect(body + text.body).not.toMatch(/link\.invalid|\/l\//)
  expect(await record()).toEqual(before)
  expect(invoices()).toEqual(asked)
  expect(system.polarWorld.sessions()).toEqual([])
  for (const q of [sale.customerId, sale.message, sale.email, ` ${sale.email.toUpperCase()} `])
    expect((await operator.press(`${PATH}/order_confirmation/en`, 'Show', { q })).body).toContain(
      `href="/console/messages/${sale.message}"`,
    )
})

test('a kind that a customer has no message of leads to those that there are', async () => {
  const { operator, sale } = await sold()
  const none = 'No message of the kind “Order refunded” is about this'
  const other = await operator.press(`${PATH}/order_refunded/fr`, 'Show', { q: sale.orderId })
  expect([other.status, other.body]).toEqual([404, expect.stringContaining(none)])
  expect(other.body).toContain(`href="${PATH}/order_confirmation/fr?of=${sale.message}"`)
  for (const id of [sale.orderId, sale.email, 'nothing', '']) {
    const query = new URLSearchParams({ of: id })
    const { status, body } = await operator.read(`${PATH}/order_refunded/fr?${query}`)
    expect([status, body.includes('@')]).toEqual([404, false])
    expect(body.includes('?of=msg_')).toBe(id === sale.orderId)
  }
})

test('a test email goes to the operator, marked as a test, with links to the portal', async () => {
  const system = shared()
  const operator = await signedIn(system)
  const before = system.mails().length
  const { body } = await operator.press(RENEWAL, 'Send test email', { address: ME })
  expect(body).toContain('Resend has accepted the test email.')
  const [mail] = system.mails()
  expect(system.mails()).toHaveLength(before + 1)
  expect(mail).toMatchObject({
    to: [ME],
    subject: expect.stringMatching(/^\[Test\] \S/),
    tags: [
      { name: 'kind', value: 'subscription_cycled' },
      { name: 'test', value: 'true' },
    ],
  })
  expect(mail?.html).toContain(`href="${system.postern}/portal"`)
  expect(`${mail?.html}${mail?.text}`).not.toContain('link.invalid')
  await expect
    .poll(() => linesOf(system, 'test email sent'))
    .toEqual([expect.objectContaining({ kind: 'subscription_cycled', language: 'de' })])
  expect(system.logText()).not.toContain(ME)
  await system.settle()
  expect(system.logText()).not.toContain(ME)
})

test('a test email that is not sent says why', async () => {
  const system = await startWithConsole()
  const operator = await signedIn(system)
  const { press } = operator
  await suppressionsOf(system).suppress('gone@example.com', {
    because: 'bounced',
    at: system.clock.now(),
    origin: { message: null, provider: 'another system' },
  })
  for (const [address, says] of [
    ['', 'not an address'],
    ['no address', 'not an address'],
    ['gone@example.com', 'suppressed'],
  ] as const)
    expect((await press(RENEWAL, 'Send test email', { address })).body).toContain(says)
  system.resendWorld.fault = () => 'domain is not verified'
  const refused = await press(RENEWAL, 'Send test email', { address: ME })
  await createPause({ redis: inspect(system), clock: system.clock }).hold('command')
  const held = await press(RENEWAL, 'Send test email', { address: ME })
  expect(held.body).toContain('All mail is paused or on hold. No test email was sent.')
  expect(refused.body).toMatch(/Resend refused it \(validation_error: .* not verified/)
  expect(system.mails()).toEqual([])
})

test('EMAIL_ALLOWLIST holds for test emails', async () => {
  const system = await startWithConsole({
    environment: { EMAIL_ALLOWLIST: 'larkspur.example.com' },
  })
  const { press } = await signedIn(system)
  const send = async (address: string) =>
    (await press(RENEWAL, 'Send test email', { address })).body
  expect(await send(ME)).toContain('EMAIL_ALLOWLIST does not have this address. No test email')
  expect(system.mails()).toEqual([])
  expect(await send('me@larkspur.example.com')).toContain('Resend has accepted')
  expect(system.mails()).toHaveLength(1)
})

test.each(['shadow', 'hold'])(
  'SEND_MODE=%s sends no test email, and the page says so',
  async (mode) => {
    const system = await startWithConsole({ environment: { SEND_MODE: mode } })
    const operator = await signedIn(system)
    const { body } = await operator.read(RENEWAL)
    expect(body).toContain(`SEND_MODE is ${mode}, so no test email is sent.`)
    expect(body).not.toContain('Send test email')
    const form = formsIn(body).find(({ fields }) => fields.csrf)
    const url = `${system.postern}${RENEWAL}/test`
    await submit(url, { ...form?.fields, address: ME }, { cookie: operator.cookie })
    expect(await operator.text(RENEWAL)).toContain(`SEND_MODE is ${mode}. No test email was sent.`)
    expect(system.mails()).toEqual([])
  },
)
