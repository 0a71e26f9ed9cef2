// Whose links are theirs no more: told by a customer's address, a member's address, and a member who has left.

import { describe, expect, test } from 'vitest'
import { addressChangeIn, MAX_MEMBERS } from '../../src/customers/addresses.ts'
import { applyEvent } from '../../src/customers/apply-event.ts'
import { addressDigest } from '../../src/customers/digest.ts'
import { type CustomerState, memberIn, newCustomer } from '../../src/customers/state.ts'
import { body, type Fields, fixture, permutations, play, read } from './build.ts'
import { understanding } from './interpreting.ts'
import { ODD, variants } from './odd.ts'

const TEAM = String(fixture('member.created').data.customer_id)
const KATRIN = String(fixture('member.created').data.id)
const JONAS = '236dac08-af9d-4634-8676-b326906e6a67'
const [a, b, c] = ['a@example.com', 'b@example.com', 'c@example.com'] as const

const at = (minute: number) => `2026-11-22T09:${String(minute).padStart(2, '0')}:00.000Z`

/** An event about the fixtures' member, changed and told in these minutes of one hour. */
const payload =
  (type: string) =>
  (email: unknown, minute: number, change: Fields = {}, toldIn = minute + 1) =>
    body(
      'member.created',
      { email, modified_at: at(minute), ...change },
      { type, timestamp: at(toldIn) },
    )
const created = payload('member.created')
const updated = payload('member.updated')
const deleted = payload('member.deleted')

/** An update of the customer that the member belongs to. */
const customer = (email: string | null, minute: number, change: Fields = {}) =>
  body(
    'customer.updated.team',
    { email, modified_at: at(minute), ...change },
    { timestamp: at(minute + 1) },
  )

const seat = (email: string, minute: number, type = 'customer_seat.assigned') =>
  body(
    'customer_seat.assigned',
    { member: { id: KATRIN, email, modified_at: at(minute) } },
    { type, timestamp: at(minute + 1) },
  )

const hashOf = (state: CustomerState, id = KATRIN) => {
  const member = memberIn(state, id)
  return member && 'hash' in member ? member.hash : member
}

/** The change that each of these events makes, by its place. */
const moves = (...bodies: string[]): string[] => {
  let state: CustomerState = newCustomer
  return bodies.flatMap((raw, place) => {
    const event = read(raw)
    if (!event) return []
    const before = state
    state = applyEvent(state, event)
    const move = addressChangeIn(event, before, state)
    return move ? [`${place} ${move.memberId ?? 'own'} ${move.because} ${move.address}`] : []
  })
}

const moved = (place: number, to: string) => `${place} ${KATRIN} address_changed ${to}`
const gone = (place: number) => `${place} ${KATRIN} member_gone null`

describe('the links of a member', () => {
  test.each<[string, string[], string[]]>([
    ['stay when it is first heard of', [created(a, 1)], []],
    ['stay when it is first heard of by an update', [updated(a, 1)], []],
    [
      'are no more theirs when the address is another',
      [created(a, 1), updated(b, 2)],
      [moved(1, b)],
    ],
    [
      'nor when it is what it was before',
      [created(a, 1), updated(b, 2), updated(a, 3)],
      [moved(1, b), moved(2, a)],
    ],
    ['stay when only its capitals change', [created(a, 1), updated('A@Example.com', 2)], []],
    ['stay when its name changes', [created(a, 1), updated(a, 2, { name: 'Kat' })], []],
    ['stay when its role changes', [created(a, 1), updated(a, 2, { role: 'member' })], []],
    ['stay when an old address is told late', [created(b, 5), updated(a, 3)], []],
    [
      'stay when one of the same change is told late',
      [updated(b, 5, {}, 9), updated(a, 5, {}, 8)],
      [],
    ],
    ['are told of once', [created(a, 1), updated(b, 2), updated(b, 2)], [moved(1, b)]],
    ['stay when no address is told', [created(a, 1), updated(null, 2), updated(a, 3)], []],
    [
      'until one is told that is another than before',
      [created(a, 1), updated(null, 2), updated(b, 3)],
      [moved(2, b)],
    ],
    ['stay when it cannot be read', [created(a, 1), updated(['b@example.com'], 2)], []],
    ['are no more theirs when they leave', [created(a, 1), deleted(a, 2)], [gone(1)]],
    ['nor when that is all that is ever told', [deleted(a, 2)], [gone(0)]],
    ['nor when it is told without an address', [created(a, 1), deleted(null, 2)], [gone(1)]],
    [
      'also when their leaving is told late',
      [created(a, 1), updated(a, 5), deleted(a, 3)],
      [gone(2)],
    ],
    ['are told of once when they leave', [created(a, 1), deleted(a, 2), deleted(a, 2)], [gone(1)]],
    [
      'and not again by what is told of them late',
      [deleted(a, 5), created(b, 1), updated(c, 9)],
      [gone(0)],
    ],
    ['stay by a seat that is given', [created(a, 1), seat(a, 1)], []],
    ['stay by a seat that is taken', [created(a, 1), seat(a, 2, 'customer_seat.revoked')], []],
    [
      'are not theirs by an address that a seat tells first',
      [seat(a, 1), updated(b, 2)],
      [moved(1, b)],
    ],
  ])('%s', (_, bodies, expected) => {
    expect(moves(...bodies)).toEqual(expected)
  })

  test('are theirs alone: another member and the customer keep their own', () => {
    const jonas = { id: JONAS }
    const before = [customer(a, 1), created(a, 1), created(b, 1, jonas)]
    expect(moves(...before, updated(c, 2, jonas))).toEqual([`3 ${JONAS} address_changed ${c}`])
    expect(moves(...before, deleted(b, 2, jonas))).toEqual([`3 ${JONAS} member_gone null`])
    expect(moves(...before, customer(c, 2))).toEqual([`3 own address_changed ${c}`])
  })
})

describe('what is known of a member', () => {
  test('is what stands for its address, never the address', () => {
    const { state, outcomes } = play([created(a, 1)])
    expect(hashOf(state)).toBe(addressDigest(a))
    expect(JSON.stringify(state)).not.toContain('example.com')
    expect(outcomes).toEqual(['not_mapped: member.created'])
  })

  test('is the last, in whatever order it is told', () => {
    for (const order of permutations([created(a, 1), updated(b, 2), seat(b, 2), updated(c, 3)]))
      expect(hashOf(play(order).state)).toBe(addressDigest(c))
    for (const order of permutations([created(a, 1), updated(b, 2), deleted(b, 3), seat(b, 3)]))
      expect(hashOf(play(order).state)).toEqual({ isGone: true })
  })

  test('is nothing once its customer is deleted', () => {
    const { state } = play([
      created(a, 1),
      customer(a, 2, { deleted_at: at(2) }),
      created(b, 3, { id: JONAS }),
      deleted(a, 2),
    ])
    expect(state).not.toHaveProperty('members')
  })

  test('is forgotten of an individual who has a new address: it is theirs as well, and nobody says so', () => {
    const individual = { type: 'individual' }
    const before = [customer(a, 1, individual), created(a, 1)]
    expect(hashOf(play([...before, customer(a, 2, individual)]).state)).toBe(addressDigest(a))
    const events = [...before, customer(b, 2, individual), updated(b, 3, { name: 'Kat' })]
    expect(moves(...events)).toEqual([`2 own address_changed ${b}`])
    expect(moves(...before, customer(b, 2), updated(b, 3))).toHaveLength(2)
  })

  test('may be missing in what an earlier release kept', () => {
    const { members: _, ...kept } = play([customer(a, 1), created(a, 1)]).state
    const event = read(updated(b, 2))
    if (!event) throw new Error('not an event')
    expect(hashOf(applyEvent(kept, event))).toBe(addressDigest(b))
    expect(addressChangeIn(event, kept, applyEvent(kept, event))).toBeNull()
  })

  test.each(['constructor', '__proto__', 'toString', '0'])(
    'may be called what means something to JavaScript: %s',
    (id) => {
      expect(memberIn(newCustomer, id)).toBeUndefined()
      const { state } = play([created(a, 1), created(a, 1, { id })])
      expect(memberIn({ ...state, members: {} }, id)).toBeUndefined()
      expect(hashOf(JSON.parse(JSON.stringify(state)), id)).toBe(addressDigest(a))
      expect(hashOf(state)).toBe(addressDigest(a))
      expect(Object.getPrototypeOf(state.members)).toBe(Object.prototype)
      expect(moves(created(a, 1, { id }), updated(b, 2, { id }), deleted(b, 3, { id }))).toEqual([
        `1 ${id} address_changed ${b}`,
        `2 ${id} member_gone null`,
      ])
    },
  )
})

describe('of a huge team', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_, n) => created(`n${n}@example.com`, 1, { id: `other-${n}` }))
  const full = [created(a, 1), ...others(MAX_MEMBERS)]

  test('only so many members are remembered, and those who came first stay', () => {
    const { state } = play(full)
    expect(Object.keys(state.members ?? {})).toHaveLength(MAX_MEMBERS)
    expect(JSON.stringify(state).length).toBeLessThan(40_000)
    expect(moves(...full, updated(b, 2))).toEqual([moved(full.length, b)])
    expect(memberIn(state, `other-${MAX_MEMBERS - 1}`)).toBeUndefined()
  })

  test('whoever has left makes room, and their leaving is noticed all the same', () => {
    const last = { id: `other-${MAX_MEMBERS - 1}` }
    expect(moves(...full, deleted(a, 2, last))).toEqual([
      `${full.length} ${last.id} member_gone null`,
    ])
    const { state } = play([...full, deleted(a, 2), created(c, 3, last)])
    expect(hashOf(state, last.id)).toBe(addressDigest(c))
    expect(memberIn(state, KATRIN)).toBeUndefined()
    expect(Object.keys(state.members ?? {})).toHaveLength(MAX_MEMBERS)
  })
})

describe('an event of a member that lacks what it needs', () => {
  test.each([
    ['id', { id: null }],
    ['id', { id: '' }],
    ['id', { id: 'x'.repeat(1_000) }],
    ['customer_id', { customer_id: undefined }],
    ['customer_id', { customer_id: 7 }],
  ])('is ignored, and says that it has no %s: %j', async (field, change) => {
    for (const raw of [updated(a, 1, change), deleted(a, 1, change)]) {
      const { interpret, outcomes, revoked, corrected, state } = understanding()
      await interpret(raw)
      expect(outcomes).toEqual([{ ignored: 'unreadable', because: `member without ${field}` }])
      expect([...revoked.payload, ...corrected.payload]).toEqual([])
      expect(await state(TEAM)).toEqual(newCustomer)
    }
  })

  test('is ignored when there is nothing to it', () => {
    expect(play(['{"type":"member.deleted","data":null}']).last).toBe(
      'unreadable: member without its data',
    )
    expect(play(['{"type":"member.updated","data":[]}']).last).toMatch(/^unreadable: member/)
    expect(play([body('customer_seat.assigned', { member: null })]).last).toBe(
      'not_mapped: customer_seat.assigned',
    )
  })

  test('does no harm, whatever is odd about it', () => {
    const checked = (raw: string) => {
      const { last, state } = play([created(a, 1), raw])
      expect(last).toMatch(/^(not_mapped: member|unreadable: member without [a-z_, ]+$)/)
      expect(Object.keys(state.members ?? {}).length).toBeGreaterThan(0)
    }
    for (const odd of ODD) {
      for (const change of variants(fixture('member.created').data, odd)) {
        for (const type of ['member.created', 'member.updated', 'member.deleted'])
          checked(JSON.stringify({ type, timestamp: at(3), data: change }))
      }
    }
  })
})

describe('when an event is understood', () => {
  const own = { customerId: TEAM, memberId: null }
  const katrin = { customerId: TEAM, memberId: KATRIN }

  test.each([
    [
      'another address of the customer',
      customer(b, 2),
      [own, 'address_changed', b],
      'customer.updated',
    ],
    [
      'another address of a member',
      updated(b, 2),
      [katrin, 'address_changed', b],
      'member.updated',
    ],
    ['a member who left', deleted(a, 2), [katrin, 'member_gone', null], 'member.deleted'],
    [
      'a customer who is gone',
      body('customer.deleted', { id: own.customerId, deleted_at: at(2) }, { timestamp: at(3) }),
      [{ ...own, memberId: 'everybody' }, 'customer_gone', null],
      'customer.deleted',
    ],
  ])('%s revokes links before it is known, and only then', async (_, raw, expected, type) => {
    const { given, interpret, revoked, commits, outcomes, state } = understanding()
    await given(customer(a, 1), created(a, 1))
    const earlier = await state(TEAM)
    commits.areLost = true
    await expect(interpret(raw)).rejects.toThrow()
    expect(revoked.payload).toEqual([expected])
    expect(await state(TEAM)).toEqual(earlier)
    commits.areLost = false
    await interpret(raw)
    await interpret(raw)
    expect(revoked.payload).toEqual([expected, expected])
    const outcome = { ignored: 'not_mapped', because: type }
    expect(outcomes).toEqual([outcome, outcome])
  })

  test.each([
    ['an address of the customer', customer(b, 2), [b]],
    ['an address of a member', updated(b, 2), [b]],
    ['a member who left', deleted(b, 2), []],
  ])('%s is corrected where there is a new one', async (_, raw, expected) => {
    const { given, interpret, corrected } = understanding()
    await given(customer(a, 1), created(a, 1))
    await interpret(raw)
    expect(corrected.payload).toEqual(expected)
  })

  test.each([
    ['an old address of the customer', customer(b, 1)],
    ['an old address of a member', updated(b, 1)],
    ['the same of a member', updated(a, 5)],
    ['a new member', created(c, 9, { id: JONAS })],
    ['a seat', seat(a, 6)],
  ])('%s revokes nothing', async (_, raw) => {
    const { given, interpret, revoked, corrected } = understanding()
    await given(customer(a, 5), created(a, 5))
    await interpret(raw)
    expect([...revoked.payload, ...corrected.payload]).toEqual([])
  })

  test('links that could not be revoked are revoked when it is looked at again', async () => {
    const { given, interpret, revoked, corrected } = understanding()
    await given(created(a, 1))
    revoked.isAway = true
    await expect(interpret(updated(b, 2))).rejects.toThrow()
    expect(corrected.payload).toEqual([])
    revoked.isAway = false
    await interpret(updated(b, 2))
    expect(revoked.payload).toEqual([[katrin, 'address_changed', b]])
    expect(corrected.payload).toEqual([b])
  })
})
