// A Chromium that behaves like a person's: an ordinary user agent, nothing disabled but what phones home.

import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { NAVIGATION } from '../../src/sandbox/person.ts'

const PATHS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Where a Chromium is on this machine, if there is one. */
export const chromiumPath = PATHS.find((path) => path && existsSync(path))

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath ?? '', args: QUIET })

/** A window of its own: own cookies, own size. */
export const openWindow = (browser: Browser, size = { width: 1100, height: 900 }) =>
  browser.newContext({ userAgent: NAVIGATION['user-agent'], viewport: size, locale: 'en-US' })
