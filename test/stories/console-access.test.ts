// Who may use the console: the password, its guesses, the session, and forms of other sites.

import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import {
  cookieIn,
  formsIn,
  PASSWORD,
  signedIn,
  startWithConsole,
  submit,
} from '../support/operator.ts'
import { shareSystem } from '../support/shared-system.ts'
import { startTestSystem } from '../support/system.ts'

const shared = shareSystem({ environment: { CONSOLE_PASSWORD: PASSWORD } })

const openRedis = (url: string) => {
  const redis = new Redis(url)
  onTestFinished(() => redis.disconnect())
  return redis
}

test('without a password there is no console', async () => {
  const { postern } = await startTestSystem()
  for (const path of ['', '/', '/messages', '/sign-in', '/assets/x.css'])
    expect((await visit(`${postern}/console${path}`)).status).toBe(404)
})

describe('signing in', () => {
  test('leads to the page that was asked for, and its cookie stays in this browser and on this site', async () => {
    const { postern } = shared()
    const asked = await visit(`${postern}/console/actions?x=1`)
    expect([asked.status, asked.location]).toEqual([
      303,
      '/console/sign-in?to=%2Fconsole%2Factions%3Fx%3D1',
    ])
    const door = await visit(`${postern}${asked.location}`)
    const [form] = formsIn(door.body)
    const { status, location, headers } = await submit(`${postern}/console/sign-in`, {
      ...form?.fields,
      password: PASSWORD,
    })
    expect([status, location]).toEqual([303, '/console/actions?x=1'])
    expect(headers['set-cookie']).toHaveLength(1)
    expect(headers['set-cookie']?.[0]).toMatch(
      /^__Host-postern_console=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const cookie = cookieIn(headers)
    const page = await visit(`${postern}${location}`, { headers: { ...NAVIGATION, cookie } })
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('<h1>Actions</h1>')])
  })

  test('never leads out of the console', async () => {
    const { postern } = shared()
    for (const to of [
      'https://evil.example.com/',
      '//evil.example.com',
      '/l/x',
      '/console/../l/x',
      'javascript:1',
      '/consolex',
    ]) {
      const { location } = await submit(`${postern}/console/sign-in`, { password: PASSWORD, to })
      const inside = expect.stringMatching(new RegExp(`^${postern}/console(/|\\?|$)`))
      expect([to, new URL(location, postern).href]).toEqual([to, inside])
    }
  })

  test('never leads back to signing in, which would go round in a circle', async () => {
    const system = shared()
    const { read } = await signedIn(system)
    const { status, location } = await read('/console/sign-in?to=%2Fconsole%2Fsign-in%3Fto%3Dx')
    expect([status, location]).toEqual([303, '/console'])
  })

  test('is refused without the password, after ten guesses from one network even with it', async () => {
    const { postern, logs, logText } = await startWithConsole()
    const guess = (password: string) => submit(`${postern}/console/sign-in`, { password })
    for (const wrong of ['', 'wrong password', ...Array(8).fill(`${PASSWORD} `)]) {
      const { status, headers, body } = await guess(wrong)
      expect(status).toBe(403)
      expect(headers['set-cookie']).toBeUndefined()
      expect(body).toContain('That is not the password.')
    }
    const limited = await guess(PASSWORD)
    expect(limited.status).toBe(429)
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(60)
    expect(limited.body).toMatch(/Try again in \d+ minutes/)
    expect(logs().filter(({ msg }) => msg === 'console: sign-in refused')).toHaveLength(11)
    expect(logText()).not.toContain('wrong password')
  })

  test('ten times with the right password is no guessing', async () => {
    const { postern } = shared()
    for (let n = 0; n < 12; n++)
      expect((await submit(`${postern}/console/sign-in`, { password: PASSWORD })).status).toBe(303)
  })
})

describe('a session', () => {
  test('ends after twelve hours, when the operator signs out, and with a new password', async () => {
    const system = shared()
    const { read, cookie } = await signedIn(system)
    system.clock.advance(12 * HOUR - MINUTE)
    expect((await read('/console/actions')).status).toBe(200)
    system.clock.advance(2 * MINUTE)
    expect((await read('/console/actions')).status).toBe(303)
    const second = await signedIn(system)
    expect((await second.press('/console/actions', 'Sign out')).body).toContain('Sign in')
    expect((await second.read('/console/actions')).status).toBe(303)
    expect(cookie).not.toBe(second.cookie)
    const third = await signedIn(system)
    const changed = await startWithConsole({
      redisUrl: system.redis,
      environment: { CONSOLE_PASSWORD: 'another password' },
    })
    const headers = { ...NAVIGATION, cookie: third.cookie }
    expect((await visit(`${changed.postern}/console/actions`, { headers })).status).toBe(303)
    expect((await third.read('/console/actions')).status).toBe(200)
  })

  test('is known to Redis by a digest only, and expires there too', async () => {
    const system = shared()
    const redis = openRedis(system.redis)
    const keys = () => redis.keys('postern:console:session:*')
    const before = await keys()
    const { cookie } = await signedIn(system)
    const [key = '', ...more] = (await keys()).filter((one) => !before.includes(one))
    expect(more).toEqual([])
    const [, id = '-'] = cookie.split('=')
    expect(key + (await redis.get(key))).not.toContain(id)
    expect(await redis.pttl(key)).toBeGreaterThan(11 * HOUR)
  })
})

describe('a form', () => {
  test('of another site or page does nothing', async () => {
    const system = shared()
    const operator = await signedIn(system)
    const [form] = formsIn((await operator.read('/console/actions')).body)
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example.com' },
      { 'sec-fetch-site': 'same-site', origin: 'https://x.example.com' },
      // An old browser.
      { 'sec-fetch-site': '', origin: 'https://evil.example.com' },
    ]) {
      const { status } = await submit(`${system.postern}/console/sign-out`, form?.fields ?? {}, {
        cookie: operator.cookie,
        ...headers,
      })
      expect([headers, status]).toEqual([headers, 403])
      expect((await operator.read('/console/actions')).status).toBe(200)
    }
  })

  test('without its token, or with a wrong one, does nothing', async () => {
    const system = shared()
    const operator = await signedIn(system)
    for (const fields of [{}, { csrf: '' }, { csrf: 'wrong' }]) {
      const { status, body } = await submit(`${system.postern}/console/sign-out`, fields, {
        cookie: operator.cookie,
      })
      const says = expect.stringContaining('This form is too old')
      expect([fields, status, body]).toEqual([fields, 403, says])
      expect((await operator.read('/console/actions')).status).toBe(200)
    }
  })

  test('with the token of another session does nothing', async () => {
    const system = shared()
    const [one, other] = [await signedIn(system), await signedIn(system)]
    const form = formsIn((await other.read('/console/actions')).body).find(
      ({ button }) => button === 'Sign out',
    )
    const answer = await submit(`${system.postern}/console/sign-out`, form?.fields ?? {}, {
      cookie: one.cookie,
    })
    expect(answer.status).toBe(403)
  })
})

test('no page lets a script of its text run, or stands in another site’s frame', async () => {
  const system = shared()
  const { read } = await signedIn(system)
  for (const path of ['/console/actions', '/console/sign-in', '/console/nowhere']) {
    const { headers } = await read(path)
    expect(headers['content-security-policy']).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self';/,
    )
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self'")
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    })
  }
})

test('what operators do is kept and logged, newest first', async () => {
  const system = await startWithConsole()
  const operator = await signedIn(system)
  await operator.press('/console/actions', 'Sign out')
  const { text } = await signedIn(system)
  expect(await text('/console/actions')).toMatch(/signed in.*signed out.*signed in/)
  await expect.poll(() => system.logs().filter(({ by }) => by === 'console')).toHaveLength(3)
})
