// Every page of the console in a real browser: for assistive software, on a phone, in light and dark, and without a script.

import type { BrowserContextOptions } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { playStory } from '../../src/sandbox/story.ts'
import { faultsIn, installAxeForAll } from '../quality/axe.ts'
import { chromiumPath, launchShell, shareBrowser } from '../support/browser.ts'
import { messageOf } from '../support/mailed.ts'
import { PASSWORD, startWithConsole } from '../support/operator.ts'
import type { OnFinished } from '../support/process.ts'
import { share } from '../support/shared-system.ts'
import type { TestSystem } from '../support/system.ts'

const PHONE = { width: 360, height: 740 }
const DESK = { width: 1280, height: 900 }

/** Shared by the tests that need nothing else, so that they share a window. */
const AT_A_DESK = { viewport: DESK, permissions: ['clipboard-read', 'clipboard-write'] }

/** In a path, `MESSAGE` is the id of an order confirmation, and `EVENT` the path of its event. */
const PAGES = [
  ...['', '/messages', '/customers', '/events', '/suppressions', '/schedule', '/queues', '/work'],
  ...['/previews', '/previews/order_confirmation/en?view=text', '/actions', '/nowhere'],
  ...['/messages/MESSAGE?view=text', 'EVENT', 'EVENT/replay'],
  '/previews/order_confirmation/en?view=text&of=MESSAGE',
]

/** Axe cannot see what is behind a word of a drawing; it has the colour of every quiet word. */
const IN_A_CHART = /^color-contrast: .*<text /s

/** A month of a small shop: receipts, a bounce, and a failed payment with its reminders. */
const startShop = async (onFinished: OnFinished) => {
  const system = await startWithConsole({}, onFinished)
  await playStory(system.polarWorld)
  await system.polarWorld.scenario.purchase({ customer: { email: 'bounced@example.com' } })
  await system.settle()
  await system.advance(4 * DAY)
  return system
}

const orderConfirmation = ({ mails }: Pick<TestSystem, 'mails'>) => {
  const [mail] = mails('order_confirmation')
  if (!mail) throw new Error('no order confirmation was sent')
  return messageOf(mail)
}

describe.skipIf(!chromiumPath)('in Chromium', () => {
  const shared = share(startShop)
  const windowOf = shareBrowser(launchShell)

  const signIn = async (postern: string, options: BrowserContextOptions = AT_A_DESK) => {
    const page = await windowOf(options)
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('status of 404'))
        complaints.push(message.text())
    })
    await page.goto(`${postern}/console`)
    await page.fill('input[type=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${postern}/console`)
    return { page, complaints }
  }

  test('no page has a barrier for a screen reader or a keyboard, or a word that is hard to see, day and night; each fits a phone', async () => {
    const shop = shared()
    const { page, complaints } = await signIn(shop.postern)
    const message = orderConfirmation(shop)
    await page.goto(`${shop.postern}/console/messages/${message}`)
    const event = (await page.locator('.timeline a').first().getAttribute('href')) ?? ''
    const axe = await installAxeForAll(page)
    for (const pattern of PAGES) {
      const path = `/console${pattern.replace('MESSAGE', message)}`.replace('/consoleEVENT', event)
      await page.setViewportSize(DESK)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(shop.postern + path)
      const faults = await faultsIn(page, 'page')
      await page.emulateMedia({ colorScheme: 'dark' })
      faults.push(...(await faultsIn(page, 'colours')))
      expect([path, faults.filter((fault) => !IN_A_CHART.test(fault))]).toEqual([path, []])
      await page.setViewportSize(PHONE)
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      expect([path, width]).toEqual([path, PHONE.width])
    }
    await axe.dispose()
    await page.setViewportSize(DESK)
    await page.emulateMedia({ colorScheme: null })
    expect(complaints).toEqual([])
  })

  test('the email stands in a frame of no origin, where its button leads nowhere', async () => {
    const { postern, polarWorld, ...shop } = shared()
    const { page } = await signIn(postern)
    const path = `/console/messages/${orderConfirmation(shop)}`
    const before = polarWorld.sessions().length
    await page.goto(`${postern}${path}`)
    const frame = page.frameLocator('iframe.mail')
    await frame.getByText('Thank you for your order').waitFor()
    expect(await frame.locator('[href]').count()).toBe(0)
    await frame.getByText('View your order').click()
    const shown = page.frames().map((one) => new URL(one.url()).pathname)
    expect(shown).toEqual([path, `${path}/email.html`])
    expect(await page.frames().at(-1)?.evaluate<string>('self.origin')).toBe('null')
    expect(polarWorld.sessions()).toHaveLength(before)
  })

  test('on a phone, filters fold until one is chosen', async () => {
    const { postern } = shared()
    const { page } = await signIn(postern)
    await page.setViewportSize(PHONE)
    const state = page.getByLabel('State')
    await page.goto(`${postern}/console/messages`)
    expect(await state.isVisible()).toBe(false)
    await page.getByText('Filters', { exact: true }).click()
    await state.selectOption('bounced')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.waitForURL(/state=bounced/)
    expect(await state.isVisible()).toBe(true)
    await page.setViewportSize(DESK)
  })

  test('an id is copied, Escape closes an action, and opening one moves no column', async () => {
    const shop = shared()
    const { page } = await signIn(shop.postern)
    await page.goto(`${shop.postern}/console/messages?kind=order_confirmation`)
    await page.locator('tbody a').first().click()
    const id = page.locator('.id', { hasText: /^msg_/ })
    await page.getByRole('button', { name: `Copy ${await id.textContent()}` }).click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await id.textContent())

    const action = page.locator('.acts details', { hasText: 'Revoke its links' })
    await action.locator('summary').click()
    expect(await action.getAttribute('open')).not.toBeNull()
    await page.keyboard.press('Escape')
    expect(await action.getAttribute('open')).toBeNull()

    await page.goto(`${shop.postern}/console/suppressions`)
    const places = () =>
      page.evaluate<number[]>(
        "[...document.querySelectorAll('th')].map((one) => one.getBoundingClientRect().x)",
      )
    const before = await places()
    await page.locator('td summary').first().click()
    await page.getByRole('button', { name: 'Mail it again' }).first().waitFor()
    expect(await places()).toEqual(before)
  })

  test('without a script an operator signs in, finds a message, and sends it again', async () => {
    const shop = shared()
    const { page } = await signIn(shop.postern, { viewport: DESK, javaScriptEnabled: false })
    await page.fill('input[type=search]', 'theo.okafor@example.com')
    await page.keyboard.press('Enter')
    await page.getByText('Order confirmation').first().waitFor()
    expect(page.url()).not.toContain('okafor')
    await page.locator('summary', { hasText: 'Send with today’s template' }).click()
    await page.getByRole('button', { name: 'Send with today’s template' }).click()
    await page.getByText('It is sent again').waitFor()
    await shop.settle()
    const again = shop.mails('order_confirmation').filter(({ to }) => to[0]?.startsWith('theo'))
    expect(again).toHaveLength(2)
  })

  test('the page of long work reads itself again, keeps the focus, and outlasts a restart of Postern', async () => {
    const system = await startWithConsole()
    system.polarWorld.fault = () => ({ status: 503 })
    const { page } = await signIn(system.postern)
    await page.goto(`${system.postern}/console/work`)
    await page.locator('[name=since]').first().fill('2020-01-01T00:00')
    await page.getByRole('button', { name: 'Look for missed webhooks' }).click()
    await page.getByRole('button', { name: 'Stop' }).focus()
    await page.evaluate("location.hash = 'main'; window.isFirst = true")
    await page.getByRole('button', { name: 'Stop' }).focus()
    const read = async () => {
      await page.evaluate("document.getElementById('main').dataset.old = 'yes'")
      await page.locator('#main:not([data-old])').waitFor()
    }
    await page.route('**/console/work', (route) => route.fulfill({ status: 503 }), { times: 1 })
    await read()
    await page.getByText('Running', { exact: true }).waitFor()
    expect(await page.evaluate('window.isFirst')).toBe(true)
    expect(await page.getByRole('status').textContent()).toContain('takes it up within seconds')
    await page.keyboard.press('Enter')
    await page.getByText('Stopped', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
  })

  test('shows times as the browser’s clock has them, and in UTC where it is pointed at', async () => {
    const { postern } = shared()
    const { page } = await signIn(postern, { timezoneId: 'Asia/Tokyo', locale: 'en-GB' })
    await page.goto(`${postern}/console/messages`)
    const time = page.locator('time').first()
    const at = new Date((await time.getAttribute('datetime')) ?? '')
    const inTokyo = { timeZone: 'Asia/Tokyo' }
    const yearOf = (date: Date) => date.toLocaleString('en-GB', { year: 'numeric', ...inTokyo })
    const today = new Date(await page.evaluate<number>('Date.now()'))
    const shown = at.toLocaleString('en-GB', {
      ...{ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', ...inTokyo },
      ...(yearOf(at) !== yearOf(today) && { year: 'numeric' }),
    })
    expect(await time.textContent()).toBe(shown)
    expect(await time.getAttribute('title')).toBe(
      `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    )
  })
})
