// The invoice of an order: attached, in the portal, or none.

import { describe, expect, test } from 'vitest'
import type { OrderSummary } from '../../emails/index.ts'
import { createInvoices } from '../../src/messages/invoices.ts'
import { createRetrySchedule } from '../../src/messages/retry-schedule.ts'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import { away, decided, PLANNED, stoppedClock } from './decided.ts'

const { order } = decided('order_confirmation').content

const PDF = Buffer.from('%PDF-1.7 of the order')
const IN_PORTAL = { where: 'in_portal', attachment: null }
const NONE = { where: null, attachment: null }
const ATTACHED = {
  where: 'attached',
  attachment: { filename: 'invoice-LARK-9M4C-0042.pdf', content: PDF.toString('base64') },
}

type Answer = Buffer | 'making' | 'none' | 'withheld'

/** A Polar that gives these answers, one after the other; the last for ever. */
const world = (answers: readonly Answer[] = [PDF], { waiting = 0 } = {}) => {
  const asked: [string, boolean][] = []
  const invoice = async (id: string, isAsked: boolean): Promise<Answer> => {
    asked.push([id, isAsked])
    return answers[Math.min(asked.length, answers.length) - 1] ?? 'none'
  }
  const clock = stoppedClock()
  const retries = createRetrySchedule(clock)
  const invoices = createInvoices({ polar: { invoice }, waiting: async () => waiting, retries })
  const of = (change: Partial<OrderSummary> = {}, messageId = 'msg-1') =>
    invoices.of(messageId, { ...order, number: 'LARK-9M4C-0042', ...change })
  const again = () => invoices.again('msg-1', { filename: 'invoice-1.pdf', order: order.id })
  return { asked, clock, of, again }
}

describe('an invoice', () => {
  test('that is there is attached under its number', async () => {
    const { of, asked } = world()
    expect(await of()).toEqual(ATTACHED)
    expect(asked).toEqual([[order.id, false]])
  })

  test.each([
    ['its id, where it has no number', { number: null }, `invoice-${order.id}.pdf`],
    ['no more than a name may have', { number: 'A/../B "1"' }, 'invoice-A-B-1-.pdf'],
  ])('is named by %s', async (_, change, filename) => {
    expect(await world().of(change)).toMatchObject({ attachment: { filename } })
  })

  test.each([
    ['nobody to make it out to', { billingName: null }],
    ['no address', { billingAddress: null }],
    ['nothing that was paid', { paid: 0 }],
  ])('is not spoken of where there is %s, and Polar is not asked', async (_, change) => {
    const { of, asked } = world()
    expect(await of(change)).toEqual(NONE)
    expect(asked).toEqual([])
  })

  test.each([
    [50, ATTACHED, 1],
    [51, IN_PORTAL, 0],
  ])('with %i messages waiting takes %o', async (waiting, expected, calls) => {
    const { of, asked } = world([PDF], { waiting })
    expect(await of()).toEqual(expected)
    expect(asked).toHaveLength(calls)
  })

  test('that is not for us to fetch is in the portal', async () => {
    expect(await world(['withheld']).of()).toEqual(IN_PORTAL)
  })

  test('that is none is not spoken of', async () => {
    expect(await world(['none']).of()).toEqual({ where: null, attachment: null })
  })

  test('that is being written is looked for again, and Polar asked to write it but once', async () => {
    const { of, asked, clock } = world(['making', 'making', PDF])
    for (const _ of [1, 2]) {
      const later = await of()
      if (!('retryAt' in later)) throw new Error('it was not to be there yet')
      expect(later.retryAt).toBeGreaterThan(clock.now())
      clock.advance(later.retryAt - clock.now())
    }
    expect(await of()).toEqual(ATTACHED)
    expect(asked.map(([, isAsked]) => isAsked)).toEqual([false, true, true])
  })

  test('that is never finished is in the portal within a minute', async () => {
    const { of, clock } = world(['making'])
    let found = await of()
    while ('retryAt' in found) {
      clock.advance(found.retryAt - clock.now())
      found = await of()
    }
    expect(found).toEqual(IN_PORTAL)
    expect(clock.now() - PLANNED).toBeLessThanOrEqual(60_000)
  })

  test('that one recipient had written is there for the other', async () => {
    const { of, asked } = world(['making', PDF])
    await of({}, 'msg-1')
    expect(await of({}, 'msg-2')).toEqual(ATTACHED)
    expect(asked[1]).toEqual([order.id, true])
  })

  test('is asked for again after an answer that failed, and then in the portal', async () => {
    const clock = stoppedClock()
    const parts = { polar: { invoice: away }, waiting: async () => 0 }
    const invoices = createInvoices({ ...parts, retries: createRetrySchedule(clock) })
    expect(await invoices.of('msg-1', order)).toMatchObject({ retryAt: clock.now() + 2000 })
    clock.advance(8000)
    expect(await invoices.of('msg-1', order)).toEqual(IN_PORTAL)
  })

  test('is in the portal at once where Polar hangs or its budget is spent', async () => {
    const clock = stoppedClock()
    const invoice = async () => {
      throw new PolarUnavailableError('spent', clock.now() + 1000)
    }
    const parts = { polar: { invoice }, waiting: async () => 0 }
    const invoices = createInvoices({ ...parts, retries: createRetrySchedule(clock) })
    expect(await invoices.of('msg-1', order)).toEqual(IN_PORTAL)
  })

  test('of an earlier email is found again, under the name that it had', async () => {
    const { again, clock } = world(['making', PDF])
    expect(await again()).toEqual({ retryAt: clock.now() + 500 })
    expect(await again()).toEqual({ filename: 'invoice-1.pdf', content: PDF.toString('base64') })
  })

  test.each(['none', 'withheld'] as const)('of an earlier email may be %s by now', async (gone) => {
    expect(await world([gone]).again()).toBeNull()
  })

  test('of an earlier email is waited for, and then given up', async () => {
    const { again, clock } = world(['making'])
    const since = clock.now()
    for (let found = await again(); found !== null; found = await again())
      clock.advance(('retryAt' in found ? found.retryAt : 0) - clock.now())
    expect(clock.now() - since).toBe(20 * 60_000)
  })

  test('hides no mistake of ours', async () => {
    const invoice = async () => {
      throw new TypeError('a mistake')
    }
    const parts = { polar: { invoice }, waiting: async () => 0 }
    const invoices = createInvoices({ ...parts, retries: createRetrySchedule(stoppedClock()) })
    await expect(invoices.of('msg-1', order)).rejects.toThrow(TypeError)
  })
})
