// The pages about messages and events in a real browser: the email in its frame, and assistive software.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { faultsIn, installAxe } from '../quality/axe.ts'
import { chromiumPath, launchShell, openWindow } from '../support/browser.ts'
import { bought, messageOf } from '../support/mailed.ts'
import { PASSWORD, startWithConsole } from '../support/operator.ts'

describe.skipIf(!chromiumPath)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchShell()
  })
  afterAll(() => browser.close())

  /** A window in which an operator has signed in, after one purchase. */
  const signedInWindow = async () => {
    const system = await startWithConsole()
    const { mail } = await bought(system, 'mara.lindqvist@example.com')
    const window = await openWindow(browser)
    onTestFinished(() => window.close())
    const page = await window.newPage()
    await page.goto(`${system.postern}/console/messages`)
    await page.fill('input[type=password]', PASSWORD)
    await page.click('button.primary')
    return { system, page, path: `/console/messages/${messageOf(mail)}` }
  }

  test('the email stands in a frame of no origin, where its button leads nowhere', async () => {
    const { system, page, path } = await signedInWindow()
    await page.goto(`${system.postern}${path}`)
    const frame = page.frameLocator('iframe.mail')
    await frame.getByText('Thank you for your order').waitFor()
    expect(await frame.locator('[href]').count()).toBe(0)
    await frame.getByText('View your order').click()
    const shown = page.frames().map((one) => new URL(one.url()).pathname)
    expect(shown).toEqual([path, `${path}/email.html`])
    expect(await page.frames().at(-1)?.evaluate<string>('self.origin')).toBe('null')
    expect(system.polarWorld.sessions()).toEqual([])
  })

  test('a screen reader and a keyboard meet no barrier', async () => {
    const { system, page, path } = await signedInWindow()
    const event = await page
      .goto(`${system.postern}${path}`)
      .then(async () => page.locator('.timeline a').first().getAttribute('href'))
    const paths = [
      ...['/console/messages', `${path}?view=text`],
      ...['/console/events', `${event}`, `${event}/replay`],
      path.replace('messages/', 'previews/order_confirmation/en?view=text&of='),
    ]
    for (const one of paths) {
      await page.goto(`${system.postern}${one}`)
      await installAxe(page)
      expect([one, await faultsIn(page, 'page')]).toEqual([one, []])
    }
  })
})
