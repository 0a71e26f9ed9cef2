// Scenarios of a merchant's customers, good and bad, with words in them that are easy to find again.

import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { partsOfMessageId } from '../../src/records/message-id.ts'
import { recordPacking } from '../../src/records/packing.ts'
import { messageKey, type Parts } from '../../src/records/store.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { type Answer, NAVIGATION, press, visit } from '../../src/sandbox/person.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { messageOf } from './mailed.ts'
import { firstLink, linksIn, type TestSystem } from './system.ts'

/** In every address of a customer, and in nothing else; short, since an error quotes ten characters of what it could not read. */
export const NAME = 'quillfern'
export const CLIENT = '203.0.113.77'
export const AGENT = 'RatherPeculiar/7.7'
export const PERSON = {
  ...NAVIGATION,
  'user-agent': `${NAVIGATION['user-agent']} ${AGENT}`,
  'x-forwarded-for': CLIENT,
}

/** Who clicked, by Resend's account. */
export const REPORTED = { ipAddress: '198.51.100.23', userAgent: 'EquallyPeculiar/3.3' }

const ADDRESS = `${NAME}@example.com`

/** The API's answers, by request. */
type Asked = { asked: string; answer: Answer }

export const createWorld = (system: TestSystem, redis: Redis, token: string) => {
  const { clock, polarWorld, postern } = system
  const pages: Answer[] = []
  const asked: Asked[] = []

  const go = async (link: string, headers: Record<string, string> = PERSON, method = 'GET') => {
    const answer = await visit(link, { headers, method })
    // A redirect is for whoever asked, and leads into the portal or names the address on the way to the sign-in page.
    if (answer.status === 200 || answer.status >= 400) pages.push(answer)
    return answer
  }
  const ask = async (method: string, path: string, body?: object, bearer = token) => {
    const answer = await visit(`${postern}${path}`, {
      method,
      headers: { ...PERSON, authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    asked.push({ asked: `${method} ${path.split('/').slice(0, 3).join('/')}`, answer })
    return answer
  }

  return {
    ...{ system, redis, pages, asked, go, ask },
    issue: async (body: object): Promise<{ url: string; id: string }> => {
      const answer = await ask('POST', '/api/links', body)
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body}`)
      return JSON.parse(answer.body)
    },
    /** A purchase, its email, and the link in it. */
    buy: async (who: string) => {
      const before = new Set(system.mails().map(({ id }) => id))
      const bought = await polarWorld.scenario.purchase({
        customer: { email: `${who}.${ADDRESS}` },
      })
      await system.settle()
      const [mail] = system.mails().filter(({ id }) => !before.has(id))
      if (!mail) throw new Error(`no mail to ${who}`)
      return { ...bought, mail, link: firstLink(mail.text) }
    },
    /** Presses Continue, and answers what a browser that has sends from then on. */
    pressIn: async (link: string) => {
      const page = await go(link)
      const pressed = await press(link, page.body, { ...PERSON, 'sec-fetch-site': 'same-origin' })
      expect(pressed.status).toBe(303)
      return { ...PERSON, cookie: pressed.headers['set-cookie']?.[0]?.split(';')[0] ?? '' }
    },
    wait: () => clock.advance(2 * MINUTE),
  }
}

type World = ReturnType<typeof createWorld>

/** A purchase, and machines and people who click; then the merchant's own app, which takes it all back. */
const clickAndRevoke = async ({ system, buy, pressIn, go, ask, issue, wait }: World) => {
  const { customerId, mail, link } = await buy('ann')
  const known = await pressIn(link)
  await go(link, { ...PERSON, 'sec-purpose': 'prefetch' })
  await go(link, PERSON, 'HEAD')
  await go(link, { ...PERSON, 'user-agent': `Slackbot 1.0 ${AGENT}` })
  expect((await go(link, known)).status).toBe(302)
  wait()
  expect((await go(link)).status).toBe(302)
  for (const forged of [
    `${link}x`,
    `${link}/x`,
    link.replace('pstn_', 'pstn_A'),
    `${link}?${NAME}`,
  ])
    await go(forged)

  const customer = system.polarWorld.world.customers.get(customerId)
  if (!customer) throw new Error('no customer')
  system.polarWorld.world.customers.set(customerId, { ...customer, external_id: 'user_42' })
  const own = await issue({ customer_id: customerId })
  const external = await issue({ external_customer_id: 'user_42' })
  for (const { url } of [own, external]) expect((await go(url)).status).toBe(302)
  const message = mail.tags.find(({ name }) => name === 'message')?.value
  await ask('GET', `/api/messages/${message}/clicks`)
  await ask('GET', `/api/links/${own.id}/clicks`)
  await ask('POST', '/api/links', { customer_id: ADDRESS, email: NAME })
  await ask('POST', '/api/links', {}, `wrong ${NAME}`)
  for (const path of [
    `customers/${ADDRESS}/links`,
    `links/${new URL(own.url).pathname.slice(3)}`,
    `links/${own.id}`,
    `messages/${message}/links`,
    'customers/external/user_42/links',
  ])
    await ask('DELETE', `/api/${path}`)
  for (const gone of [own.url, external.url, link]) expect((await go(gone)).status).toBe(410)
}

const TROUBLES = [
  () => ({ status: 429, headers: { 'retry-after': '30' } }),
  () => ({ status: 500, body: { detail: ADDRESS } }),
  () => ({ status: 401, body: `token ${SECRETS.polarToken}` }),
  () => ({ status: 422, body: { detail: [{ loc: ['body'], msg: ADDRESS }] } }),
  () => ({ status: 201, body: { customer_portal_url: `${NAME} polar_cst_x` } }),
  () => 'reset' as const,
  () => 'hang' as const,
]

const sufferPolar = async ({ system, buy, pressIn, go, ask, wait }: World) => {
  const { customerId, link } = await buy('bea')
  const known = await pressIn(link)
  for (const trouble of TROUBLES) {
    system.polarWorld.fault = trouble
    // Side by side, since each waits for a Polar that hangs.
    const [{ status, location }] = await Promise.all([
      go(link, known),
      ask('POST', '/api/links', { customer_id: customerId }),
      ask('POST', '/api/links', { external_customer_id: NAME }),
    ])
    expect([status, new URL(location).pathname]).toEqual([302, '/larkspur/portal/request'])
    system.polarWorld.fault = undefined
    wait()
  }
}

/** Links that come too often, whose customer has another address or is no more, and that have expired. */
const endLinks = async ({ system, buy, go, issue, wait }: World) => {
  const { scenario, world } = system.polarWorld
  const cleo = await buy('cleo')
  wait()
  let status = 0
  for (let n = 0; n < 100 && status !== 429; n++) status = (await go(cleo.link)).status
  expect(status).toBe(429)

  const dora = await buy('dora')
  const own = await issue({ customer_id: dora.customerId })
  const customer = world.customers.get(dora.customerId)
  if (!customer) throw new Error('no customer')
  world.customers.set(dora.customerId, { ...customer, email: `silently.${ADDRESS}` })
  expect((await go(own.url)).location).toMatch(/\/portal\/request$/)
  await scenario.updateCustomer(dora.customerId, { email: `openly.${ADDRESS}` })
  await system.settle()
  wait()
  for (let n = 0; n < 2; n++) await go(dora.link)

  const eve = await buy('eve')
  await scenario.deleteCustomer(eve.customerId)
  await system.settle()
  expect((await go(eve.link)).status).toBe(410)

  const flo = await buy('flo')
  system.clock.advance(91 * DAY)
  expect((await go(flo.link)).location).toContain('/portal/request?email=flo.')
}

/** Refusals and reports of Resend's, and events that are none. */
const sufferMail = async ({ system, buy }: World) => {
  const { polarWorld, resendWorld } = system
  const message = `${ADDRESS} ${SECRETS.resendKey}`
  resendWorld.fault = () => ({ status: 422, body: { name: 'validation_error', message } })
  await polarWorld.scenario.purchase({ customer: { email: `gus.${ADDRESS}` } })
  await system.settle()
  resendWorld.fault = undefined
  const { mail } = await buy('bounced')
  await resendWorld.report(mail.id, 'email.clicked', { click: REPORTED })
  for (const event of [
    `no JSON of ${ADDRESS}`,
    { type: 'order.paid', data: { customer: { email: ADDRESS }, items: 'odd' } },
    { type: 'of.nothing', timestamp: ADDRESS, data: [NAME] },
  ])
    await polarWorld.deliver(event)
  const secret = `whsec_${Buffer.from('guessed').toString('base64')}`
  await polarWorld.deliver({ type: NAME }, { secret })
}

/** Records that broke, so that reading them fails with their own words in the error. */
const breakRecords = async ({ system, redis, buy, go, ask }: World) => {
  const hal = await buy('hal')
  const { customer, recordId } = partsOfMessageId(messageOf(hal.mail))
  await redis.set(messageKey(messageOf(hal.mail)), `${ADDRESS} is no record`)
  await ask('DELETE', `/api/links/lnk_${customer}${recordId}mark`)
  for (const link of linksIn(hal.mail.text)) await go(link)

  // A message that waits for an order, and cannot be rendered when none has come.
  const { scenario } = system.polarWorld
  const { customerId, subscriptionId } = await scenario.subscribe({
    customer: { email: `ida.${ADDRESS}` },
  })
  await scenario.changePlan(subscriptionId, { product: { name: 'Team' }, proration: 'prorate' })
  await system.settle()
  for (const key of await redis.keys('postern:*:msg:*')) {
    const bytes = await redis.getBuffer(key)
    if (!bytes || key === messageKey(messageOf(hal.mail))) continue
    const parts = recordPacking.unpack(bytes) as Parts & {
      message: { recipient: { customerId: string } }
    }
    if (parts.message.recipient.customerId !== customerId) continue
    const message = { ...parts.message, content: { plan: NAME } }
    await redis.set(key, recordPacking.pack({ ...parts, message }))
  }
  system.clock.advance(4 * MINUTE)
}

/** A failed payment is recovered, and the totals are asked for. */
const recoverPayment = async ({ system, ask }: World) => {
  const { scenario } = system.polarWorld
  const { orderId } = await scenario.failRenewal({ customer: { email: `jan.${ADDRESS}` } })
  await scenario.recover(orderId, 'retry_customer')
  await system.settle()
  expect((await ask('GET', '/api/recovered')).status).toBe(200)
}

export const scenarios = [
  ...[clickAndRevoke, sufferPolar, endLinks, sufferMail, recoverPayment, breakRecords],
]
