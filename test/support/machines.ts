// Machines that fetch links: the requests of each, and when they come. Beside each is where it was seen.

import { SECOND } from '../../src/runtime/clock.ts'

/** `at`: milliseconds after the email was accepted. */
export type Fetched = { at: number; method?: 'HEAD' | 'GET'; headers: Record<string, string> }

export type Machine = { who: string; fetches: readonly Fetched[] }

/** The headers of a Chromium for a page opened at the top, by a person or by a script. */
export const CHROMIUM = {
  accept:
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8',
  'accept-language': 'en-US,en;q=0.9',
  'upgrade-insecure-requests': '1',
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
  'sec-fetch-dest': 'document',
}

const chrome = (version: number, more = '') =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36${more}`

export const EDGE = chrome(142, ' Edg/142.0.0.0')
const CHROME = chrome(146)
const HEADLESS =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36'

/** Long after the email, when only what it sends gives a machine away. */
const LATER = 3 * 3600 * SECOND

const at = (seconds: number, headers: Record<string, string>, method?: 'HEAD'): Fetched => ({
  at: seconds * SECOND,
  headers,
  ...(method && { method }),
})

/** One that names itself, whenever it comes. */
const named = (agent: string, more: Record<string, string> = {}): Fetched[] => [
  { at: LATER, headers: { 'user-agent': agent, accept: '*/*', ...more } },
]

/** Scanners of mail: they come within the minute, and often as a browser. */
export const SCANNERS: Machine[] = [
  {
    // HEAD, then GET: github.com/better-auth/better-auth/issues/9690; 22 s after sending: github.com/emdash-cms/emdash/issues/3298
    who: 'Defender, HEAD and then GET as an ordinary Edge',
    fetches: [at(22, { 'user-agent': EDGE }, 'HEAD'), at(22, { 'user-agent': EDGE, ...CHROMIUM })],
  },
  {
    // github.com/edalzell/laravel-passwordless-login/issues/79
    who: 'Safe Links, as a Chrome of some years ago',
    fetches: [at(5, { 'user-agent': chrome(97), ...CHROMIUM })],
  },
  {
    // the same thread: “the user-agent is always blank”
    who: 'Safe Links without a user agent, whenever it comes',
    fetches: [at(5, { accept: '*/*' }), { at: LATER, headers: { ...CHROMIUM, 'user-agent': '' } }],
  },
  {
    // github.com/nextauthjs/next-auth/issues/1840
    who: 'Safe Links in the new Outlook',
    fetches: [
      at(9, {
        ...CHROMIUM,
        'user-agent': chrome(117, ' Edg/117.0.2045.47 OneOutlook/1.2023.927.100'),
        'x-native-host': 'OneOutlook/1.2023.927.100',
      }),
    ],
  },
  {
    // github.com/emdash-cms/emdash/issues/3298: twice, and the second got the session there
    who: "Defender's headless Chrome, twice",
    fetches: [22, 22.4].map((seconds) => at(seconds, { 'user-agent': HEADLESS, ...CHROMIUM })),
  },
  {
    // github.com/resend/resend-node/issues/901: twelve seconds after delivery, Windows, Chrome 146
    who: 'Proofpoint, as an ordinary Chrome',
    fetches: [at(12, { 'user-agent': CHROME, ...CHROMIUM })],
  },
  {
    who: 'Proofpoint as a client that is no browser, whenever it comes',
    fetches: [{ at: LATER, headers: { 'user-agent': CHROME, accept: '*/*' } }],
  },
  {
    // “Barracuda Sentinel (EE)”: github.com/JayBizzle/Crawler-Detect/issues/552
    who: 'Barracuda, by its name and then as a browser',
    fetches: [
      at(3, { 'user-agent': 'Barracuda Sentinel (EE)' }),
      at(4, { 'user-agent': CHROME, ...CHROMIUM }),
    ],
  },
  {
    // github.com/mssola/user_agent/issues/71
    who: "Gmail's sampling of content",
    fetches: named(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Gmail-content-sampling',
    ),
  },
  {
    who: 'one that comes back again and again, and in the end as a browser after the minute',
    fetches: [
      at(15, { 'user-agent': CHROME }, 'HEAD'),
      ...[20, 40, 59, 65, 90, 300].map((seconds) =>
        at(seconds, { 'user-agent': CHROME, ...CHROMIUM }),
      ),
    ],
  },
]

/** Previews, crawlers, proxies: they come whenever somebody pastes the link, and say who they are. */
export const CRAWLERS: Machine[] = [
  // docs.slack.dev, “Unfurling links”
  {
    who: "Slack's preview",
    fetches: named('Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', {
      range: 'bytes=0-32768',
    }),
  },
  {
    who: "Discord's preview",
    fetches: named('Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)'),
  },
  {
    who: "LinkedIn's preview",
    fetches: named(
      'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
    ),
  },
  // developers.facebook.com/docs/sharing/webmasters/web-crawlers
  {
    who: "Facebook's preview",
    fetches: named('facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'),
  },
  { who: "WhatsApp's preview", fetches: named('WhatsApp/2.23.20.0') },
  {
    // On the sender's device, so from a person's address: peter.upfold.org.uk/blog/2019/02
    who: "iMessage's preview",
    fetches: named(
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
    ),
  },
  {
    who: "Teams' preview",
    fetches: named('Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5'),
  },
  {
    who: 'Bing, as it crawls today',
    fetches: named(
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/136.0.0.0 Safari/537.36',
      CHROMIUM,
    ),
  },
  {
    // isbot's list, like all that name themselves here
    who: "Gmail's proxy for images",
    fetches: named(
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    ),
  },
  {
    // as sent by Chromium 156 with --headless, its new mode
    who: 'a headless Chrome, new or old',
    fetches: [{ at: LATER, headers: { 'user-agent': HEADLESS, ...CHROMIUM } }],
  },
]

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
const ahead = (who: string, agent: string, headers: Record<string, string>): Machine => ({
  who,
  fetches: [{ at: LATER, headers: { ...CHROMIUM, 'user-agent': agent, ...headers } }],
})

/** Requests that browsers make before anybody has clicked. */
export const PREFETCHES: Machine[] = [
  // developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Purpose: with it the destination is empty
  ahead("Firefox's prefetch of a link", FIREFOX, {
    'sec-purpose': 'prefetch',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'no-cors',
  }),
  ahead("Firefox's prefetch before version 115", FIREFOX, { 'x-moz': 'prefetch' }),
  // browser-compat-data, Sec-Purpose.json: Chromium's link prefetch still says it the old way
  ahead("Chrome's prefetch of a link", CHROME, {
    purpose: 'prefetch',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'no-cors',
  }),
  // Else a navigation like any other: web-platform-tests, speculation-rules/prefetch/sec-fetch-headers
  ahead("Chrome's prefetch by speculation rules", CHROME, { 'sec-purpose': 'prefetch' }),
  ahead("Chrome's prerender", CHROME, { 'sec-purpose': 'prefetch;prerender' }),
  ahead("Chrome's prefetch through Google's proxy", CHROME, {
    'sec-purpose': 'prefetch;anonymous-client-ip',
  }),
  ahead("Safari's preview of a page", CHROME, { 'x-purpose': 'preview' }),
]
