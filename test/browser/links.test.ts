// A mailed link in a real browser: the Continue page, the sign-in, and the pages of a revoked or
// forged link. Reported as skipped without a Chromium.

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { chromiumPath, launchBrowser, shareBrowser } from '../support/browser.ts'
import { mailed, minted, settledIn } from '../support/links.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, linksIn, type TestSystem } from '../support/system.ts'

const API_TOKEN = 'a-token-of-the-test-backend'

const call = async (system: TestSystem, method: string, path: string, body?: object) => {
  const answer = await visit(`${system.postern}${path}`, {
    method,
    headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return answer.body === '' ? {} : JSON.parse(answer.body)
}

describe.skipIf(!chromiumPath)('in Chromium', () => {
  const shared = shareSystem({ environment: { API_TOKEN } })
  /** A browser in which nobody has pressed. */
  const someone = shareBrowser(launchBrowser)

  /** A purchase of a new customer, and the link in its email. */
  const bought = async () => {
    const system = shared()
    const email = newAddress()
    return { system, email, ...(await mailed(system, email)) }
  }

  const signedInAs = async (page: Page) => {
    await page.waitForURL(/\/larkspur\/portal\//)
    return (await page.getByTestId('signed-in-as').first().textContent()) ?? ''
  }
  const press = (page: Page, name = 'Continue') => page.getByRole('button', { name }).click()

  test('right after the email: Continue, one press, the portal; from then on this browser goes straight through', async () => {
    const { system, customerId, email, orderId, link } = await bought()
    const page = await someone()
    await page.goto(link)
    await page.getByRole('heading', { name: 'Continue to your billing portal' }).waitFor()
    expect(minted(system, customerId)).toBe(0)
    await press(page)
    expect(await signedInAs(page)).toContain(email)
    expect(new URL(page.url()).pathname).toBe(`/larkspur/portal/orders/${orderId}`)

    await system.polarWorld.scenario.subscribe({ customer: { id: customerId, email } })
    await system.settle()
    const next = system
      .mails('subscription_confirmation')
      .find(({ to }) => to.join().includes(email))
    await page.goto(firstLink(next?.text ?? null))
    expect(await signedInAs(page)).toContain(email)
    expect(new URL(page.url()).pathname).toMatch(/\/larkspur\/portal\/subscriptions\//)
    await page.goto(link)
    expect(new URL(page.url()).pathname).toBe(`/larkspur/portal/orders/${orderId}`)
    expect(minted(system, customerId)).toBe(3)

    await page.context().clearCookies() // a browser that is not known
    await page.goto(link)
    expect(page.url()).toBe(link)
    expect(minted(system, customerId)).toBe(3)
  })

  test('a headless Chromium: Continue, even hours later', async () => {
    const { system, customerId, link } = await settledIn(shared())
    const page = await someone({ userAgent: '' }) // its own
    await page.goto(link)
    expect(await page.evaluate('navigator.userAgent')).toContain('HeadlessChrome')
    expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(1)
    expect(minted(system, customerId)).toBe(0)
  })

  test('Continue works without JavaScript, and with the keyboard', async () => {
    const { system, customerId, email, link } = await bought()
    const page = await someone({ javaScriptEnabled: false })
    await page.goto(link)
    await page.getByRole('button', { name: 'Continue' }).press('Enter')
    expect(await signedInAs(page)).toContain(email)
    expect(minted(system, customerId)).toBe(1)
  })

  test('while a mail gateway still scans: a second button, without JavaScript and with the keyboard too', async () => {
    const system = shared()
    const email = newAddress('gateway.example.com')
    const { customerId, link } = await mailed(system, email)
    const page = await someone({ javaScriptEnabled: false })
    await page.goto(link)
    await press(page)
    await page.getByRole('heading', { name: 'Press once more' }).waitFor()
    expect(minted(system, customerId)).toBe(0)
    const button = page.getByRole('button', { name: 'Continue' })
    await button.waitFor()
    await button.press('Enter')
    expect(await signedInAs(page)).toContain(email)
    expect(minted(system, customerId)).toBe(1)
    await page.goto(link)
    expect(await signedInAs(page)).toContain(email)
  })

  test('going back from the portal and forward again does no harm', async () => {
    const { email, link } = await bought()
    const page = await someone()
    await page.goto(link)
    await press(page)
    expect(await signedInAs(page)).toContain(email)
    // The page is not cached, and the browser is known by now, so back leads to the portal too.
    await page.goBack()
    expect(await signedInAs(page)).toContain(email)
    await page.reload()
    expect(await signedInAs(page)).toContain(email)
    await page.goto(link)
    expect(await signedInAs(page)).toContain(email)
  })

  test('two presses at once lead to the portal all the same', async () => {
    const { system, customerId, email, link } = await bought()
    const page = await someone()
    await page.goto(link)
    const button = page.getByRole('button', { name: 'Continue' })
    // Both in the same tick, because a slower second press would meet the portal.
    await button.evaluate((element: unknown) => {
      const { click } = element as { click: () => void }
      for (let n = 0; n < 2; n++) click.call(element)
    })
    expect(await signedInAs(page)).toContain(email)
    expect(minted(system, customerId)).toBeLessThanOrEqual(2)
  })

  test('a page left open for an hour still works, and one pressed twice in two tabs too', async () => {
    const { system, email, link } = await bought()
    const page = await someone()
    await page.goto(link)
    const other = await page.context().newPage()
    await other.goto(link)
    system.clock.advance(60 * MINUTE)
    for (const tab of [page, other]) {
      await press(tab)
      expect(await signedInAs(tab)).toContain(email)
    }
  })

  test("a link of the merchant's app signs in at once", async () => {
    const { system, customerId, email } = await bought()
    const { url } = await call(system, 'POST', '/api/links', { customer_id: customerId })
    const page = await someone()
    await page.goto(url)
    expect(await signedInAs(page)).toContain(email)
    expect(minted(system, customerId)).toBe(1)
  })

  test('a link that was revoked says so, and its button leads to the sign-in page', async () => {
    const { system, customerId, link } = await bought()
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
    expect(minted(system, customerId)).toBe(0)
  })

  test("the pages are in the email's language; a forged link's page is in the browser's", async () => {
    const system = shared()
    const email = newAddress()
    const { customerId, mail, link } = await mailed(system, { email, locale: 'de-AT' })
    const page = await someone({ locale: 'fr-FR' })
    await page.goto(link)
    expect(await page.locator('html').getAttribute('lang')).toMatch(/^de/)
    await page.getByRole('heading', { name: 'Weiter zu Ihrem Kundenportal' }).waitFor()
    await press(page, 'Weiter')
    expect(await signedInAs(page)).toContain(email)

    await call(system, 'DELETE', `/api/customers/${customerId}/links`)
    await page.goto(linksIn(mail.text).at(-1) ?? '')
    await page.getByRole('link', { name: 'Zur Anmeldung' }).waitFor()
    const forged = await page.goto(`${link}x`)
    expect(forged?.status()).toBe(404)
    await page.getByRole('link', { name: 'Aller à la page de connexion' }).waitFor()
  })

  test('no page violates its Content-Security-Policy, or loads anything else', async () => {
    const { system, customerId, email, link } = await bought()
    const page = await someone()
    const complaints: string[] = []
    const asked: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(link)
    await press(page)
    expect(await signedInAs(page)).toContain(email)
    await call(system, 'DELETE', `/api/customers/${customerId}/links`)
    await page.goto(link)
    expect(complaints.filter((text) => /Content Security Policy/i.test(text))).toEqual([])
    const ours = asked.filter(
      (path) => !path.startsWith('/larkspur/') && !path.startsWith('/files/'),
    )
    expect(new Set(ours)).toEqual(new Set([new URL(link).pathname]))
  })
})
