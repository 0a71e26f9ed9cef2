// A Chromium that behaves like a person's: an ordinary user agent that fits its client hints, nothing disabled but what phones
// home. And one that only draws pages, in half the processor time.

import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { share } from './shared-system.ts'

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

/** Debian's Chromium without windows. It sends no client hints, so that a link takes it for a machine. */
const SHELL_PATH = '/usr/bin/chromium-headless-shell'

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Features that phone home, since this switch replaces the one that Playwright gives. And the address bar's list of
 * suggestions: a page of its own for each window, which takes five times the processor time of a page of ours.
 */
const NOT_NEEDED = [
  'AimEnabled',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
]

/** All pages are ours: one process draws them all. A process for each page takes twice the processor time. */
const ONE_RENDERER = ['--renderer-process-limit=1', '--disable-site-isolation-trials']

/** No page lives long enough to earn back what optimizing its code takes: axe needs a third less processor time without. */
const UNOPTIMIZED = ['--js-flags=--no-opt --no-maglev']

const launch = (executablePath = '', more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [...QUIET, ...ONE_RENDERER, `--disable-features=${NOT_NEEDED}`, ...more],
  })

/** A person's, for whatever a link judges. */
export const launchBrowser = () => launch(chromiumPath)

/** The headless shell where there is one, for whatever only has to be drawn. */
export const launchShell = () =>
  launch(existsSync(SHELL_PATH) ? SHELL_PATH : chromiumPath, UNOPTIMIZED)

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Macintosh; Intel Mac OS X 10_15_7',
  win32: 'Windows NT 10.0; Win64; x64',
}

/** The name that the browser has when somebody sits at it. Another system's would contradict what a new tab says of itself. */
export const agentOf = (browser: Browser) => {
  const [major] = browser.version().split('.')
  const system = SYSTEMS[process.platform] ?? 'X11; Linux x86_64'
  return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`
}

/** A window of its own: own cookies, own size. */
export const openWindow = (browser: Browser, options: BrowserContextOptions = {}) =>
  browser.newContext({ userAgent: agentOf(browser), locale: 'en-US', ...options })

/** The next test finds no cookies, and one tab to which nothing listens. */
const vacate = async (page: Page) => {
  page.removeAllListeners('console').removeAllListeners('request')
  const tabs = page.context().pages()
  await Promise.all(tabs.filter((tab) => tab !== page).map((tab) => tab.close()))
  await page.context().clearCookies()
}

/**
 * A browser that the tests of a file share, with one window for each set of options: every new window and tab starts a
 * process, which costs more than most tests. A test gets the window's tab, without cookies.
 */
export const shareBrowser = (start: () => Promise<Browser>) => {
  const browser = share(async (onFinished) => {
    const started = await start()
    onFinished(() => started.close())
    return started
  })
  const tabs = new Map<string, Promise<Page>>()
  return async (options: BrowserContextOptions = {}) => {
    const key = JSON.stringify(options)
    const opening = tabs.get(key) ?? openWindow(browser(), options).then((one) => one.newPage())
    tabs.set(key, opening)
    const page = await opening
    onTestFinished(() => vacate(page))
    return page
  }
}
