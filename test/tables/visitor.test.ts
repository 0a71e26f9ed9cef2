import { describe, expect, test } from 'vitest'
import { guest, isAhead, type Visit, visitor } from '../../src/clicks/visitor.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1'
const EDGE = `${CHROME} Edg/142.0.0.0`
const SAMSUNG =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36'

/** Browsers that people use, whose names isbot takes for bots (General Mobile's Discovery, for one). */
const NAMED_LIKE_BOTS = [
  'Mozilla/5.0 (Linux; Android 7.0; bot X1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 9; Spider X5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 8.1.0; Discovery Note 2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Mobile Safari/537.36',
]

const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

type Change = Partial<Omit<Visit, 'header'>> & { headers?: Record<string, string> }

/** What an ordinary browser sends when a person follows a link, with some of it changed. */
const visit = ({ headers = {}, ...change }: Change = {}): Visit => {
  const sent: Record<string, string> = { 'user-agent': CHROME, ...NAVIGATION, ...headers }
  return {
    method: 'GET',
    header: (name) => sent[name.toLowerCase()],
    isKnownBrowser: false,
    isStrict: false,
    isSettled: true,
    hasGateway: false,
    fetchedTogether: 1,
    fetches: 1,
    ...change,
  }
}

const BOTS = {
  Slack: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  WhatsApp: 'WhatsApp/2.23.20.0',
  Telegram: 'TelegramBot (like TwitterBot)',
  Barracuda: 'Barracuda Sentinel (EE)',
  Bing: 'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b',
  Google: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'a headless Chrome':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36',
  curl: 'curl/8.5.0',
  Node: 'node',
  Python: 'python-requests/2.32.3',
  'a bare Mozilla': 'Mozilla/5.0',
}

describe('a machine', () => {
  test('is whoever asks for the head only', () => {
    expect(visitor(visit({ method: 'HEAD' }))).toEqual({ is: 'machine', evidence: ['head'] })
  })

  test.each([
    ['Sec-Purpose', 'prefetch'],
    ['Sec-Purpose', 'prefetch;prerender'],
    ['Sec-Purpose', 'prefetch;anonymous-client-ip'],
    ['Purpose', 'prefetch'],
    ['Purpose', 'Prefetch'],
    ['X-Purpose', 'preview'],
    ['X-Moz', 'prefetch'],
  ])('is whoever fetches ahead, with %s: %s', (name, value) => {
    const ahead = visit({ headers: { [name.toLowerCase()]: value } })
    expect(visitor(ahead)).toEqual({ is: 'machine', evidence: ['prefetch'] })
  })

  test.each(Object.entries(BOTS))('is %s', (_, agent) => {
    const fetched = visit({ headers: { 'user-agent': agent } })
    expect(visitor(fetched)).toEqual({ is: 'machine', evidence: ['bot_user_agent'] })
  })

  test('is whoever gives no user agent, or an empty one', () => {
    const nameless = { ...visit(), header: () => undefined }
    expect(visitor(nameless)).toEqual({
      is: 'machine',
      evidence: ['no_user_agent', 'no_navigation'],
    })
    expect(visitor(visit({ headers: { 'user-agent': '' } }))).toEqual({
      is: 'machine',
      evidence: ['no_user_agent'],
    })
  })
})

describe('nobody can say who it is', () => {
  test.each([
    ['a browser that sends no fetch headers', { 'sec-fetch-mode': '', 'sec-fetch-dest': '' }],
    ['a page in a frame', { 'sec-fetch-dest': 'iframe' }],
    ['a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a script that claims a document', { 'sec-fetch-mode': 'cors' }],
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ])('when it is %s', (_, headers) => {
    expect(visitor(visit({ headers }))).toEqual({ is: 'unsure', evidence: ['no_navigation'] })
  })

  test.each([
    ['strict', 'the merchant wants every browser asked', { isStrict: true }],
    ['too_soon', 'the email has only just been accepted', { isSettled: false }],
    ['burst', 'two links of one message are fetched together', { fetchedTogether: 2 }],
    ['burst', 'many are', { fetchedTogether: 40 }],
    ['gateway', 'the mail has passed a gateway that follows links', { hasGateway: true }],
    ['repeated', 'it is fetched again and again and nobody presses', { fetches: 4 }],
  ])('%s: when %s', (evidence, _, change) => {
    expect(visitor(visit(change))).toEqual({ is: 'unsure', evidence: [evidence] })
  })
})

describe('a person', () => {
  test.each([
    ['Chrome', CHROME],
    ['Firefox', FIREFOX],
    ['Safari', SAFARI],
    ['Safari on a phone', IPHONE],
    ['Edge', EDGE],
    ['Samsung Internet', SAMSUNG],
  ])('is who follows the link in %s', (_, agent) => {
    const followed = visit({ headers: { 'user-agent': agent } })
    expect(visitor(followed)).toEqual({ is: 'person', evidence: ['navigation'] })
  })
})

describe('a browser in which somebody has pressed the button', () => {
  const known = (change: Change = {}) => visitor(visit({ ...change, isKnownBrowser: true }))

  test.each([
    ['too soon', { isSettled: false }],
    ['in a burst', { fetchedTogether: 9 }],
    ['strictly', { isStrict: true }],
    ['without fetch headers', { headers: { 'sec-fetch-mode': '', 'sec-fetch-dest': '' } }],
    [
      'all of that at once',
      {
        isSettled: false,
        fetchedTogether: 9,
        isStrict: true,
        headers: { 'sec-fetch-mode': 'cors' },
      },
    ],
  ])('goes straight through, even %s', (_, change: Change) => {
    expect(known(change)).toMatchObject({ is: 'person' })
    expect(known(change).evidence[0]).toBe('known_browser')
  })

  test.each([
    ...[...NAMED_LIKE_BOTS, BOTS.Slack, ''].map((agent) => ({ 'user-agent': agent })),
    { 'sec-ch-ua': '"HeadlessChrome";v="142"' },
  ])('stays known whatever its name: %j', (headers) => {
    expect(known({ headers })).toMatchObject({ is: 'person' })
    expect(known({ headers }).evidence[0]).toBe('known_browser')
  })

  test.each([
    ['head', { method: 'HEAD' }],
    ['prefetch', { headers: { 'sec-purpose': 'prefetch' } }],
  ])('is a machine all the same by %s', (evidence, change: Change) => {
    expect(known(change)).toEqual({ is: 'machine', evidence: [evidence, 'known_browser'] })
  })
})

describe('a visitor whom the merchant vouches for', () => {
  const come = (sent: Record<string, string>, change: { method?: string; known?: boolean } = {}) =>
    guest({
      method: change.method ?? 'GET',
      header: (name: string) => sent[name],
      isKnownBrowser: change.known ?? false,
    })
  const IN = { is: 'person', evidence: ['vouched_for'] }

  test.each([
    ['a page navigation', { 'user-agent': CHROME, ...NAVIGATION }],
    ['a client that says nothing of what it fetches for', { 'user-agent': CHROME }],
    ['a client that says nothing at all', {}],
  ])('is a person by %s', (_, sent) => {
    expect(come(sent)).toEqual(IN)
  })

  test.each(Object.entries(BOTS))('is a machine as %s', (_, agent) => {
    for (const more of [{}, NAVIGATION])
      expect(come({ 'user-agent': agent, ...more })).toEqual({
        is: 'machine',
        evidence: ['bot_user_agent'],
      })
  })

  test('is a machine by client hints', () => {
    const sent = { 'user-agent': CHROME, ...NAVIGATION, 'sec-ch-ua': '"HeadlessChrome";v="142"' }
    expect(come(sent)).toEqual({ is: 'machine', evidence: ['client_hints'] })
  })

  test.each([
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ["a script's fetch", { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['something of which only the site is said', { 'sec-fetch-site': 'cross-site' }],
  ])('is nobody by %s, in a known browser too', (_, sent) => {
    for (const known of [false, true])
      expect(come({ 'user-agent': CHROME, ...sent }, { known })).toMatchObject({
        is: 'unsure',
        evidence: known ? ['no_navigation', 'known_browser'] : ['no_navigation'],
      })
  })

  test.each(NAMED_LIKE_BOTS)('is a person once somebody has pressed in %s', (agent) => {
    const sent = { 'user-agent': agent, ...NAVIGATION }
    expect(come(sent)).toMatchObject({ is: 'machine' })
    expect(come(sent, { known: true })).toMatchObject({ is: 'person' })
  })

  test.each([
    ['head', 'HEAD', {}],
    ['prefetch', 'GET', { 'sec-purpose': 'prefetch' }],
  ])('is a machine by %s', (evidence, method, sent) => {
    expect(come(sent, { method })).toMatchObject({ is: 'machine', evidence: [evidence] })
  })
})

test.each([
  ['a HEAD', 'HEAD', {}, true],
  ['a prefetch', 'GET', { purpose: 'prefetch' }, true],
  ['a form that calls itself a prefetch', 'POST', { purpose: 'prefetch' }, false],
  ['a page', 'GET', {}, false],
])('whether it is counted as one that may sign in: %s', (_, method, sent, expected) => {
  const header = (name: string) => (sent as Record<string, string>)[name]
  expect(isAhead({ method, header })).toBe(expected)
})
