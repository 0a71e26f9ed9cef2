// Resend is asked about an email that may have been sent, once its key is no longer trusted.

import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import type { Fault, FaultRequest } from '../../src/sandbox/resend/api.ts'
import {
  ofItsOwnProduct,
  purchases,
  releaseTogether,
  startHeldSystem,
  tellAll,
} from '../support/backlog.ts'
import { paidOrder } from '../support/events.ts'
import type { TestSystem } from '../support/system.ts'

describe('an email of which nobody knows whether it was sent', () => {
  /** Its request gets no answer; a day later Resend lists what it has, unless that goes wrong. */
  const lost = async (
    system: TestSystem,
    { isSent, count = 1 }: { isSent: boolean; count?: number },
    fault?: (request: FaultRequest) => Fault,
  ) => {
    system.resendWorld.fault = () => (isSent ? 'drop-after-accept' : { status: 500 })
    await releaseTogether(system, count)
    await expect.poll(() => system.logText()).toContain('to be retried')
    system.resendWorld.fault = fault
    system.clock.advance(23 * HOUR + MINUTE)
    await system.settle()
  }

  test.each([
    ['one', 1],
    ['a batch', 12],
  ])('is looked up at Resend after 23 hours, and found: %s', async (_, count) => {
    const system = await startHeldSystem({ reports: false })
    await tellAll(system, purchases(count, ofItsOwnProduct))
    await lost(system, { isSent: true, count })
    await expect
      .poll(() => system.logs().filter(({ msg }) => msg === 'message accepted').length)
      .toBe(count)
    expect(system.resendWorld.accepted()).toBe(count)
  })

  test.each([
    ['one', 1],
    ['a batch', 12],
  ])('is held for a person where Resend does not know it: %s', async (_, count) => {
    const system = await startHeldSystem({ reports: false })
    await tellAll(system, purchases(count, ofItsOwnProduct))
    await lost(system, { isSent: false, count })
    await expect
      .poll(() => system.logs().filter(({ msg }) => msg === 'message held'))
      .toHaveLength(count)
    expect(system.logs()).toContainEqual(
      expect.objectContaining({ msg: 'message held', because: 'unconfirmed' }),
    )
    expect(system.resendWorld.accepted()).toBe(0)
  })

  test.each([
    [400, 'validation_error', 'API key is invalid'],
    [401, 'restricted_api_key', 'This API key is restricted to only send emails.'],
    [401, 'validation_error', 'API key is invalid'],
    [403, 'invalid_api_key', 'API key is invalid'],
    [404, 'not_found', 'The requested endpoint does not exist'],
    [405, 'method_not_allowed', 'Method is not allowed for the requested path.'],
  ])(
    'is held, and nothing else stops, where Resend refuses the look-up: %i %s, %s',
    async (status, name, message) => {
      const system = await startHeldSystem({ reports: false })
      await tellAll(system, purchases(1, ofItsOwnProduct))
      const isLookUp = ({ key }: FaultRequest) => key === undefined
      await lost(system, { isSent: true }, (request) =>
        isLookUp(request) ? { status, body: { statusCode: status, name, message } } : undefined,
      )
      const held = () => system.logs().filter(({ msg }) => msg === 'message held')
      await expect.poll(held).toEqual([expect.objectContaining({ because: 'unconfirmed' })])
      expect(system.logs()).toContainEqual(
        expect.objectContaining({ msg: 'look-up refused', status, says: message }),
      )
      await tellAll(system, [paidOrder({ billing_name: null, billing_address: null })])
      expect(system.resendWorld.accepted()).toBe(2)
      expect(system.logText()).not.toContain('deliveries paused')
    },
  )

  test('is asked about again, and nothing else stops, where Resend limits the look-up', async () => {
    const system = await startHeldSystem({ reports: false })
    await tellAll(system, purchases(1, ofItsOwnProduct))
    const body = { statusCode: 429, name: 'rate_limit_exceeded', message: 'slow down' }
    await lost(system, { isSent: true }, ({ key }) =>
      key === undefined ? { status: 429, body } : undefined,
    )
    await expect.poll(() => system.logText()).toContain('Resend could not be asked')
    await tellAll(system, [paidOrder({ billing_name: null, billing_address: null })])
    expect(system.resendWorld.accepted()).toBe(2)
    expect(system.logText()).not.toContain('deliveries paused')
    system.resendWorld.fault = undefined
    system.clock.advance(MINUTE)
    await system.settle()
    const accepted = () => system.logs().filter(({ msg }) => msg === 'message accepted')
    await expect.poll(accepted).toHaveLength(2)
    expect(system.logText()).not.toContain('message held')
  })
})
