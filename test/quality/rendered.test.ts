// The emails in a real browser: what assistive software finds, what eyes can read, what a phone shows. Reported as skipped
// without a Chromium.

import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kind, kinds } from '../../emails/index.ts'
import { chromiumPath, launchShell } from '../support/browser.ts'
import { faultsIn, installAxe } from './axe.ts'
import {
  checkEach,
  emailOf,
  everyBranded,
  everyEmail,
  everyKind,
  inTurn,
  type Sample,
  write,
} from './emails.ts'
import { names, renamed } from './hostile.ts'

const measuring = readFileSync(new URL('measure.js', import.meta.url), 'utf8')

/** The result of `measure.js`; sizes are in CSS pixels. */
type Measured = {
  texts: {
    words: string
    contrast: number
    size: number
    background: number[]
    /** It isn't seen in full without scrolling sideways. */
    isOutside: boolean
  }[]
  /** Days in the list of facts that take more than one line. */
  brokenDays: string[]
  /** The size of the page, with what has to be scrolled to. */
  width: number
  buttonHeight: number
}
type Looked = Sample & { light: Measured; dark: Measured | undefined }

const SMALL_PHONE = { width: 320, height: 640 }
const FINGER = 44
const SMALLEST_TEXT = 14
const READABLE = 4.5

/** Colours do not depend on the words: the same email in English stands for these at night. */
const isTranslated = ({ language }: Pick<Sample, 'language'>) => language !== 'en'

/** A receipt and a warning, plain and with a brand's own colours. */
const atNight = [...everyKind, ...everyBranded].filter(
  ({ kind }) => kind === 'order_confirmation' || kind === 'subscription_past_due',
)

/** Each kind shows every fourth of these; all of them are in the tests of hostile names, which need no browser. */
const TURNS = 4
const code = Object.values(names).filter((name) => /[<&:]/.test(name))
const codeFor = (sample: Sample) =>
  code.filter((_, at) => at % TURNS === everyKind.indexOf(sample) % TURNS)

describe.skipIf(!chromiumPath)('in Chromium', () => {
  let browser: Browser
  let page: Page
  /** A tab of its own: requests for the logos of measured emails may still be on their way in the other. */
  let unbranded: Page
  beforeAll(async () => {
    browser = await launchShell()
    const window = await browser.newContext({ viewport: SMALL_PHONE })
    await window.route(/^https?:/, (route) => route.abort()) // a logo is nobody's to fetch here
    page = await window.newPage()
    unbranded = await window.newPage()
    await installAxe(page)
  })
  afterAll(() => browser.close())

  const show = (html: string) => page.setContent(html)

  /** Measures emails one after the other in one call: most of the time of a call for each would go into the calls. */
  const measure = (samples: Sample[]) => {
    const pages = JSON.stringify(samples.map((sample) => emailOf(sample).html))
    return page.evaluate<Measured[]>(`${pages}.map((html) => {
      document.open()
      document.write(html)
      document.close()
      return eval(${JSON.stringify(measuring)})
    })`)
  }

  const looked = new Map<Kind, Looked[]>()

  /** All emails of a kind by day, and by night unless they are translated: each for all that is to be seen. */
  const lookAt = async (kind: Kind): Promise<Looked[]> => {
    const known = looked.get(kind)
    if (known) return known
    const samples = everyEmail.filter((sample) => sample.kind === kind)
    const atNight = samples.filter((sample) => !isTranslated(sample))
    const byDay = await measure(samples)
    await page.emulateMedia({ colorScheme: 'dark' })
    const byNight = new Map((await measure(atNight)).map((dark, at) => [atNight[at], dark]))
    await page.emulateMedia({ colorScheme: 'light' })
    const all = samples.map((sample, at) => ({
      ...sample,
      light: byDay[at] as Measured,
      dark: byNight.get(sample),
    }))
    looked.set(kind, all)
    return all
  }

  // Languages differ in words, which axe does not read, and in direction.
  test.each(inTurn)('$kind in $language has no fault that axe knows of', async (sample) => {
    await show(emailOf(sample).html)
    expect(await faultsIn(page)).toEqual([])
  })

  // Whether a text can be read at night is measured in every email below. Axe confirms it, and knows a link in a text.
  test.each(atNight)('$kind, $variant, has none in the dark', async (sample) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await show(emailOf(sample).html)
    const faults = await faultsIn(page, 'colours')
    await page.emulateMedia({ colorScheme: 'light' })
    expect(faults).toEqual([])
  })

  test.each(kinds)('%s fits a small phone, with every day it lists on one line', async (kind) => {
    checkEach(await lookAt(kind), ({ light: { texts, width, buttonHeight, brokenDays } }) => {
      expect(texts.filter(({ isOutside }) => isOutside)).toEqual([])
      expect(width).toBe(SMALL_PHONE.width)
      expect(texts.filter(({ size }) => size < SMALLEST_TEXT)).toEqual([])
      expect(buttonHeight).toBeGreaterThanOrEqual(FINGER)
      expect(brokenDays).toEqual([])
    })
  })

  const expectReadable = ({ texts }: Measured) => {
    expect(texts.length).toBeGreaterThan(5)
    expect(texts.filter(({ contrast }) => contrast < READABLE)).toEqual([])
  }

  test.each(kinds)('%s is readable by day and by night', async (kind) => {
    checkEach(await lookAt(kind), ({ language, light, dark }) => {
      expectReadable(light)
      if (isTranslated({ language })) return
      if (!dark) throw new Error('not looked at by night')
      expectReadable(dark)
      expect(dark.texts[0]?.background).not.toEqual(light.texts[0]?.background)
    })
  })

  test.each(everyKind)('$kind runs, loads and links nothing that a name says', async (sample) => {
    const asked: string[] = []
    const note = (request: { url(): string }) => asked.push(request.url())
    unbranded.on('request', note)
    const shown = async (name: string) => {
      await unbranded.setContent(write(sample.kind, renamed(sample.props, name)).html)
      return unbranded.evaluate<string[]>(
        '[...document.querySelectorAll("[href], [src], script")].map(String)',
      )
    }
    const harmless = await shown('Plain')
    for (const name of codeFor(sample)) expect(await shown(name)).toEqual(harmless)
    unbranded.off('request', note)
    expect(asked).toEqual([])
  })
})
