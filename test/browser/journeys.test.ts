// A customer in a real browser: from the inbox through the link to the portal. Reported as skipped
// without a Chromium.

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { chromiumPath, launchBrowser, openWindow } from '../support/browser.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

describe.skipIf(!chromiumPath)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  const window = async () => {
    const context = await openWindow(browser)
    onTestFinished(() => context.close())
    return context
  }

  const text = async (page: Page, id: string) =>
    (await page.getByTestId(id).first().textContent()) ?? ''

  /**
   * A frame that is still loading may lose a click. Clicks again, at most twice, as a person would.
   */
  const clickThrough = async (inbox: Page, link: Locator): Promise<Page> => {
    for (let again = 2; ; again--) {
      const opened = inbox.context().waitForEvent('page', { timeout: 5000 })
      opened.catch(() => {}) // judged below
      await link.click()
      const page = await opened.catch((error: unknown) => {
        if (again === 0) throw error
      })
      if (page) return page
    }
  }

  /** Opens the newest email in the inbox and follows its button into a new tab. */
  const followButton = async (system: TestSystem, inbox: Page, button: string | RegExp) => {
    await inbox.goto(`${system.resend}/`)
    const link = inbox.frameLocator('iframe').first().getByRole('link', { name: button }).first()
    const page = await clickThrough(inbox, link)
    await page.waitForLoadState()
    return page
  }

  test('a purchase: inbox, click, the order in the portal; a second click is another session', async () => {
    const system = await startTestSystem()
    const bought = await system.polarWorld.scenario.purchase({
      customer: { email: 'theo@example.com' },
    })
    await system.theMail('order_confirmation')
    system.clock.advance(2 * MINUTE)
    const inbox = await (await window()).newPage()

    const first = await followButton(system, inbox, /order/i)
    expect(new URL(first.url()).pathname).toBe(`/larkspur/portal/orders/${bought.orderId}`)
    expect(await text(first, 'signed-in-as')).toContain('theo@example.com')
    expect(await text(first, 'order-status')).toMatch(/paid/i)

    const second = await followButton(system, inbox, /order/i)
    expect(await text(second, 'session')).not.toBe(await text(first, 'session'))
    expect(system.polarWorld.sessions()).toHaveLength(2)
  })

  test('right after the email there is a button; after one press the browser is known', async () => {
    const system = await startTestSystem()
    await system.polarWorld.scenario.purchase({ customer: { email: 'theo@example.com' } })
    const link = firstLink((await system.theMail('order_confirmation')).text)
    const context = await window()
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))

    await page.goto(link)
    expect(system.polarWorld.sessions()).toHaveLength(0)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(/\/larkspur\/portal\/orders\//)
    expect(await text(page, 'signed-in-as')).toContain('theo@example.com')
    expect(complaints.filter((complaint) => /Content Security Policy/i.test(complaint))).toEqual([])

    const known = await context.newPage()
    await known.goto(link)
    expect(known.url()).toContain('/larkspur/portal/orders/')
    const stranger = await (await window()).newPage()
    await stranger.goto(link)
    expect(stranger.url()).toBe(link)
  })

  test('a customer replaces the card from the failed-payment email, and is active again', async () => {
    const system = await startTestSystem()
    const failed = await system.polarWorld.scenario.failRenewal({
      customer: { email: 'aiko@example.com' },
      product: { name: 'Studio Plan' },
    })
    await system.theMail('subscription_past_due')
    system.clock.advance(2 * MINUTE)
    const page = await followButton(system, await (await window()).newPage(), /payment/i)
    expect(new URL(page.url()).pathname).toBe(`/larkspur/portal/orders/${failed.orderId}`)
    expect(await text(page, 'order-status')).toMatch(/pending/i)

    await page.getByTestId('retry-payment').first().click()
    await page.waitForLoadState()
    expect(await text(page, 'order-status')).toMatch(/pending/i)

    await page.goto(page.url().replace(/\/orders\/[^?]+/, '/settings'))
    await page.getByTestId('add-payment-method').first().click()
    await page.waitForLoadState()
    await page.goto(page.url().replace(/\/portal\/[^?]+/, `/portal/orders/${failed.orderId}`))
    expect(await text(page, 'order-status')).toMatch(/paid/i)

    await system.settle()
    expect(system.mails().map(({ tags }) => tags[0]?.value)).toEqual([
      'payment_recovered',
      'subscription_past_due',
    ])
  })

  test('an expired link leads to the sign-in page with the address, and the code signs in', async () => {
    const system = await startTestSystem()
    await system.polarWorld.scenario.purchase({ customer: { email: 'theo@example.com' } })
    const link = firstLink((await system.theMail('order_confirmation')).text)
    system.clock.advance(91 * 24 * 60 * MINUTE)
    const page = await (await window()).newPage()
    await page.goto(link)
    expect(await page.getByTestId('sign-in-email').inputValue()).toBe('theo@example.com')
    await page.getByTestId('sign-in-email').press('Enter')
    await page.waitForLoadState()
    const code = (await text(page, 'sign-in-code-hint')).match(/\b[A-Z0-9]{6}\b/)?.[0] ?? ''
    await page.getByRole('textbox').first().fill(code)
    await page.getByRole('textbox').first().press('Enter')
    await page.getByTestId('signed-in-as').first().waitFor()
    expect(await text(page, 'signed-in-as')).toContain('theo@example.com')
  })
})
