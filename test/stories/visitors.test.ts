// Visitors of a link: a person gets a session, a machine a page.

import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { NAVIGATION, press, visit } from '../../src/sandbox/person.ts'
import { mailed, minted, settled, settledIn } from '../support/links.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { linksIn } from '../support/system.ts'

const shared = shareSystem()
const strict = shareSystem({ environment: { LINK_CONFIRM: 'strict' } })

describe('a person', () => {
  test('lands on the page of the order, signed in by a session minted at the click', async () => {
    const { system, link, orderId, customerId } = await settled()
    const { status, location, headers } = await visit(link)
    expect(status).toBe(302)
    const url = new URL(location)
    expect(url.origin).toBe(system.polar)
    expect(url.pathname).toBe(`/larkspur/portal/orders/${orderId}`)
    expect(url.searchParams.get('customer_session_token')).toMatch(/^polar_[cm]st_/)
    expect(url.searchParams.get('email')).toBe('theo@example.com')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    })
    expect(system.polarWorld.sessions()).toMatchObject([{ customer_id: customerId }])
    expect((await visit(location)).body).toContain('theo@example.com')
  })

  test('gets another session at every click, next month as well', async () => {
    const { system, link, customerId } = await settledIn(shared())
    const first = (await visit(link)).location
    system.clock.advance(31 * DAY)
    const second = (await visit(link)).location
    expect(first).not.toBe(second)
    expect(minted(system, customerId)).toBe(2)
    expect((await visit(second)).status).toBe(200)
  })

  test('presses once right after the email, and never again in that browser', async () => {
    const system = shared()
    const { link, customerId } = await mailed(system, newAddress())
    const page = await visit(link)
    expect(page.status).toBe(200)
    expect(page.body).toContain('Continue')
    expect(page.body.length).toBeLessThan(5000)
    expect(minted(system, customerId)).toBe(0)

    const pressed = await press(link, page.body)
    expect(pressed.status).toBe(303)
    expect(minted(system, customerId)).toBe(1)
    const cookie = pressed.headers['set-cookie']?.[0] ?? ''
    expect(cookie).toMatch(/^__Host-/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/Secure/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).toMatch(/Path=\/(;|$)/)

    const known = { ...NAVIGATION, cookie: cookie.split(';')[0] ?? '' }
    expect((await visit(link, { headers: known })).status).toBe(302)
    expect((await visit(link, { headers: known, method: 'HEAD' })).status).toBe(200)
    expect((await visit(link, { headers: { ...known, 'sec-purpose': 'prefetch' } })).status).toBe(
      200,
    )
    expect(minted(system, customerId)).toBe(2)
  })

  test('is remembered for one customer only', async () => {
    const system = shared()
    const { link } = await mailed(system, newAddress())
    const cookie =
      (await press(link, (await visit(link)).body)).headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const { link: other } = await mailed(system, newAddress())
    expect((await visit(other, { headers: { ...NAVIGATION, cookie } })).status).toBe(200)
  })
})

describe('a machine', () => {
  const machines: [string, string, Record<string, string>][] = [
    ['HEAD', 'HEAD', NAVIGATION],
    ['a prefetch', 'GET', { ...NAVIGATION, 'sec-purpose': 'prefetch;prerender' }],
    [
      'a known bot',
      'GET',
      { ...NAVIGATION, 'user-agent': 'Mozilla/5.0 (compatible; bingbot/2.0)' },
    ],
    ['a client without browser headers', 'GET', { 'user-agent': NAVIGATION['user-agent'] }],
  ]
  test.each(machines)('%s gets a page, and nothing is minted', async (_, method, headers) => {
    const { system, link, customerId } = await settledIn(shared())
    const answer = await visit(link, { method, headers })
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(minted(system, customerId)).toBe(0)
  })

  test('that opens all the links of an email gets no further than the first', async () => {
    const { system, mail, customerId } = await settledIn(shared())
    const links = [...new Set(linksIn(mail.text))]
    expect(links.length).toBeGreaterThan(1)
    const answers = await Promise.all(links.map((link) => visit(link)))
    expect(answers.filter(({ status }) => status === 200).length).toBe(links.length - 1)
    expect(minted(system, customerId)).toBe(1)
  })

  test('that posts without a nonce gets the page', async () => {
    const { system, link, customerId } = await settledIn(shared())
    for (const body of ['', 'nonce=', 'nonce=abc.def', `nonce=${'x'.repeat(3000)}`]) {
      const answer = await visit(link, {
        method: 'POST',
        headers: { ...NAVIGATION, 'content-type': 'application/x-www-form-urlencoded' },
        body,
      })
      expect(answer.status).toBe(200)
    }
    expect(minted(system, customerId)).toBe(0)
  })

  test('cannot press the button from a page of another site', async () => {
    const { system, link, customerId } = await settledIn(strict())
    const page = await visit(link)
    const elsewhere = { ...NAVIGATION, 'sec-fetch-site': 'cross-site' }
    expect((await press(link, page.body, elsewhere)).status).toBe(200)
    expect(minted(system, customerId)).toBe(0)
  })

  test('in strict mode a person without a press is taken for one', async () => {
    const { system, link, customerId } = await settledIn(strict())
    const page = await visit(link)
    expect(page.status).toBe(200)
    expect((await press(link, page.body)).status).toBe(303)
    expect(minted(system, customerId)).toBe(1)
  })
})

test('a click is recorded with verdict, evidence and ending; a log line never contains a token or an address', async () => {
  const { system, link } = await settled()
  await visit(link, { method: 'HEAD' })
  await visit(link)
  expect(system.logs().filter(({ msg }) => msg === 'link visited')).toMatchObject([
    { visitor: 'machine', evidence: ['head'], ending: 'button_shown' },
    { visitor: 'person', evidence: ['navigation'], ending: 'signed_in' },
  ])
  const [session] = system.polarWorld.sessions()
  for (const secret of [
    'example.com',
    new URL(link).pathname.split('/').at(-1) ?? '',
    'pstn_',
    session?.token ?? 'polar_',
  ]) {
    expect(system.logText()).not.toContain(secret)
  }
})
