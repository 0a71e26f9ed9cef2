// The emails in a real browser: what assistive software finds, what eyes can read, what a phone shows. Reported as skipped
// without a Chromium.

import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rendered } from '../../emails/index.ts'
import { chromiumPath, launchBrowser } from '../support/browser.ts'
import { faultsIn, installAxe } from './axe.ts'
import {
  emailOf,
  everyBranded,
  everyEmail,
  everyKind,
  everyLanguage,
  everyVariant,
  write,
} from './emails.ts'
import { names, renamed } from './hostile.ts'

const measuring = readFileSync(new URL('measure.js', import.meta.url), 'utf8')

/** What `measure.js` hands back; sizes are in CSS pixels. */
type Measured = {
  texts: { words: string; contrast: number; size: number }[]
  /** What stands outside of the window. */
  outside: string[]
  buttonHeight: number
  scripts: number
  links: string[]
}

const SMALL_PHONE = { width: 320, height: 640 }
const FINGER = 44
const SMALLEST_TEXT = 14
const READABLE = 4.5

describe.skipIf(!chromiumPath)('in Chromium', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchBrowser()
    page = await (await browser.newContext({ viewport: SMALL_PHONE })).newPage()
    await installAxe(page)
  })
  afterAll(() => browser.close())

  const show = async ({ html }: Rendered, colorScheme: 'light' | 'dark' = 'light') => {
    await page.emulateMedia({ colorScheme })
    await page.setContent(html)
  }

  const measure = () => page.evaluate<Measured>(measuring)

  test.each(everyLanguage)('$kind in $language has no fault that axe knows of', async (sample) => {
    await show(emailOf(sample))
    expect(await faultsIn(page)).toEqual([])
  })

  test.each(everyKind)('$kind has none in the dark either', async (sample) => {
    await show(emailOf(sample), 'dark')
    expect(await faultsIn(page)).toEqual([])
  })

  test.each(everyEmail)('$kind in $language, $variant, fits a small phone', async (sample) => {
    await show(emailOf(sample))
    const { outside, texts, buttonHeight } = await measure()
    expect(outside).toEqual([])
    expect(texts.filter(({ size }) => size < SMALLEST_TEXT)).toEqual([])
    expect(buttonHeight).toBeGreaterThanOrEqual(FINGER)
  })

  describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
    test.each([...everyVariant, ...everyBranded])(
      'all of $kind, $variant, is readable',
      async (sample) => {
        await show(emailOf(sample), scheme)
        const { texts } = await measure()
        expect(texts.length).toBeGreaterThan(5)
        expect(texts.filter(({ contrast }) => contrast < READABLE)).toEqual([])
      },
    )
  })

  test.each(everyKind)('$kind runs, loads and links nothing that a name says', async (sample) => {
    const asked: string[] = []
    const note = (request: { url(): string }) => asked.push(request.url())
    page.on('request', note)
    const shown = async (name: string) => {
      await show(write(sample.kind, renamed(sample.props, name)))
      return measure()
    }
    const harmless = await shown('Plain')
    for (const name of Object.values(names)) {
      const { scripts, links } = await shown(name)
      expect(scripts).toBe(0)
      expect(links).toEqual(harmless.links)
    }
    page.off('request', note)
    expect(asked).toEqual([])
  })
})
