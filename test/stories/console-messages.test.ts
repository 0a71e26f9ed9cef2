// An operator finds a message in the console, reads what happened to it and its email as it was sent, and acts on it.

import { expect, test } from 'vitest'
import { markOf, publicIdOf } from '../../src/links/link.ts'
import { partsOfMessageId } from '../../src/records/message-id.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { deliveryStore, loadDelivery } from '../support/deliveries.ts'
import { minted } from '../support/links.ts'
import { bought, inspect, linesOf, messageOf } from '../support/mailed.ts'
import {
  formsIn,
  type Operator,
  PASSWORD,
  signedIn,
  startWithConsole,
  submit,
} from '../support/operator.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, type TestSystem } from '../support/system.ts'

const MARA = 'mara.lindqvist@example.com'
const BOUNCED = 'bounced@example.com'

const TOKEN = 'the-token-of-the-backend-of-a-merchant'

const NOBODY = `msg_${'a'.repeat(44)}`

const shared = shareSystem({ environment: { CONSOLE_PASSWORD: PASSWORD, API_TOKEN: TOKEN } })

const atConsole = async (system = shared()) => ({ system, operator: await signedIn(system) })

/** The text in the box for the search. */
const searchedOn = (html: string) =>
  /<input [^>]*name="q"[^>]*>/.exec(html)?.[0].match(/ value="([^"]*)"/)?.[1]

const search = async (system: TestSystem, { read, cookie }: Operator, q: string) => {
  const [form] = formsIn((await read('/console/messages')).body)
  return submit(`${system.postern}${form?.action}`, { ...form?.fields, q }, { cookie })
}

test('messages are listed by state, kind and days', async () => {
  const { system, operator } = await atConsole(await startWithConsole())
  const { mail } = await bought(system, MARA)
  await bought(system, BOUNCED)
  const day = new Date(system.clock.now()).toISOString().slice(0, 10)
  const listed = async (query: string) => {
    const { status, body } = await operator.read(`/console/messages?${query}`)
    expect(status).toBe(200)
    return [MARA, BOUNCED].filter((address) => body.includes(address))
  }
  expect(await listed('')).toEqual([MARA, BOUNCED])
  expect(await listed('state=delivered')).toEqual([MARA])
  expect(await listed('state=bounced&kind=order_confirmation')).toEqual([BOUNCED])
  expect(await listed('state=bounced&kind=order_refunded')).toEqual([])
  expect(await listed('kind=order_confirmation&state=&from=')).toEqual([MARA, BOUNCED])
  expect(await listed(`from=${day}&until=${day}`)).toEqual([MARA, BOUNCED])
  expect(await listed('until=2026-01-01')).toEqual([])
  expect(await listed('within=24h')).toEqual([MARA, BOUNCED])
  expect(await listed('state=not_received')).toEqual([BOUNCED])
  expect(await operator.text('/console/messages')).toContain(' 2 messages Message State')
  expect(await listed('clicked=yes')).toEqual([])
  system.clock.advance(2 * MINUTE)
  await visit(firstLink(mail.text), { headers: NAVIGATION })
  await expect.poll(() => listed('clicked=yes')).toEqual([MARA])
  expect(await listed('clicked=no&state=')).toEqual([BOUNCED])
  expect(await listed('clicked=yes&state=not_received')).toEqual([])
})

test('a list whose query is wrong says what is wrong', async () => {
  const { operator } = await atConsole()
  for (const [query, says] of [
    ['state=sent', 'That is not a state'],
    ['kind=newsletter', 'That is not a kind of message'],
    ['clicked=maybe', 'That is not an answer'],
    ['from=yesterday', 'That is no day'],
    ['within=1y', 'Within is one of 24h, 7d, 30d.'],
    ['within=7d&from=2026-02-02', 'Choose either how long ago, or days.'],
    ['until=2026-02-30', 'That is no day'],
    ['from=2026-02-02&until=2026-02-01', 'The first day is after the last one'],
    ['cursor=x', 'There is no such page of this list'],
  ]) {
    const { status, body } = await operator.read(`/console/messages?${query}`)
    expect([query, status, body]).toEqual([query, 400, expect.stringContaining(`${says}`)])
  }
})

test('a message tells its story from the event to the session, with the evidence of each visit', async () => {
  const { system, operator } = await atConsole()
  const { customerId, mail } = await bought(system, newAddress())
  const path = `/console/messages/${messageOf(mail)}`
  const link = firstLink(mail.text)
  await visit(link, { headers: { 'user-agent': 'Googlebot/2.1' } })
  system.clock.advance(2 * MINUTE)
  await visit(link, { headers: NAVIGATION })
  await expect.poll(() => operator.text(path)).toContain('A person followed a link')
  const text = await operator.text(path)
  const steps = [
    'Event received order.paid',
    'Event interpreted It led to one message.',
    'Message decided It is about order/',
    'Email composed',
    'A machine opened a link Because the client names itself as a known bot',
    'No session was made.',
    'A person followed a link Because a browser opened the page in a tab.',
    'Session at Polar’s portal begun',
  ]
  const places = steps.map((step) => text.indexOf(step))
  expect(places.filter((place) => place < 0)).toEqual([])
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  // Resend's reports may overtake its answer.
  expect(text).toMatch(/Accepted by Resend.*Resend reports: sent.*Resend reports: delivered/s)
  const { body } = await operator.read(path)
  expect(body).toContain(`href="/console/customers/${customerId}"`)
  expect(body).toMatch(/href="\/console\/events\/[\w-]{36}"/)
  expect(body).toContain(mail.id)
})

test('an email is shown as it was sent, without a link, in a document that may do nothing', async () => {
  const { system, operator } = await atConsole()
  const { mail } = await bought(system, newAddress())
  const path = `/console/messages/${messageOf(mail)}`
  const page = await operator.read(path)
  expect(page.body).toMatch(new RegExp(`<iframe[^>]* sandbox=""[^>]* src="${path}/email.html"`))
  expect(page.body).toContain(mail.subject)
  const document = await operator.read(`${path}/email.html`)
  expect(document.body).toContain('Thank you for your order')
  expect(document.body).not.toMatch(/href|\/l\/|pstn_|link\.invalid/)
  const policy = String(document.headers['content-security-policy'])
  expect(policy).toMatch(/^sandbox; default-src 'none'; style-src 'unsafe-inline';/)
  expect(policy).not.toMatch(/script|allow-/)
  expect(document.headers['cache-control']).toBe('no-store')
  const text = await operator.read(`${path}?view=text`)
  expect(text.body).toContain('[link of the button]')
  expect(text.body).not.toMatch(/\/l\/|pstn_|link\.invalid/)
  expect((await visit(`${system.postern}${path}/email.html`)).status).toBe(303)
})

test('an email that has grown old is said to be gone', async () => {
  const { system, operator } = await atConsole()
  const { mail } = await bought(system, newAddress())
  await deliveryStore(inspect(system)).dropBody(messageOf(mail))
  const path = `/console/messages/${messageOf(mail)}`
  expect(await operator.text(path)).toContain('RETAIN_BODIES_DAYS')
  expect((await operator.read(`${path}/email.html`)).status).toBe(404)
})

test('the links of a message are revoked, and its page says when and by whom', async () => {
  const { system, operator } = await atConsole()
  const { customerId, mail } = await bought(system, newAddress())
  const other = await bought(system, newAddress())
  system.clock.advance(2 * MINUTE)
  const id = messageOf(mail)
  const path = `/console/messages/${id}`
  const ask = (resource: string) =>
    visit(`${system.postern}/api/${resource}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${TOKEN}` },
    })
  const buttons = async () => formsIn((await operator.read(path)).body).map((form) => form.button)
  expect(await operator.text(path)).not.toContain('revoked')
  await ask(`links/${publicIdOf({ ...partsOfMessageId(id), mark: markOf('overview') })}`)
  expect(await operator.text(path)).toContain('Links one of them revoked')

  const after = await operator.press(path, 'Revoke its links')
  expect(after.body).toContain('Its links are revoked')
  expect(await operator.text(path)).toMatch(
    /Links revoked [\d-]{10} [\d:]{8} UTC , by an operator, in the console/,
  )
  expect(await buttons()).not.toContain('Revoke its links')
  expect((await visit(firstLink(mail.text), { headers: NAVIGATION })).status).toBe(410)
  expect(minted(system, customerId)).toBe(0)
  await expect.poll(() => linesOf(system, 'links revoked')).toHaveLength(1)

  await ask(`customers/${other.customerId}/links`)
  const theirs = await operator.text(`/console/messages/${messageOf(other.mail)}`)
  expect(theirs).toMatch(/Links revoked [^,]*, by your own backend, through \/api/)
})

test('a held message is released, and one that waits has no button', async () => {
  const { system, operator } = await atConsole(
    await startWithConsole({ environment: { SEND_MODE: 'hold' } }),
  )
  await system.polarWorld.scenario.purchase({ customer: { email: MARA } })
  await system.settle()
  const [id = ''] = system.outcomes().flatMap(({ messages }) => (messages as string[]) ?? [])
  const path = `/console/messages/${id}`
  const buttons = async () => formsIn((await operator.read(path)).body).map((form) => form.button)
  expect(await buttons()).toEqual(['', 'Sign out'])
  expect(await operator.text(path)).toContain('There is no email yet')
  expect(await operator.text(path)).toContain('It waits. All mail is on hold.')
  expect(await operator.text('/console/messages?state=waiting')).toContain('All mail is on hold.')
  expect((await operator.read('/console')).body).toContain(
    '<a href="/console/messages?state=waiting">1 message waits to be sent</a>',
  )
  const redis = inspect(system)
  const loaded = await loadDelivery(redis, id)
  const held = { what: 'held', at: system.clock.now(), because: 'too_many' } as const
  await deliveryStore(redis).apply(loaded, held)
  expect(await operator.text(path)).toContain('Its address had too many emails within an hour.')
  const form = formsIn((await operator.read(path)).body).find(({ button }) => button === 'Release')
  expect((await operator.press(path, 'Release')).body).toContain('It is released')
  expect((await loadDelivery(redis, id)).delivery.state).toBe('waiting')
  const { cookie } = operator
  const { location } = await submit(`${system.postern}${form?.action}`, form?.fields ?? {}, {
    cookie,
  })
  expect(await operator.text(location)).toContain(`${id} is not held; it is waiting.`)
})

test('an id of no message is a page that says so', async () => {
  const { operator } = await atConsole()
  for (const id of [NOBODY, 'msg_x', '%00', 'x/email.html']) {
    const { status, body } = await operator.read(`/console/messages/${id}`)
    const says = expect.stringContaining('There is no such message')
    expect([id, status, body]).toEqual([id, 404, says])
  }
})

test('a search leads to the only hit, lists several, and says that there is none', async () => {
  const { system, operator } = await atConsole()
  const email = newAddress()
  const { customerId, mail } = await bought(system, email)
  const path = `/console/messages/${messageOf(mail)}`
  for (const text of [email, ` ${email.toUpperCase()} `, messageOf(mail), mail.id]) {
    const { status, location } = await search(system, operator, text)
    expect([text, status, location]).toEqual([text, 303, path])
  }
  const event = /\/console\/events\/([\w-]{36})/.exec((await operator.read(path)).body)?.[1] ?? ''
  const several = await search(system, operator, customerId)
  expect(several.status).toBe(200)
  expect(searchedOn(several.body)).toBe(customerId)
  expect(several.body).toContain(`href="${path}"`)
  expect(several.body).toContain(`href="/console/events/${event}"`)
  expect(several.body).toContain('order.created')
  const link = /href="(\/console\/search\?id=[\w-]{36})"/.exec((await operator.read(path)).body)
  const ofOrder = await operator.read(link?.[1] ?? 'no link')
  expect([ofOrder.status, ofOrder.body]).toEqual([200, expect.stringContaining(`href="${path}"`)])
  const byAddress = await operator.read(`/console/search?id=${encodeURIComponent(email)}`)
  expect([byAddress.status, byAddress.body.includes(path)]).toEqual([404, false])
  expect(byAddress.body).not.toContain(email)
  for (const text of ['nobody@example.com', '  ', 'x'.repeat(2_000)]) {
    const none = await search(system, operator, text)
    expect([none.status, none.body]).toEqual([
      404,
      expect.stringContaining('Nothing is stored about this'),
    ])
    expect(searchedOn(none.body)).toBe(text.trim())
  }
})

test('a page that is not there is said not to be, and no section is marked', async () => {
  const { operator } = await atConsole()
  const { status, body } = await operator.read('/console/nowhere')
  expect([status, body]).toEqual([404, expect.stringContaining('<a href="/console">Overview</a>')])
  expect(body).toMatch(/<section class="card"><p class="empty">The address may be wrong/)
  expect(body).not.toContain('aria-current')
})

test('the box for the search never puts an address into a path', async () => {
  const { operator } = await atConsole()
  const { body } = await operator.read('/console/messages')
  const [box = ''] = /<form[^>]*action="\/console\/search"[^>]*>/.exec(body) ?? []
  expect(box).toContain('method="post"')
  expect((await operator.read(`/console/search?q=${MARA}`)).body).not.toContain(MARA)
})
