// With what people open a link in an email, and what that sends.
//
// Sec-Fetch-Mode and -Dest: Chrome 80, Edge 80, Firefox 90, Safari 16.4, and the web views of Android and iOS with them
// (browser-compat-data, http/headers/Sec-Fetch-*.json). Safari left out -User for long.

import { CHROMIUM, EDGE } from './machines.ts'

export type Client = {
  name: string
  headers: Record<string, string>
  /** Requests that the program makes before it opens the browser. */
  before?: Record<string, string>
  /** Whether it needs a press where the merchant does not want everybody to. */
  presses: boolean
}

const straight = (name: string, agent: string, more: Record<string, string> = {}): Client => ({
  name,
  headers: { ...CHROMIUM, 'user-agent': agent, ...more },
  presses: false,
})

const webkit = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en-GB,en;q=0.9',
}
const safari = (name: string, agent: string): Client => ({
  name,
  headers: {
    ...webkit,
    'user-agent': agent,
    'sec-fetch-site': 'none',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  },
  presses: false,
})

/** One that says nothing of what it fetches for, as a script would. */
const silent = (name: string, agent: string): Client => ({
  name,
  headers: { ...webkit, 'user-agent': agent },
  presses: true,
})

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)'
const PIXEL =
  'Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A.250205.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.102 Mobile Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'

export const CLIENTS: Client[] = [
  straight('Chrome', CHROME),
  straight('Chrome on Android', `${ANDROID} Chrome/142.0.0.0 Mobile Safari/537.36`),
  straight('Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'),
  straight('Edge', EDGE),
  straight(
    'Samsung Internet',
    `${ANDROID} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
  ),
  safari('Safari', `${MAC} Version/26.1 Safari/605.1.15`),
  safari(
    'Safari on an iPhone, as Apple Mail opens it',
    `${IPHONE} Version/26.1 Mobile/15E148 Safari/604.1`,
  ),
  silent('Safari before 16.4', `${MAC} Version/15.6 Safari/605.1.15`),
  silent(
    'an iPhone before iOS 16.4',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Mobile/15E148 Safari/604.1',
  ),
  // A web mail is another site, and takes its links through a page of its own.
  straight('Gmail in a tab of Chrome', CHROME, {
    'sec-fetch-site': 'cross-site',
    referer: 'https://www.google.com/',
  }),
  straight('Outlook on the web, through Safe Links', EDGE, {
    'sec-fetch-site': 'cross-site',
    referer: 'https://eur01.safelinks.protection.outlook.com/',
  }),
  // Headers as the web view of an Android app sends them: github.com/duckduckgo/Android/issues/2385. X-Requested-With is the
  // app's name, and left out by newer ones.
  straight("Gmail's web view on Android", PIXEL, { 'x-requested-with': 'com.google.android.gm' }),
  safari("Gmail's on an iPhone", `${IPHONE} GSA/390.0.829143333 Mobile/15E148 Safari/604.1`),
  straight('Outlook on the desktop, which opens Edge', EDGE),
  {
    // With HEAD and GET, whether there is something, then for good in the browser:
    // learn.microsoft.com/office/troubleshoot/office-suite-issues/click-hyperlink-to-sso-website
    ...straight('Word, which looks at the link before it opens Edge', EDGE),
    before: {
      'user-agent':
        'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; ms-office; MSOffice 16)',
      accept: '*/*',
    },
  },
  // Names as in github.com/sandra-cristina-rad/nuxt-smart-app-banner, test/userAgents, and blog.tomayac.com/2019/12/09
  straight('Facebook on Android', `${PIXEL} [FB_IAB/FB4A;FBAV/396.1.0.28.104;]`, {
    'x-requested-with': 'com.facebook.katana',
    referer: 'http://m.facebook.com/',
    'sec-fetch-site': 'cross-site',
  }),
  safari(
    'Facebook on an iPhone',
    `${IPHONE} Mobile/22H20 [FBAN/FBIOS;FBAV/536.0.0.47.96;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/18.7;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5]`,
  ),
  straight(
    'Instagram on Android',
    `${PIXEL} Instagram 405.0.0.52.77 Android (35/15; 420dpi; 1080x2205; Google/google; Pixel 8; shiba; shiba; en_US; 816632111)`,
    { 'x-requested-with': 'com.instagram.android' },
  ),
  safari(
    'Instagram on an iPhone',
    `${IPHONE} Mobile/22H20 Instagram 405.0.0.23.82 (iPhone15,2; iOS 18_7; en_US; en; scale=3.00; 1179x2556; 816632111)`,
  ),
  silent(
    'a web view of Android before Chrome 76',
    'Mozilla/5.0 (Linux; Android 5.1.1; 5054N Build/LMY47V; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/50.0.2661.86 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/332.0.0.23.111;]',
  ),
]
