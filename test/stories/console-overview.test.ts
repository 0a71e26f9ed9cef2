// The console's first page: what needs attention, all mail held and released, and the figures of a period.

import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ofScopes } from '../../src/doctor/scopes.ts'
import { createKeptFindings } from '../../src/doctor/store.ts'
import { createDue } from '../../src/redis/due.ts'
import { WATCH_KEY } from '../../src/redis/keys.ts'
import { createPause } from '../../src/resend/pause.ts'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { BACKFILL, shardIdOf } from '../../src/schedule/entries.ts'
import { createPaymentCounts } from '../../src/schedule/payment-counts.ts'
import type { FindingName } from '../../src/watch/finding.ts'
import { inspect } from '../support/mailed.ts'
import { type Operator, PASSWORD, signedIn, startWithConsole, submit } from '../support/operator.ts'
import { startReceiver } from '../support/receiver.ts'
import { shareSystem } from '../support/shared-system.ts'
import type { TestSystem } from '../support/system.ts'

const PATH = '/console'

const start = async (options: Parameters<typeof startWithConsole>[0] = {}) => {
  const system = await startWithConsole({ ...options })
  return { system, operator: await signedIn(system) }
}

/** For tests that hold no mail and change no account. */
const shared = shareSystem({ environment: { CONSOLE_PASSWORD: PASSWORD } })

const atConsole = async () => ({ system: shared(), operator: await signedIn(shared()) })

/** The lines that the page lists, as text. */
const linesOf = async ({ read }: Pick<Operator, 'read'>) => {
  const { status, body } = await read(PATH)
  expect(status).toBe(200)
  const list = /<ul class="attention">(.*?)<\/ul>/s.exec(body)?.[1] ?? ''
  return [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line = '']) =>
    line
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
}

const pauseOf = (system: TestSystem) => createPause({ redis: inspect(system), clock: system.clock })

const buy = async ({ polarWorld, settle }: TestSystem, email: string) => {
  await polarWorld.scenario.purchase({ customer: { email } })
  await settle()
}

test('says so where nothing needs attention', async () => {
  const { system, operator } = await start()
  await buy(system, 'ann@example.com')
  expect(await operator.text(PATH)).toContain('Nothing needs your attention')
  expect(await linesOf(operator)).toEqual([])
  expect(await operator.text(PATH)).toMatch(
    /Good to know No email for it \d+ events? in the last 7 days/,
  )
})

test('checks the configuration at a press, once a minute, and lists what is wrong', async () => {
  const { system, operator } = await start()
  system.resendWorld.changeDomain({ click_tracking: true })
  expect(await operator.text(PATH)).toContain('Nobody has checked all of it yet.')
  const checked = await operator.press(PATH, 'Check now')
  expect(await operator.text(PATH)).toMatch(/All of it was checked last 2\d{3}-/)
  expect(checked.body).toMatch(/The configuration was checked: \d+ findings?\. See /)
  expect(await linesOf(operator)).toContainEqual(
    expect.stringMatching(/^Configuration Resend tracks clicks/),
  )
  expect((await operator.press(PATH, 'Check now')).body).toMatch(
    /was checked less than a minute ago\. Try again in \d+ seconds/,
  )
  const actions = await operator.text('/console/actions')
  expect(actions.match(/configuration checked findings \d+ console/g)).toHaveLength(1)
  const { cookie } = operator
  const forged = await submit(`${system.postern}/console/configuration/check`, {}, { cookie })
  expect([forged.status, forged.body]).toEqual([403, expect.stringContaining('too old')])
})

describe('what needs attention', () => {
  test('is that mail is paused, and until when', async () => {
    const { system, operator } = await start()
    await pauseOf(system).pause(system.clock.now() + HOUR, 'quota')
    expect(await linesOf(operator)).toContainEqual(
      expect.stringMatching(/^Paused Mail is paused\. The quota at Resend is used up.* UTC \.$/),
    )
    expect(await operator.text(PATH)).not.toContain('Nothing needs your attention')
  })

  test('is a message that waits for longer than ten minutes, and leads to those that wait', async () => {
    const { system, operator } = await start()
    await pauseOf(system).hold('setting')
    await buy(system, 'ann@example.com')
    expect((await linesOf(operator)).join('\n')).not.toContain('Waiting')
    system.clock.advance(11 * MINUTE)
    expect(await linesOf(operator)).toContainEqual(
      expect.stringMatching(/^Waiting 1 message has waited for longer than 10 minutes\. Messages/),
    )
    expect((await operator.read(PATH)).body).toContain('href="/console/messages?state=waiting"')
  })

  test('is a bounce and a complaint of the last week, and no older one', async () => {
    const { system, operator } = await atConsole()
    for (const email of ['bounced@resend.dev', 'complained@resend.dev']) await buy(system, email)
    const lines = await linesOf(operator)
    expect(lines).toContainEqual(
      expect.stringMatching(/^Bounced 1 message .* could not be delivered/),
    )
    expect(lines).toContainEqual(
      expect.stringMatching(/^Marked as spam 1 message .* was marked as spam/),
    )
    system.clock.advance(8 * DAY)
    const later = (await linesOf(await signedIn(system))).join('\n')
    expect(later).not.toMatch(/Bounced|Marked as spam/)
  })

  test('is an event that cannot be read', async () => {
    const { system, operator } = await atConsole()
    await system.polarWorld.deliver({ type: 'order.paid', data: {} })
    await system.settle()
    expect(await linesOf(operator)).toContainEqual(
      expect.stringMatching(/^Unreadable 1 event in the last 7 days could not be read/),
    )
  })

  test('is what the last start and the doctor found, until a check finds it mended', async () => {
    const { system, operator } = await start()
    const kept = createKeptFindings(inspect(system), system.clock)
    await kept.keepAll(ofScopes([{ scope: 'orders:read', accepted: [] }]), () => true)
    system.resendWorld.changeDomain({ click_tracking: true })
    await system.checkAccount()
    expect(await linesOf(operator)).toEqual([
      expect.stringMatching(/^Configuration Resend tracks clicks .* Switch it off .*\(Checked /),
      expect.stringMatching(/^Configuration The access token lacks the scope orders:read\..* Add/),
    ])
    system.resendWorld.changeDomain({ click_tracking: false })
    await system.checkAccount()
    expect(await linesOf(operator)).toHaveLength(1)
    system.clock.advance(8 * DAY)
    expect(await linesOf(await signedIn(system))).toEqual([])
  })

  test.each<[FindingName, RegExp]>([
    ['endpoint_disabled', /has disabled the webhook endpoint.* npm run webhooks -- --enable/],
    ['silence', /No webhook has come for unusually long/],
  ])('is %s of the webhook endpoint, with what to do', async (finding, says) => {
    const { system, operator } = await atConsole()
    const at = system.clock.now()
    const state = { since: at, checkedAt: at + DAY, attemptsSince: at, open: { [finding]: at } }
    await inspect(system).set(WATCH_KEY, JSON.stringify(state))
    expect((await linesOf(operator)).join('\n')).toMatch(says)
  })

  test('is that webhooks were missed, as the last backfill found', async () => {
    const { system, operator } = await start()
    expect(await operator.text(PATH)).toContain('not yet looked for')
    const due = createDue(inspect(system), 'schedule', system.clock, shardIdOf)
    const lookForMissed = async () => {
      await due.at(BACKFILL, system.clock.now())
      await system.settle()
    }
    await lookForMissed()
    expect(await operator.text(PATH)).toContain('Found by Postern itself first import')
    system.polarWorld.webhooks.change({ enabled: false })
    system.clock.advance(2 * HOUR)
    await buy(system, 'ann@example.com')
    system.polarWorld.webhooks.change({ enabled: true })
    system.clock.advance(MINUTE)
    await lookForMissed()
    expect((await linesOf(operator)).join('\n')).toMatch(
      /Missed 1 event came without a webhook until .* Postern made up for it: 1 message goes out\./,
    )
  })
})

/** Messages of the log, and where an operator acted. */
const linesLogged = (system: TestSystem, message: RegExp) =>
  system
    .logs()
    .filter(({ msg }) => message.test(`${msg}`))
    .map(({ msg, by }) => [msg, by])

describe('all mail', () => {
  test('is held and released, with an alert, a note and a log line of each that say where', async () => {
    const { url, posts } = await startReceiver()
    const { system, operator } = await start({ environment: { ALERT_WEBHOOK_URL: url } })
    const held = await operator.press(PATH, 'Hold all mail')
    expect(held.body).toContain('All mail is on hold. Emails that Resend has already')
    expect(await pauseOf(system).state()).toEqual({ held: 'console' })
    await buy(system, 'ann@example.com')
    expect(system.mails()).toEqual([])
    expect((await linesOf(operator))[0]).toMatch(/^On hold An operator holds all mail/)
    const released = await operator.press(PATH, 'Release all mail')
    expect(released.body).toContain('All mail is released: 1 message waits to be sent.')
    expect(await pauseOf(system).state()).toBeNull()
    await system.settle()
    expect(system.mails()).toHaveLength(1)
    await expect
      .poll(() => posts.map(({ event, by }) => [event, by]))
      .toEqual([
        ['deliveries_held', 'console'],
        ['deliveries_released', 'console'],
      ])
    expect(posts[0]?.text).toContain('in the console')
    await expect
      .poll(() => linesLogged(system, /^all mail/))
      .toEqual([
        ['all mail held', 'console'],
        ['all mail released', 'console'],
      ])
    expect(await operator.text('/console/actions')).toMatch(/all mail released.*all mail held/)
  })

  test('that SEND_MODE=hold holds can be released too, and held for good', async () => {
    const { system, operator } = await start({ environment: { SEND_MODE: 'hold' } })
    expect((await linesOf(operator))[0]).toMatch(/SEND_MODE=hold holds all mail/)
    await operator.press(PATH, 'Hold all mail')
    expect(await pauseOf(system).state()).toEqual({ held: 'console' })
    await operator.press(PATH, 'Release all mail')
    expect(await pauseOf(system).state()).toBeNull()
  })
})

describe('the figures', () => {
  const tile = async ({ text }: Operator, name: string, days = 30) =>
    new RegExp(` ${name} (\\S+) `).exec(await text(`${PATH}?days=${days}`))?.[1]

  test('count what was sent and delivered in the period, and chart it by day', async () => {
    const { system } = await start()
    await buy(system, 'ann@example.com')
    system.clock.advance(10 * DAY)
    for (const name of ['ben', 'cyd']) await buy(system, `${name}@example.com`)
    const operator = await signedIn(system)
    expect([await tile(operator, 'Sent', 7), await tile(operator, 'Sent')]).toEqual(['2', '3'])
    expect(await tile(operator, 'Delivered')).toBe('3')
    const { body } = await operator.read(`${PATH}?days=7`)
    expect(body).toMatch(/<svg[^>]* role="img" aria-label="Messages by day and outcome">/)
    expect(body.match(/<rect class="[^"]*bar good"/g)).toHaveLength(1)
    expect(body).toMatch(
      /<td[^>]*>(?:<[^>]+>)?\d{4}-\d\d-\d\d(?:<[^>]+>)?<\/td><td class="num"[^>]*>2</,
    )
    expect(body).not.toMatch(/ style="|<script(?! src)/)
  })

  test('say what was recovered, by step and currency', async () => {
    const { system, operator } = await start({ environment: { QUIET_HOURS: 'off' } })
    const { scenario } = system.polarWorld
    const { subscriptionId } = await scenario.subscribe({ customer: { email: 'ann@example.com' } })
    const { orderId } = await scenario.failRenewal({ subscriptionId })
    await system.settle()
    await scenario.recover(orderId, 'retry_customer')
    await system.settle()
    const text = await operator.text(PATH)
    expect(text).toMatch(/Recovered, USD \$29\.00 1 payment/)
    expect(text).toMatch(/The customer, without an email 1 \$29\.00/)

    const day = new Date(system.clock.now()).toISOString().slice(0, 'YYYY-MM-DD'.length)
    const counts = createPaymentCounts(inspect(system))
    const seen = ['subscription_cycle', 'retry_dunning', 'retry_customer', 'purchase', null]
    for (const trigger of seen)
      await counts.seen({ id: randomUUID(), orderId: null, createdAt: `${day}T00:00:00Z`, trigger })
    expect(await operator.text(`${PATH}?days=7`)).toContain(`${day} 1 2 2 1`)
    const { body } = await operator.read(PATH)
    for (const label of ['Failed charges by day', 'Recovered payments by day'])
      expect(body).toContain(`role="img" aria-label="${label}"`)
  })

  test('refuse any other period', async () => {
    const { operator } = await atConsole()
    for (const days of ['x', '0', '8', '-7', '7e1', '']) {
      const { status, body } = await operator.read(`${PATH}?days=${days}`)
      const says = expect.stringContaining('Choose 7, 30, 90 days')
      expect([days, status, body]).toEqual([days, 400, says])
    }
  })
})
