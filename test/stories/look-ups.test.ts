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
import { linesOf } from '../support/mailed.ts'
import { shareSystem } from '../support/shared-system.ts'
import type { TestSystem } from '../support/system.ts'

/** How Resend may refuse a look-up. */
const REFUSALS = [
  [400, 'validation_error', 'API key is invalid'],
  [401, 'restricted_api_key', 'This API key is restricted to only send emails.'],
  [401, 'validation_error', 'API key is invalid'],
  [403, 'invalid_api_key', 'API key is invalid'],
  [404, 'not_found', 'The requested endpoint does not exist'],
  [405, 'method_not_allowed', 'Method is not allowed for the requested path.'],
] as const

const simpleOrder = () => paidOrder({ billing_name: null, billing_address: null })

/** Resend accepts what it gets, but the first request under a key has no answer, and every other fails. */
const noAnswer = () => {
  const keys = new Set<string | undefined>()
  return ({ key }: FaultRequest): Fault => {
    if (keys.has(key)) return { status: 500 }
    keys.add(key)
    return 'drop-after-accept'
  }
}

describe('an email of which nobody knows whether it was sent', () => {
  /** Its key is no longer trusted, and Resend lists what it has, unless that goes wrong. */
  const passDay = async (system: TestSystem, fault?: (request: FaultRequest) => Fault) => {
    system.resendWorld.fault = fault
    system.clock.advance(23 * HOUR + MINUTE)
    await system.settle()
  }

  /** Three emails in a batch and one alone, whose requests fail. */
  const lose = async (fault: (request: FaultRequest) => Fault) => {
    const system = await startHeldSystem({ reports: false })
    await tellAll(system, purchases(3, ofItsOwnProduct))
    system.resendWorld.fault = fault
    await releaseTogether(system, 3)
    await expect.poll(() => linesOf(system, 'batch to be retried')).not.toEqual([])
    await tellAll(system, [simpleOrder()])
    await expect.poll(() => linesOf(system, 'delivery to be retried')).not.toEqual([])
    await passDay(system)
    return system
  }

  test('is looked up at Resend after 23 hours, and found, alone and in a batch', async () => {
    const system = await lose(noAnswer())
    await expect.poll(() => linesOf(system, 'message accepted')).toHaveLength(4)
    expect(system.resendWorld.accepted()).toBe(4)
  })

  test('is held for a person where Resend does not know it, alone and in a batch', async () => {
    const system = await lose(() => ({ status: 500 }))
    const held = () => linesOf(system, 'message held').map(({ because }) => because)
    await expect.poll(held).toEqual(Array(4).fill('unconfirmed'))
    expect(system.resendWorld.accepted()).toBe(0)
  })

  describe('while the look-up fails', () => {
    const shared = shareSystem({ reports: false })

    /** An email that was sent, and whose look-up is answered so; the lines of the log since then. */
    const loseOne = async (status: number, body: object) => {
      const system = shared()
      const before = system.logs().length
      const lines = (text: string) =>
        system
          .logs()
          .slice(before)
          .filter(({ msg }) => msg === text)
      system.resendWorld.fault = noAnswer()
      await tellAll(system, [simpleOrder()])
      await expect.poll(() => lines('delivery to be retried')).not.toEqual([])
      const isLookUp = ({ key }: FaultRequest) => key === undefined
      await passDay(system, (request) => (isLookUp(request) ? { status, body } : undefined))
      return { system, lines }
    }

    /** Another email goes out meanwhile. */
    const sendAnother = async (system: TestSystem) => {
      const before = system.resendWorld.accepted()
      await tellAll(system, [simpleOrder()])
      return system.resendWorld.accepted() - before
    }

    test.each(REFUSALS)(
      'is held, and nothing else stops, where Resend refuses it: %i %s, %s',
      async (status, name, message) => {
        const { system, lines } = await loseOne(status, { statusCode: status, name, message })
        await expect.poll(() => lines('message held')).toMatchObject([{ because: 'unconfirmed' }])
        expect(lines('look-up refused')).toContainEqual(
          expect.objectContaining({ status, says: message }),
        )
        expect(await sendAnother(system)).toBe(1)
        expect(lines('deliveries paused')).toEqual([])
      },
    )

    test('is asked about again, and nothing else stops, where Resend limits it', async () => {
      const body = { statusCode: 429, name: 'rate_limit_exceeded', message: 'slow down' }
      const { system, lines } = await loseOne(429, body)
      await expect.poll(() => lines('Resend could not be asked')).not.toEqual([])
      expect(await sendAnother(system)).toBe(1)
      expect(lines('deliveries paused')).toEqual([])
      system.resendWorld.fault = undefined
      system.clock.advance(MINUTE)
      await system.settle()
      await expect.poll(() => lines('message accepted')).toHaveLength(2)
      expect(lines('message held')).toEqual([])
    })
  })
})
