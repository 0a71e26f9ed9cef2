// Pressing Continue: which requests count as a press, and when a second press is needed.

import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { NAVIGATION, press, visit } from '../../src/sandbox/person.ts'
import { mailed, minted, settledIn } from '../support/links.ts'
import { newAddress, share, shareSystem } from '../support/shared-system.ts'
import { stopDate } from '../support/still-time.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const shared = shareSystem()
const strict = shareSystem({ environment: { LINK_CONFIRM: 'strict' } })

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
/** Node sends no Content-Length with an explicit Transfer-Encoding. */
const CHUNKED = { ...NAVIGATION, ...FORM, 'transfer-encoding': 'chunked' }

const evidence = (system: TestSystem) =>
  system
    .logs()
    .filter(({ msg }) => msg === 'link visited')
    .map(({ visitor, evidence, ending }) => ({ visitor, evidence, ending }))

describe('a chunked press, as from a streaming proxy', () => {
  test('mints a session', async () => {
    const { system, link, orderId, customerId } = await settledIn(strict())
    const pressed = await press(link, (await visit(link)).body, CHUNKED)
    expect([pressed.status, new URL(pressed.location).pathname]).toEqual([
      303,
      `/larkspur/portal/orders/${orderId}`,
    ])
    expect(minted(system, customerId)).toBe(1)
  })

  test('is read only up to the size of our forms', async () => {
    const { system, link, customerId } = await settledIn(strict())
    const [, nonce] = /name="nonce" value="([^"]+)"/.exec((await visit(link)).body) ?? []
    for (const body of [`nonce=${nonce}&x=${'x'.repeat(5000)}`, `x=${'x'.repeat(100_000)}`]) {
      const answer = await visit(link, { method: 'POST', headers: CHUNKED, body })
      expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store'])
    }
    expect(minted(system, customerId)).toBe(0)
  })
})

describe('without Sec-Fetch-Site', () => {
  const { 'sec-fetch-site': _, ...OLDER } = NAVIGATION
  const sent = share(() => settledIn(strict()))

  test.each([
    ['the page of another site', 'https://evil.example.net', 200],
    ['another port of ours', 'http://127.0.0.1:1', 200],
    ['a page without a referrer, as ours is', 'null', 303],
  ])('a press from %s is answered with %s: %i', async (_, origin, status) => {
    const { system, link, customerId } = sent()
    const before = minted(system, customerId)
    const page = await visit(link)
    expect((await press(link, page.body, { ...OLDER, origin })).status).toBe(status)
    expect(minted(system, customerId) - before).toBe(status === 303 ? 1 : 0)
  })

  test('a press from our own page, or without an origin, signs in', async () => {
    const { system, link } = sent()
    const page = await visit(link)
    for (const headers of [{ ...OLDER, origin: system.postern }, OLDER])
      expect((await press(link, page.body, headers)).status).toBe(303)
  })
})

describe('a press while a mail gateway still scans', () => {
  /** Time passes only when a test advances it: on a busy machine a press may take the two seconds. */
  const justMailed = async (domain = 'gateway.example.com') => {
    const system = shared()
    const message = await mailed(system, newAddress(domain))
    stopDate()
    return { system, ...message }
  }

  test('shows a second button, which signs in after two seconds and makes the browser known', async () => {
    const { system, link, customerId } = await justMailed()
    const second = await press(link, (await visit(link)).body)
    expect(second.status).toBe(200)
    expect(second.body).toContain('Press once more')
    expect(second.headers['set-cookie']).toBeUndefined()
    expect(minted(system, customerId)).toBe(0)

    system.clock.advance(2 * SECOND)
    const pressed = await press(link, second.body)
    expect(pressed.status).toBe(303)
    expect(minted(system, customerId)).toBe(1)
    const cookie = pressed.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    expect((await visit(link, { headers: { ...NAVIGATION, cookie } })).status).toBe(302)
  })

  test('counts as no person before the second button, in the log and the count of people', async () => {
    const { system, link } = await justMailed()
    const before = evidence(system).length
    const second = await press(link, (await visit(link)).body)
    system.clock.advance(2 * SECOND)
    await press(link, second.body)
    expect(evidence(system).slice(before)).toEqual([
      { visitor: 'unsure', evidence: ['too_soon', 'gateway'], ending: 'button_shown' },
      {
        visitor: 'unsure',
        evidence: ['pressed_once', 'too_soon', 'gateway'],
        ending: 'button_shown',
      },
      { visitor: 'person', evidence: ['pressed', 'too_soon', 'gateway'], ending: 'signed_in' },
    ])
  })

  test('does not sign in a scanner that submits each form at once', async () => {
    const { system, link, customerId } = await justMailed()
    let page = await visit(link)
    for (let n = 0; n < 20; n++) page = await press(link, page.body)
    expect(page.status).toBe(200)
    expect(minted(system, customerId)).toBe(0)
  })

  test('does not wait anew after the second button was pressed too soon', async () => {
    const { link, system } = await justMailed()
    const second = await press(link, (await visit(link)).body)
    system.clock.advance(1.5 * SECOND)
    const again = await press(link, second.body)
    expect(again.status).toBe(200)
    system.clock.advance(0.5 * SECOND)
    expect((await press(link, again.body)).status).toBe(303)
  })

  test('is sufficient after the settle time, and without a known gateway', async () => {
    const late = await justMailed()
    const page = await visit(late.link)
    late.system.clock.advance(MINUTE)
    expect((await press(late.link, page.body)).status).toBe(303)
    const { link } = await justMailed('example.com')
    expect((await press(link, (await visit(link)).body)).status).toBe(303)
  })

  test('is sufficient in a browser in which somebody has pressed before', async () => {
    const { system, link } = await justMailed()
    const page = await visit(link)
    const second = await press(link, page.body)
    system.clock.advance(2 * SECOND)
    const cookie = (await press(link, second.body)).headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    expect((await press(link, page.body, { ...NAVIGATION, cookie })).status).toBe(303)
  })
})

test('a phone that is named like a bot presses once', async () => {
  const { system, link, customerId } = await settledIn(shared())
  const phone = {
    ...NAVIGATION,
    'user-agent':
      'Mozilla/5.0 (Linux; Android 9; Spider X5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
  }
  const page = await visit(link, { headers: phone })
  expect(page.status).toBe(200)
  const pressed = await press(link, page.body, phone)
  const cookie = pressed.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  for (let n = 0; n < 3; n++)
    expect((await visit(link, { headers: { ...phone, cookie } })).status).toBe(302)
  expect(minted(system, customerId)).toBe(4)
})

test('a headless browser that has changed its name gets the button', async () => {
  const { system, link, customerId } = await settledIn(shared())
  for (const hints of [
    { 'sec-ch-ua': '"HeadlessChrome";v="142", "Chromium";v="142"' },
    { 'sec-ch-ua-platform': '"Linux"' },
    { 'sec-ch-ua-mobile': '?1' },
  ])
    expect((await visit(link, { headers: { ...NAVIGATION, ...hints } })).status).toBe(200)
  expect(minted(system, customerId)).toBe(0)
})

test('an expired link shows the address to a person only', async () => {
  const { system, link, email } = await settledIn(shared())
  system.clock.advance(91 * 24 * 60 * MINUTE)
  const signIn = `${system.polar}/larkspur/portal/request`
  expect((await visit(link)).location).toBe(`${signIn}?email=${encodeURIComponent(email)}`)
  for (const headers of [
    { ...NAVIGATION, 'user-agent': 'Slackbot 1.0' },
    { 'user-agent': NAVIGATION['user-agent'] },
    { ...NAVIGATION, 'sec-purpose': 'prefetch' },
  ])
    expect((await visit(link, { headers })).location).toBe(signIn)
  expect((await visit(link, { method: 'HEAD' })).location).toBe(signIn)
})

test('while Polar is down a link shows the address to a person only', async () => {
  const system = await startTestSystem()
  const { link } = await mailed(system)
  system.polarWorld.fault = () => ({ status: 500 })
  const page = await visit(link, { headers: { ...NAVIGATION, 'user-agent': 'Slackbot 1.0' } })
  expect([page.status, page.location]).toEqual([200, ''])
  expect((await press(link, page.body)).location).toContain('email=theo%40example.com')
})
