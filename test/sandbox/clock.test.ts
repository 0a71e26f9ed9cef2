// POST /sandbox/clock with the whole system: what falls due at Polar becomes emails, each at its own time.

import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { INSUFFICIENT_FUNDS } from '../../src/sandbox/polar/cards.ts'
import { startTestSystem } from '../support/system.ts'

type Answer = { now: string; polar: { at: string; what: string; webhooks: string[] }[] }

test('two months pass, and each email is sent when its reason happened', async () => {
  const system = await startTestSystem()
  const { scenario } = system.polarWorld
  await scenario.subscribe({
    customer: { email: 'trial@example.com' },
    product: { trialDays: 14, recurring_interval: 'year' },
  })
  const declined = await scenario.subscribe({ customer: { email: 'declined@example.com' } })
  await scenario.changeCard(declined.customerId, { decline: INSUFFICIENT_FUNDS })
  await system.settle()
  const before = system.mails().length
  const start = system.clock.now()

  const answer = await fetch(`${system.postern}/sandbox/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance: '60d' }),
  })
  expect(answer.status).toBe(200)
  const { now, polar } = (await answer.json()) as Answer
  expect(Math.round((Date.parse(now) - start) / DAY)).toBe(60)
  expect(polar.map(({ what, webhooks }) => [what, webhooks.length])).toEqual([
    ['renew', 5],
    ['renew', 5],
    ['retry', 0],
    ['retry', 0],
    ['retry', 0],
    ['retry', 4],
  ])

  const mails = system
    .mails()
    .toReversed()
    .slice(before)
    .map(({ to, tags, accepted_at }) => ({
      to: to.join(),
      kind: tags.find(({ name }) => name === 'kind')?.value,
      at: Date.parse(accepted_at),
    }))
  const [converted, failed, , , , ended] = polar.map(({ at }) => Date.parse(at))
  const expected = [
    ['trial@example.com', 'subscription_cycled_after_trial', converted],
    ['declined@example.com', 'subscription_past_due', failed],
    ['declined@example.com', 'subscription_revoked', ended],
  ] as const
  const reasons = mails.filter(({ kind }) => expected.some(([, one]) => one === kind))
  expect(reasons.map(({ to, kind }) => [to, kind])).toEqual(
    expected.map(([to, kind]) => [to, kind]),
  )
  for (const [index, [, , reason = 0]] of expected.entries()) {
    const { at = 0 } = reasons[index] ?? {}
    expect(at).toBeGreaterThanOrEqual(reason)
    expect(at).toBeLessThan(reason + HOUR)
  }
  expect(mails.map(({ at }) => at)).toEqual(mails.map(({ at }) => at).toSorted((a, b) => a - b))
})

test('what waits in Postern is done at its own time, though nothing happens at Polar', async () => {
  const system = await startTestSystem()
  system.resendWorld.fault = () => ({
    status: 429,
    body: { name: 'daily_quota_exceeded', statusCode: 429, message: 'enough for today' },
  })
  await system.polarWorld.scenario.purchase()
  await expect.poll(() => system.logText()).toContain('deliveries paused')
  system.resendWorld.fault = undefined
  const start = system.clock.now()
  expect(await system.advance(2 * DAY)).toEqual([])
  const [mail] = system.mails()
  expect(Date.parse(mail?.accepted_at ?? '')).toBeLessThan(start + HOUR)
})
