// An email names the days by the clock where the customer lives, as the billing address says.

import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { startTestSystem } from '../support/system.ts'

const dayAt = (at: number, offset: number) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
    at + offset * HOUR,
  )

test.each([
  ['in American Samoa', { country: 'AS', city: 'Pago Pago' }, -11, -11],
  ['in Japan', { country: 'JP', city: 'Kyoto' }, 9, 9],
  ['in India', { country: 'IN', city: 'Pune' }, 5.5, 5.5],
  ['nobody knows where', null, -11, 0],
] as const)(
  'a failed payment is to be paid by the last whole day %s',
  async (_, address, lasts, is) => {
    const system = await startTestSystem({ reports: false, environment: { QUIET_HOURS: 'off' } })
    const { scenario, world } = system.polarWorld
    const customer = { name: 'Ann Meyer', email: 'ann@example.com', billing_address: address }
    const { subscriptionId } = await scenario.subscribe({ customer })
    await scenario.failRenewal({ subscriptionId })
    await system.settle()
    const pastDueAt = Date.parse(world.subscriptions.get(subscriptionId)?.past_due_at ?? '')
    const by = dayAt(pastDueAt + 21 * DAY + MINUTE - DAY, lasts)

    const [notice] = system.mails('subscription_past_due')
    expect(notice?.text).toContain(`If it isn’t paid by ${by}, the subscription ends.`)
    expect(notice?.text).toContain(`failed on ${dayAt(pastDueAt, is)}.`)
    await system.advance(4 * DAY)
    const [reminder] = system.mails('payment_reminder')
    expect(reminder?.text).toMatch(new RegExp(`^Pay by +${by}$`, 'm'))
    expect(reminder?.text).toContain(`unpaid since ${dayAt(pastDueAt, is)}.`)
  },
)
