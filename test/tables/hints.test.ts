// Client hints beside the user agent: those that only machines send, and those of people's
// browsers.

import { describe, expect, test } from 'vitest'
import { hintsShowMachine } from '../../src/clicks/hints.ts'

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)'
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1'

const chrome = (system: string, version = 142, more = '') =>
  `${system} Chrome/${version}.0.0.0 Safari/537.36${more}`
const phone = chrome(ANDROID).replace('Safari', 'Mobile Safari')
const brands = (own: string, version = 142) =>
  `"${own}";v="${version}", "Chromium";v="${version}", "Not_A Brand";v="99"`

type Sent = { agent: string; brands?: string; mobile?: string; platform?: string }

const isMachine = ({ agent, brands, mobile, platform }: Sent) => {
  const sent: Record<string, string | undefined> = {
    'user-agent': agent,
    'sec-ch-ua': brands,
    'sec-ch-ua-mobile': mobile,
    'sec-ch-ua-platform': platform && `"${platform}"`,
  }
  return hintsShowMachine((name) => sent[name])
}

describe('a machine is shown by hints that', () => {
  test.each<[string, Sent]>([
    ['name a headless browser', { agent: chrome(WINDOWS), brands: brands('HeadlessChrome') }],
    ['come with the name of Firefox', { agent: FIREFOX, brands: brands('Google Chrome') }],
    ['come with the name of Safari', { agent: IPHONE, brands: brands('Google Chrome') }],
    ['come without a name', { agent: '', brands: brands('Google Chrome') }],
    [
      'are of an older engine than the name says',
      { agent: chrome(WINDOWS, 142), brands: brands('Google Chrome', 120) },
    ],
    [
      'are of a Chromium that calls itself Edge',
      { agent: chrome(WINDOWS, 142, ' Edg/142.0.0.0'), brands: brands('Google Chrome') },
    ],
    ['say that a desktop is a phone', { agent: chrome(WINDOWS), mobile: '?1' }],
    ['say that a phone is none', { agent: phone, mobile: '?0' }],
    ['are of Linux under the name of Windows', { agent: chrome(WINDOWS), platform: 'Linux' }],
    ['are of Linux under the name of an Android', { agent: phone, platform: 'Linux' }],
    ['are of Windows under the name of Linux', { agent: chrome(LINUX), platform: 'Windows' }],
    ['are of macOS under the name of Windows', { agent: chrome(WINDOWS), platform: 'macOS' }],
  ])('%s', (_, sent) => {
    expect(isMachine(sent)).toBe(true)
  })
})

describe('a machine is not shown by hints of', () => {
  const sure = { mobile: '?0', platform: 'Windows' }
  test.each<[string, Sent]>([
    ['Chrome', { agent: chrome(WINDOWS), brands: brands('Google Chrome'), ...sure }],
    [
      'Edge',
      {
        agent: chrome(WINDOWS, 142, ' Edg/142.0.0.0'),
        brands: brands('Microsoft Edge'),
        ...sure,
      },
    ],
    [
      'an app with a web view of Edge',
      {
        agent: chrome(WINDOWS, 142, ' Edg/142.0.0.0'),
        brands: `"Microsoft Edge WebView2";v="142", ${brands('Microsoft Edge')}`,
        ...sure,
      },
    ],
    [
      'Opera, whose version is its own',
      {
        agent: chrome(WINDOWS, 140, ' OPR/124.0.0.0'),
        brands: '"Opera";v="124", "Chromium";v="140", "Not A(Brand";v="24"',
        ...sure,
      },
    ],
    [
      'Samsung Internet',
      {
        agent: `${ANDROID} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
        brands: '"Samsung Internet";v="29.0", "Chromium";v="136"',
        mobile: '?1',
        platform: 'Android',
      },
    ],
    ['a phone', { agent: phone, brands: brands('Google Chrome'), mobile: '?1' }],
    ['a tablet', { agent: chrome(ANDROID), brands: brands('Google Chrome'), mobile: '?0' }],
    [
      'a phone that asks for desktop pages',
      { agent: chrome(LINUX), brands: brands('Google Chrome'), mobile: '?0', platform: 'Linux' },
    ],
    ['one that calls itself Linux all the same', { agent: chrome(LINUX), platform: 'Android' }],
    [
      'a browser whose company keeps its name at an older version',
      { agent: chrome(WINDOWS, 99), brands: brands('Google Chrome') },
    ],
    ['a Chromebook', { agent: chrome('Mozilla/5.0 (X11; CrOS x86_64)'), platform: 'Chrome OS' }],
    ['a platform that nobody has heard of', { agent: chrome(LINUX), platform: 'Fuchsia' }],
    ['Firefox and Safari, which send none', { agent: FIREFOX }],
  ])('%s', (_, sent) => {
    expect(isMachine(sent)).toBe(false)
  })

  test('anything unreadable', () => {
    for (const garbage of ['"', '""', '";v="', 'x'.repeat(10_000), '"'.repeat(10_000)])
      for (const name of ['brands', 'mobile', 'platform'])
        expect(() => isMachine({ agent: chrome(WINDOWS), [name]: garbage })).not.toThrow()
  })
})
