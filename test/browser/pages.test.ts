// The pages of a link in a real browser, with assistive software, on a phone and with a keyboard.
// Reported as skipped without a Chromium.

import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contrast } from '../../emails/_kit/colour.ts'
import { exampleBrand } from '../../emails/brand.example.ts'
import { type Brand, createBrand, defaultBrand } from '../../emails/index.ts'
import { type Language, languages } from '../../emails/words/index.ts'
import { createPages } from '../../src/links/page.ts'
import { visit } from '../../src/sandbox/person.ts'
import { faultsIn, installAxe } from '../quality/axe.ts'
import { chromiumPath, launchShell } from '../support/browser.ts'
import { startTestSystem } from '../support/system.ts'

const measuring = readFileSync(new URL('../quality/measure.js', import.meta.url), 'utf8')

/** The texts of a page as measured by `measure.js`, and its width in CSS pixels. */
type Measured = {
  texts: { words: string; contrast: number; size: number; isOutside: boolean }[]
  width: number
}
type Which = 'continue' | 'continueAgain' | 'gone' | 'busy'

const NONCE = `mgx3k2a1q.${'Ab-_'.repeat(13)}`
const SIGN_IN = 'https://polar.example.com/larkspur/portal/request'
const LINK = 'https://links.example.com/l/pstn_example'

const SMALL_PHONE = { width: 320, height: 640 }
const FINGER = 44
const SMALLEST_TEXT = 14
const READABLE = 4.5
const DISCERNIBLE = 3

const whiches: Which[] = ['continue', 'continueAgain', 'gone', 'busy']
const schemes = ['light', 'dark'] as const
const everyPage = (Object.keys(languages) as Language[]).flatMap((language, row) =>
  whiches.map((which, at) => ({
    ...{ language, which },
    brand: (row + at) % 2 ? exampleBrand : defaultBrand,
  })),
)

/** A name without a line break opportunity, and the roundest corners. */
const unwieldy = createBrand({ name: 'Wm'.repeat(30), radius: 32, font: ['serif'] })
const brands = { default: defaultBrand, example: exampleBrand, unwieldy }

const accents = [
  ...['#000', '#fff', '#ff0000', '#00ff00', '#0000ff', '#ffdd00', '#1e1b4b', '#4f46e5', '#767676'],
  ...['#777777', '#808080', '#e11d48', '#f97316', '#fde68a', '#d1fae5', '#0ea5e9', '#18181b'],
]

/** Converts `rgb(24, 24, 27)` to `#18181b`. */
const hexOf = (colour: string | undefined) =>
  `#${(colour?.match(/\d+/g) ?? [])
    .map((channel) => Number(channel).toString(16).padStart(2, '0'))
    .join('')}`

/** The computed style of the first such element. */
const styled = (page: Page, selector: string, property: string) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}'))['${property}']`)

const colourOf = async (page: Page, selector: string, property = 'backgroundColor') =>
  hexOf(await styled(page, selector, property))

const written = (brand: Brand, which: Which, language: Language) => {
  const pages = createPages(brand)
  const isAsking = which === 'continue' || which === 'continueAgain'
  const page = pages[which](language, isAsking ? NONCE : SIGN_IN)
  return { html: String(page), style: pages.style }
}

describe.skipIf(!chromiumPath)('in Chromium', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchShell()
    page = await (await browser.newContext({ viewport: SMALL_PHONE })).newPage()
    await installAxe(page)
  })
  afterAll(() => browser.close())

  const open = (brand: Brand, which: Which, language: Language) =>
    page.setContent(written(brand, which, language).html)
  /** Shows a page and waits until everything has appeared. */
  const show = async (brand: Brand, which: Which, language: Language) => {
    await open(brand, which, language)
    await page.evaluate('document.getAnimations().forEach((one) => one.finish())')
  }
  const measure = () => page.evaluate<Measured>(measuring)

  /** Runs a check in each colour scheme. */
  const inBothSchemes = async (look: (scheme: 'light' | 'dark') => Promise<void>) => {
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme })
      await look(scheme)
    }
    await page.emulateMedia({ colorScheme: null })
  }

  // Languages differ in words, which axe does not read, and in direction.
  const directions = whiches.flatMap((which) => [
    { which, language: 'en' as const, brand: defaultBrand },
    { which, language: 'ar' as const, brand: exampleBrand },
  ])
  test.each(directions)('$which in $language passes axe', async ({ which, language, brand }) => {
    await show(brand, which, language)
    await inBothSchemes(async (scheme) => {
      expect(await faultsIn(page, scheme === 'light' ? 'page' : 'colours'), scheme).toEqual([])
    })
  })

  test.each(everyPage)(
    '$which in $language fits a small phone, with text twice as large too',
    async ({ which, language, brand }) => {
      for (const each of [unwieldy, brand]) {
        await show(each, which, language)
        for (const size of ['100%', '200%']) {
          await page.evaluate(`document.documentElement.style.fontSize = '${size}'`)
          const { texts, width } = await measure()
          expect(width).toBe(SMALL_PHONE.width)
          expect(texts.filter(({ isOutside }) => isOutside)).toEqual([])
          expect(texts.filter((text) => text.size < SMALLEST_TEXT)).toEqual([])
          const way = await page.locator('.go').boundingBox()
          expect(way?.height).toBeGreaterThanOrEqual(FINGER)
          expect(way?.width).toBeGreaterThanOrEqual(200)
        }
      }
    },
  )

  test.each(accents)(
    'the accent %s leaves every text readable and the button visible',
    async (accent) => {
      const brand = createBrand({ accent })
      await show(brand, 'continue', 'en')
      await inBothSchemes(async (scheme) => {
        const { texts } = await measure()
        expect(texts.map(({ words }) => words)).toContain('Continue')
        expect(texts.filter(({ contrast }) => contrast < READABLE)).toEqual([])
        const edge = await colourOf(page, '.go', 'borderTopColor')
        expect(contrast(edge, brand.colours[scheme].card)).toBeGreaterThanOrEqual(DISCERNIBLE)
      })
    },
  )

  test.each(Object.entries(brands))('the %s brand looks as in its emails', async (_, brand) => {
    await show(brand, 'gone', 'en')
    await inBothSchemes(async (scheme) => {
      const { page: ground, card, ink } = brand.colours[scheme]
      expect(await colourOf(page, 'body')).toBe(ground)
      expect(await colourOf(page, '.card')).toBe(card)
      expect(await colourOf(page, 'h1', 'color')).toBe(ink)
      expect(await colourOf(page, '.go')).toBe(brand.accent[scheme].fill)
      expect(await styled(page, '.card', 'borderTopLeftRadius')).toBe(`${brand.radius}px`)
    })
  })

  test.each(whiches)('%s has the landmarks that a screen reader expects', async (which) => {
    await show(exampleBrand, which, 'en')
    expect(await page.locator('body').ariaSnapshot()).toMatch(
      /^- banner: Larkspur Audio\n- main:\n {2}- heading "[^"]+" \[level=1\]\n {2}- paragraph: /,
    )
  })

  test('the button or link is the first tab stop, and shows its focus', async () => {
    for (const which of whiches) {
      await show(exampleBrand, which, 'en')
      await page.keyboard.press('Tab')
      expect(await styled(page, '.go:focus-visible', 'outlineStyle')).toBe('solid')
      const ring = await colourOf(page, '.go:focus-visible', 'outlineColor')
      expect(contrast(ring, exampleBrand.colours.light.card)).toBeGreaterThanOrEqual(DISCERNIBLE)
    }
  })

  test('the second button appears after two seconds, for a screen reader and a keyboard too', async () => {
    await open(exampleBrand, 'continueAgain', 'en')
    const duration = 'document.getAnimations().map((one) => one.effect.getTiming().duration)'
    expect(await page.evaluate(duration)).toEqual([2000])
    await page.evaluate('document.getAnimations().forEach((one) => one.pause())')
    const button = page.getByRole('button', { name: 'Continue' })
    expect(await button.count()).toBe(0)
    expect(await faultsIn(page, 'page')).toEqual([])
    await page.evaluate('document.getAnimations().forEach((one) => one.finish())')
    expect(await button.count()).toBe(1)
    await page.keyboard.press('Tab')
    expect(await styled(page, '.go:focus-visible', 'outlineStyle')).toBe('solid')
  })

  test('a button is recognizable in forced colours', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    for (const which of whiches) {
      await show(exampleBrand, which, 'en')
      const edge = await colourOf(page, '.go', 'borderTopColor')
      expect(contrast(edge, await colourOf(page, '.card'))).toBeGreaterThanOrEqual(DISCERNIBLE)
      const { texts } = await measure()
      expect(texts.filter((text) => text.contrast < READABLE)).toEqual([])
    }
    await page.emulateMedia({ forcedColors: null })
  })

  test('the pages keep to the policy, and the press sends its nonce', async () => {
    const system = await startTestSystem()
    const { headers } = await visit(`${system.postern}/l/unknown`)
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain(createPages(defaultBrand).style)

    const window = await (await browser.newContext()).newPage()
    const complaints: string[] = []
    const asked: string[] = []
    window.on('console', (message) => complaints.push(message.text()))
    window.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
    let body = ''
    let style = ''
    let posted: string | null = null
    await window.route('**', (route) => {
      posted = route.request().postData() ?? posted
      const of = policy.replace(/'sha256-[^']+'/, () => style)
      return route.fulfill({
        contentType: 'text/html; charset=UTF-8',
        headers: { 'content-security-policy': of },
        body,
      })
    })

    for (const brand of [defaultBrand, exampleBrand])
      for (const which of whiches) {
        ;({ html: body, style } = written(brand, which, 'en'))
        await window.goto(LINK)
        expect(await colourOf(window, 'body')).toBe(brand.colours.light.page)
      }
    expect(asked).toEqual(Array(2 * whiches.length).fill(`GET ${LINK}`))

    ;({ html: body, style } = written(exampleBrand, 'continue', 'en'))
    await window.goto(LINK)
    await window.keyboard.press('Tab')
    await window.keyboard.press('Enter')
    await expect.poll(() => posted).toBe(new URLSearchParams({ nonce: NONCE }).toString())
    expect(asked.at(-1)).toBe(`POST ${LINK}`)
    expect(complaints).toEqual([])
    await window.context().close()
  })
})
