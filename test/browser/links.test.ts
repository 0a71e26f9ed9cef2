// A mailed link in a real browser: the Continue page, the sign-in, and the pages of a revoked or
// forged link. Reported as skipped without a Chromium.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { agentOf, chromiumPath, launchBrowser } from '../support/browser.ts'
import { mailed, minted, settled } from '../support/links.ts'
import { firstLink, linksIn, startTestSystem, type TestSystem } from '../support/system.ts'

const API_TOKEN = 'a-token-of-the-test-backend'

const startApiSystem = () => startTestSystem({ environment: { API_TOKEN } })

const call = async (system: TestSystem, method: string, path: string, body?: object) => {
  const answer = await visit(`${system.postern}${path}`, {
    method,
    headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return answer.body === '' ? {} : JSON.parse(answer.body)
}

describe.skipIf(!chromiumPath)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  /** A new browser, in which nobody has pressed. */
  const someone = async (options: BrowserContextOptions = {}) => {
    const userAgent = agentOf(browser)
    const context = await browser.newContext({ userAgent, locale: 'en-US', ...options })
    onTestFinished(() => context.close())
    return context.newPage()
  }

  const signedInAs = async (page: Page) => {
    await page.waitForURL(/\/larkspur\/portal\//)
    return (await page.getByTestId('signed-in-as').first().textContent()) ?? ''
  }
  const press = (page: Page, name = 'Continue') => page.getByRole('button', { name }).click()

  test('right after the email: Continue, one press, the portal; the next email opens at once', async () => {
    const system = await startTestSystem()
    const { customerId, orderId, mail } = await mailed(system)
    const inbox = await someone()
    await inbox.setContent(mail.html ?? '')
    const [page] = await Promise.all([
      inbox.context().waitForEvent('page'),
      inbox.getByRole('link', { name: /order/i }).first().click(),
    ])
    await page.getByRole('heading', { name: 'Continue to your billing portal' }).waitFor()
    expect(minted(system)).toBe(0)
    await press(page)
    expect(await signedInAs(page)).toContain('theo@example.com')
    expect(new URL(page.url()).pathname).toBe(`/larkspur/portal/orders/${orderId}`)

    await system.polarWorld.scenario.subscribe({ customer: { id: customerId } })
    const second = firstLink((await system.theMail('subscription_confirmation')).text)
    await page.goto(second)
    expect(await signedInAs(page)).toContain('theo@example.com')
    expect(new URL(page.url()).pathname).toMatch(/\/larkspur\/portal\/subscriptions\//)
    expect(minted(system)).toBe(2)
  })

  test('a headless Chromium: Continue, even hours later', async () => {
    const { system, link } = await settled()
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(link)
    expect(await page.evaluate('navigator.userAgent')).toContain('HeadlessChrome')
    expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(1)
    expect(minted(system)).toBe(0)
  })

  test('Continue works without JavaScript, and with the keyboard', async () => {
    const system = await startTestSystem()
    const { link } = await mailed(system)
    const page = await someone({ javaScriptEnabled: false })
    await page.goto(link)
    await page.getByRole('button', { name: 'Continue' }).press('Enter')
    expect(await signedInAs(page)).toContain('theo@example.com')
    expect(minted(system)).toBe(1)
  })

  test('while a mail gateway still scans: a second button, without JavaScript and with the keyboard too', async () => {
    const system = await startTestSystem()
    await system.polarWorld.scenario.purchase({ customer: { email: 'theo@gateway.example.com' } })
    const link = firstLink((await system.theMail('order_confirmation')).text)
    const page = await someone({ javaScriptEnabled: false })
    await page.goto(link)
    await press(page)
    await page.getByRole('heading', { name: 'Press once more' }).waitFor()
    expect(minted(system)).toBe(0)
    const button = page.getByRole('button', { name: 'Continue' })
    await button.waitFor()
    await button.press('Enter')
    expect(await signedInAs(page)).toContain('theo@gateway.example.com')
    expect(minted(system)).toBe(1)
    await page.goto(link)
    expect(await signedInAs(page)).toContain('theo@gateway.example.com')
  })

  test('going back from the portal and forward again does no harm', async () => {
    const system = await startTestSystem()
    const { link } = await mailed(system)
    const page = await someone()
    await page.goto(link)
    await press(page)
    expect(await signedInAs(page)).toContain('theo@example.com')
    // The page is not cached, and the browser is known by now, so back leads to the portal too.
    await page.goBack()
    expect(await signedInAs(page)).toContain('theo@example.com')
    await page.reload()
    expect(await signedInAs(page)).toContain('theo@example.com')
    await page.goto(link)
    expect(await signedInAs(page)).toContain('theo@example.com')
  })

  test('two presses at once lead to the portal all the same', async () => {
    const system = await startTestSystem()
    const { link } = await mailed(system)
    const page = await someone()
    await page.goto(link)
    const button = page.getByRole('button', { name: 'Continue' })
    // Both in the same tick, because a slower second press would meet the portal.
    await button.evaluate((element: unknown) => {
      const { click } = element as { click: () => void }
      for (let n = 0; n < 2; n++) click.call(element)
    })
    expect(await signedInAs(page)).toContain('theo@example.com')
    expect(minted(system)).toBeLessThanOrEqual(2)
  })

  test('a page left open for an hour still works, and one pressed twice in two tabs too', async () => {
    const system = await startTestSystem()
    const { link } = await mailed(system)
    const page = await someone()
    await page.goto(link)
    const other = await page.context().newPage()
    await other.goto(link)
    system.clock.advance(60 * MINUTE)
    for (const tab of [page, other]) {
      await press(tab)
      expect(await signedInAs(tab)).toContain('theo@example.com')
    }
  })

  test("a link of the merchant's app signs in at once", async () => {
    const system = await startApiSystem()
    const { customerId } = await mailed(system)
    const { url } = await call(system, 'POST', '/api/links', { customer_id: customerId })
    const page = await someone()
    await page.goto(url)
    expect(await signedInAs(page)).toContain('theo@example.com')
    expect(minted(system)).toBe(1)
  })

  test('a link that was revoked says so, and its button leads to the sign-in page', async () => {
    const system = await startApiSystem()
    const { customerId, link } = await mailed(system)
    const page = await someone()
    await page.goto(link)
    await call(system, 'DELETE', `/api/customers/${customerId}/links`)
    // The page that was open before the revocation leads no further.
    await press(page)
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
    expect(await page.content()).not.toContain('example.com')
    const response = await page.goto(link)
    expect(response?.status()).toBe(410)
    const button = page.getByRole('link', { name: 'Go to the sign-in page' })
    expect(await button.getAttribute('href')).toBe(`${system.polar}/larkspur/portal/request`)
    await button.click()
    await page.getByTestId('sign-in-email').waitFor()
    expect(new URL(page.url()).pathname).toBe('/larkspur/portal/request')
    expect(await page.getByTestId('sign-in-email').inputValue()).toBe('')
    expect(minted(system)).toBe(0)
  })

  test("the pages are in the email's language; a forged link's page is in the browser's", async () => {
    const system = await startApiSystem()
    const { customerId } = await system.polarWorld.scenario.purchase({
      customer: { email: 'jana@example.com', locale: 'de-AT' },
    })
    const mail = await system.theMail('order_confirmation')
    const link = firstLink(mail.text)
    const page = await someone({ locale: 'fr-FR' })
    await page.goto(link)
    expect(await page.locator('html').getAttribute('lang')).toMatch(/^de/)
    await page.getByRole('heading', { name: 'Weiter zu Ihrem Kundenportal' }).waitFor()
    await press(page, 'Weiter')
    expect(await signedInAs(page)).toContain('jana@example.com')

    await call(system, 'DELETE', `/api/customers/${customerId}/links`)
    await page.goto(linksIn(mail.text).at(-1) ?? '')
    await page.getByRole('link', { name: 'Zur Anmeldung' }).waitFor()
    const forged = await page.goto(`${link}x`)
    expect(forged?.status()).toBe(404)
    await page.getByRole('link', { name: 'Aller à la page de connexion' }).waitFor()
  })

  test('no page violates its Content-Security-Policy, or loads anything else', async () => {
    const system = await startApiSystem()
    const { customerId, link } = await mailed(system)
    const page = await someone()
    const complaints: string[] = []
    const asked: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(link)
    await press(page)
    expect(await signedInAs(page)).toContain('theo@example.com')
    await call(system, 'DELETE', `/api/customers/${customerId}/links`)
    await page.goto(link)
    expect(complaints.filter((text) => /Content Security Policy/i.test(text))).toEqual([])
    const ours = asked.filter(
      (path) => !path.startsWith('/larkspur/') && !path.startsWith('/files/'),
    )
    expect(new Set(ours)).toEqual(new Set([new URL(link).pathname]))
  })
})
