// Detecting that a customer's address has changed, from hashes only.

import { describe, expect, test } from 'vitest'
import { applyEvent } from '../../src/customers/apply-event.ts'
import { addressDigest } from '../../src/customers/digest.ts'
import { type CustomerState, isCorrected, newCustomer } from '../../src/customers/state.ts'
import { body, permutations, play, read } from './build.ts'
import { understanding } from './interpreting.ts'

const at = (minute: number) => `2026-11-22T09:${String(minute).padStart(2, '0')}:00.000Z`

/** An update of the fixtures' customer that happened, and was sent, at a minute of one hour. */
const updated = (email: string | null, minute: number, change: object = {}) =>
  body(
    'customer.updated',
    { email, modified_at: at(minute), ...change },
    { timestamp: at(minute + 1) },
  )

/** An order of the same customer, with the address that it had when it last changed. */
const ordered = (email: string, minute: number, payload: number) =>
  body('order.paid', { customer: { email, modified_at: at(minute) } }, { timestamp: at(payload) })

/** The events after which the address has changed. */
const corrections = (...bodies: string[]): number[] => {
  let state: CustomerState = newCustomer
  return bodies.flatMap((raw, index) => {
    const event = read(raw)
    if (!event) return []
    const before = state
    state = applyEvent(state, event)
    return isCorrected(before, state) ? [index] : []
  })
}

describe('the hash of an address', () => {
  test('is the same for every spelling of an address, and differs for another', () => {
    const hash = addressDigest('mara@example.com')
    expect(hash).toMatch(/^[\w-]{8}$/)
    expect(addressDigest(' Mara@Example.COM ')).toBe(hash)
    expect(addressDigest('mara+1@example.com')).not.toBe(hash)
  })

  test('is all that is stored of it', () => {
    const { state } = play([updated('mara@example.com', 1)])
    expect(JSON.stringify(state)).not.toContain('example.com')
    expect(state.address?.hash).toBe(addressDigest('mara@example.com'))
  })

  test.each([
    ['no', updated(null, 2)],
    ['an empty', updated('', 2)],
  ])('is not changed by an event with %s address', (_, raw) => {
    expect(corrections(updated('a@example.com', 1), raw, updated('a@example.com', 3))).toEqual([])
  })
})

describe('an address is corrected', () => {
  const [a, b] = ['a@example.com', 'b@example.com'] as const

  test.each<[string, string[], number[]]>([
    ['not when it is first heard of', [updated(a, 1)], []],
    ['when it becomes another', [updated(a, 1), updated(b, 2)], [1]],
    ['when it becomes what it was', [updated(a, 1), updated(b, 2), updated(a, 3)], [1, 2]],
    ['also when an order tells it first', [ordered(a, 1, 5), ordered(b, 6, 7), updated(b, 6)], [1]],
    ['not when only its capitals change', [updated(a, 1), updated('A@example.com', 2)], []],
    ['not when something else changes', [updated(a, 1), updated(a, 2, { name: 'Mara' })], []],
    ['not by an order that is late', [updated(a, 1), updated(b, 5), ordered(a, 1, 4)], [1]],
    [
      'not by an update that is late',
      [updated(a, 1), updated(a, 5, { name: 'Mara' }), updated(b, 3)],
      [],
    ],
    ['not by the event that is told again', [updated(a, 1), updated(b, 2), updated(b, 2)], [1]],
    ['not for one who is deleted', [updated(a, 1), updated(b, 2, { deleted_at: at(2) })], []],
    [
      'nor for one who was',
      [updated(a, 1), updated(a, 2, { deleted_at: at(2) }), updated(b, 3)],
      [],
    ],
  ])('%s', (_, bodies, expected) => {
    expect(corrections(...bodies)).toEqual(expected)
  })

  test('and the last address is known, in any order of events', () => {
    const bodies = [updated(a, 1), updated(b, 2), ordered(b, 2, 9), updated('c@example.com', 3)]
    for (const order of permutations(bodies))
      expect(play(order).state.address?.hash).toBe(addressDigest('c@example.com'))
  })

  test('and no hash is kept of a deleted customer', () => {
    const { state } = play([updated(a, 1), updated(a, 2, { deleted_at: at(2) }), updated(b, 3)])
    expect(state).not.toHaveProperty('address')
  })
})

test('a correction that could not be applied is applied when the event is handled again', async () => {
  const { given, interpret, corrected } = understanding()
  await given(updated('a@example.com', 1))
  const raw = updated('b@example.com', 2)
  corrected.isAway = true
  await expect(interpret(raw)).rejects.toThrow()
  corrected.isAway = false
  await interpret(raw)
  await interpret(raw)
  expect(corrected.payload).toEqual(['b@example.com'])
})
