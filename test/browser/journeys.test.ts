// A customer in a real browser: from the inbox through the link to the portal. Reported as skipped
// without a Chromium.

import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { chromiumPath, launchBrowser, shareBrowser } from '../support/browser.ts'
import { firstLink, startTestSystem } from '../support/system.ts'

describe.skipIf(!chromiumPath)('in Chromium', () => {
  /** A browser in which nobody has pressed. */
  const someone = shareBrowser(launchBrowser)

  const text = async (page: Page, id: string) =>
    (await page.getByTestId(id).first().textContent()) ?? ''

  /** A frame that is still loading may lose a click. Clicks again, at most twice, as a person would. */
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

  test('a purchase: inbox, click, the order in the portal; a second click is another session', async () => {
    const system = await startTestSystem()
    const bought = await system.polarWorld.scenario.purchase({
      customer: { email: 'theo@example.com' },
    })
    await system.theMail('order_confirmation')
    system.clock.advance(2 * MINUTE)
    const inbox = await someone()
    await inbox.goto(`${system.resend}/`)
    const button = inbox
      .frameLocator('iframe')
      .first()
      .getByRole('link', { name: /order/i })
      .first()
    const page = await clickThrough(inbox, button)
    await page.waitForLoadState()
    expect(new URL(page.url()).pathname).toBe(`/larkspur/portal/orders/${bought.orderId}`)
    expect(await text(page, 'signed-in-as')).toContain('theo@example.com')
    expect(await text(page, 'order-status')).toMatch(/paid/i)

    const first = await text(page, 'session')
    await page.goto((await button.getAttribute('href')) ?? '')
    expect(await text(page, 'session')).not.toBe(first)
    expect(system.polarWorld.sessions()).toHaveLength(2)
  })

  test('a customer replaces the card from the failed-payment email, and is active again', async () => {
    const system = await startTestSystem()
    const failed = await system.polarWorld.scenario.failRenewal({
      customer: { email: 'aiko@example.com' },
      product: { name: 'Studio Plan' },
    })
    const mail = await system.theMail('subscription_past_due')
    system.clock.advance(2 * MINUTE)
    const page = await someone()
    await page.goto(firstLink(mail.text))
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
    const page = await someone()
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
