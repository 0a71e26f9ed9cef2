import { describe, expect, test } from 'vitest'
import {
  cannotSignIn,
  judgeAppLink,
  judgeMailedLink,
  type MailedLinkVisit,
} from '../../src/clicks/verdict.ts'

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

/**
 * Browsers that people use, whose names isbot takes for bots (General Mobile's Discovery, for one).
 */
const NAMED_LIKE_BOTS = [
  'Mozilla/5.0 (Linux; Android 7.0; bot X1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 9; Spider X5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 8.1.0; Discovery Note 2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Mobile Safari/537.36',
]

const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

type Change = Partial<Omit<MailedLinkVisit, 'header'>> & { headers?: Record<string, string> }

/** The visit of an ordinary browser, with some fields changed. */
const visit = ({ headers = {}, ...change }: Change = {}): MailedLinkVisit => {
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
  test('is a client that sends HEAD', () => {
    expect(judgeMailedLink(visit({ method: 'HEAD' }))).toEqual({
      visitor: 'machine',
      evidence: ['head'],
    })
  })

  test.each([
    ['Sec-Purpose', 'prefetch'],
    ['Sec-Purpose', 'prefetch;prerender'],
    ['Sec-Purpose', 'prefetch;anonymous-client-ip'],
    ['Purpose', 'prefetch'],
    ['Purpose', 'Prefetch'],
    ['X-Purpose', 'preview'],
    ['X-Moz', 'prefetch'],
  ])('is a client that prefetches, with %s: %s', (name, value) => {
    const ahead = visit({ headers: { [name.toLowerCase()]: value } })
    expect(judgeMailedLink(ahead)).toEqual({ visitor: 'machine', evidence: ['prefetch'] })
  })

  test.each(Object.entries(BOTS))('is %s', (_, agent) => {
    const fetched = visit({ headers: { 'user-agent': agent } })
    expect(judgeMailedLink(fetched)).toEqual({ visitor: 'machine', evidence: ['bot_user_agent'] })
  })

  test('is a client without a user agent', () => {
    const nameless = { ...visit(), header: () => undefined }
    expect(judgeMailedLink(nameless)).toEqual({
      visitor: 'machine',
      evidence: ['no_user_agent', 'no_navigation'],
    })
    expect(judgeMailedLink(visit({ headers: { 'user-agent': '' } }))).toEqual({
      visitor: 'machine',
      evidence: ['no_user_agent'],
    })
  })
})

describe('a visitor is unsure', () => {
  test.each([
    ['a browser that sends no fetch headers', { 'sec-fetch-mode': '', 'sec-fetch-dest': '' }],
    ['a page in a frame', { 'sec-fetch-dest': 'iframe' }],
    ['a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a script that claims a document', { 'sec-fetch-mode': 'cors' }],
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ])('when it is %s', (_, headers) => {
    expect(judgeMailedLink(visit({ headers }))).toEqual({
      visitor: 'unsure',
      evidence: ['no_navigation'],
    })
  })

  test.each([
    ['strict', 'LINK_CONFIRM is strict', { isStrict: true }],
    ['too_soon', 'the email has only just been accepted', { isSettled: false }],
    ['burst', 'two links of one message are fetched together', { fetchedTogether: 2 }],
    ['burst', 'many links are', { fetchedTogether: 40 }],
    ['gateway', 'the mail has passed a gateway that follows links', { hasGateway: true }],
    ['repeated', 'the link is fetched several times and nobody presses', { fetches: 4 }],
  ])('%s: when %s', (evidence, _, change) => {
    expect(judgeMailedLink(visit(change))).toEqual({ visitor: 'unsure', evidence: [evidence] })
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
  ])('follows the link in %s', (_, agent) => {
    const followed = visit({ headers: { 'user-agent': agent } })
    expect(judgeMailedLink(followed)).toEqual({ visitor: 'person', evidence: ['navigation'] })
  })
})

describe('a browser in which somebody has pressed the button', () => {
  const known = (change: Change = {}) => judgeMailedLink(visit({ ...change, isKnownBrowser: true }))

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
  ])('signs in at once, even %s', (_, change: Change) => {
    expect(known(change)).toMatchObject({ visitor: 'person' })
    expect(known(change).evidence[0]).toBe('known_browser')
  })

  test.each([
    ...[...NAMED_LIKE_BOTS, BOTS.Slack, ''].map((agent) => ({ 'user-agent': agent })),
    { 'sec-ch-ua': '"HeadlessChrome";v="142"' },
  ])('stays known with any user agent: %j', (headers) => {
    expect(known({ headers })).toMatchObject({ visitor: 'person' })
    expect(known({ headers }).evidence[0]).toBe('known_browser')
  })

  test.each([
    ['head', { method: 'HEAD' }],
    ['prefetch', { headers: { 'sec-purpose': 'prefetch' } }],
  ])('is still a machine by %s', (evidence, change: Change) => {
    expect(known(change)).toEqual({ visitor: 'machine', evidence: [evidence, 'known_browser'] })
  })
})

describe('a visitor of a link from the merchant’s app', () => {
  const come = (sent: Record<string, string>, change: { method?: string; known?: boolean } = {}) =>
    judgeAppLink({
      method: change.method ?? 'GET',
      header: (name: string) => sent[name],
      isKnownBrowser: change.known ?? false,
    })
  const IN = { visitor: 'person', evidence: ['vouched_for'] }

  test.each([
    ['a page navigation', { 'user-agent': CHROME, ...NAVIGATION }],
    ['a client without Sec-Fetch headers', { 'user-agent': CHROME }],
    ['a client without headers', {}],
  ])('is a person by %s', (_, sent) => {
    expect(come(sent)).toEqual(IN)
  })

  test.each(Object.entries(BOTS))('is a machine as %s', (_, agent) => {
    for (const more of [{}, NAVIGATION])
      expect(come({ 'user-agent': agent, ...more })).toEqual({
        visitor: 'machine',
        evidence: ['bot_user_agent'],
      })
  })

  test('is a machine by client hints', () => {
    const sent = { 'user-agent': CHROME, ...NAVIGATION, 'sec-ch-ua': '"HeadlessChrome";v="142"' }
    expect(come(sent)).toEqual({ visitor: 'machine', evidence: ['client_hints'] })
  })

  test.each([
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ["a script's fetch", { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a request with Sec-Fetch-Site only', { 'sec-fetch-site': 'cross-site' }],
  ])('is unsure by %s, in a known browser too', (_, sent) => {
    for (const known of [false, true])
      expect(come({ 'user-agent': CHROME, ...sent }, { known })).toMatchObject({
        visitor: 'unsure',
        evidence: known ? ['no_navigation', 'known_browser'] : ['no_navigation'],
      })
  })

  test.each(NAMED_LIKE_BOTS)('is a person once somebody has pressed in %s', (agent) => {
    const sent = { 'user-agent': agent, ...NAVIGATION }
    expect(come(sent)).toMatchObject({ visitor: 'machine' })
    expect(come(sent, { known: true })).toMatchObject({ visitor: 'person' })
  })

  test.each([
    ['head', 'HEAD', {}],
    ['prefetch', 'GET', { 'sec-purpose': 'prefetch' }],
  ])('is a machine by %s', (evidence, method, sent) => {
    expect(come(sent, { method })).toMatchObject({ visitor: 'machine', evidence: [evidence] })
  })
})

test.each([
  ['a HEAD', 'HEAD', {}, true],
  ['a prefetch', 'GET', { purpose: 'prefetch' }, true],
  ['a form that calls itself a prefetch', 'POST', { purpose: 'prefetch' }, false],
  ['a page', 'GET', {}, false],
])('HEAD and prefetch requests never sign in, but a form may: %s', (_, method, sent, expected) => {
  const header = (name: string) => (sent as Record<string, string>)[name]
  expect(cannotSignIn({ method, header })).toBe(expected)
})
