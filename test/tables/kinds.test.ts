// Rules that hold for every kind of email that an event causes.

import { describe, expect, test } from 'vitest'
import { messageId } from '../../src/records/message-id.ts'
import { fixture, permutations, play } from './build.ts'
import { eventKinds, stories } from './kinds.ts'

const each = Object.entries(stories).map(([kind, story]) => [kind, story] as const)

/** The webhook event of a message that a body says. */
const saidAt = (raw: string) => Date.parse(JSON.parse(raw).timestamp)

const deletion = (raw: string) => {
  const { customer } = fixture(raw.includes('"refund.') ? 'order.refunded' : 'order.paid').data
  const deleted = { ...(customer as object), deleted_at: '2026-11-03T00:00:00Z' }
  const timestamp = '2026-11-03T00:00:00Z'
  return JSON.stringify({ type: 'customer.deleted', timestamp, data: deleted })
}

describe('every kind of email', () => {
  test('has a story that leads to it, and every story a kind', () => {
    expect(each.map(([kind]) => kind).toSorted()).toEqual(eventKinds.toSorted())
  })

  test.each(each)('is said by its event: %s', (kind, { before, says }) => {
    const { last, messages } = play([...before, says])
    expect(last).toBe(kind)
    expect(messages.filter((message) => message.kind === kind)).toHaveLength(1)
  })

  test.each(each)('is said again when its event is understood again: %s', (_, { before, says }) => {
    const { plans, again } = play([...before, says])
    expect(again('right away')).toEqual(plans)
  })

  test.each(each)(
    'is said again when its event is understood again after others: %s',
    (_, { before, says, after }) => {
      const { plans, again } = play([...before, says, ...after])
      expect(again('in the end')[before.length]).toEqual(plans[before.length])
    },
  )

  test.each(each)(
    'is one fact though its event comes under a second webhook-id: %s',
    (kind, { before, says, after }) => {
      const { messages } = play([...before, says, says, ...after, says])
      const facts = messages.filter((message) => message.kind === kind).map(({ fact }) => fact)
      expect(new Set(facts).size).toBe(
        new Set(
          play([...before, says, ...after])
            .messages.filter((message) => message.kind === kind)
            .map(({ fact }) => fact),
        ).size,
      )
    },
  )

  test.each(each)('is not sent once it is switched off: %s', (kind, { before, says }) => {
    const off = (one: string) => one === kind
    // The payment behind an extra is told as the renewal that it is, or an order's receipt would be lost with it.
    const instead = kind === 'payment_recovered' ? 'subscription_cycled' : `switched_off: ${kind}`
    expect(play([...before, says], { isOff: off }).last).toBe(instead)
    expect(play([...before, says], { isOff: (one) => !off(one) }).last).toBe(kind)
  })

  test.each([
    ['a millisecond before is too early', 1, 'before_live: '],
    ['at the instant itself is in time', 0, ''],
    ['a millisecond after is in time', -1, ''],
  ])('that happened before we went live is not sent: %s', (_, after, prefix) => {
    for (const [kind, { before, says }] of each) {
      const { last } = play([...before, says], { liveSince: saidAt(says) + after })
      expect(last).toBe(`${prefix}${kind}`)
    }
  })

  test.each([
    ['a millisecond before is too old', 1, 'too_old: '],
    ['at the instant itself is fresh', 0, ''],
  ])('that was found late is sent only while it is fresh: %s', (_, after, prefix) => {
    for (const [kind, { before, says }] of each) {
      const { last } = play([...before, says], { freshSince: () => saidAt(says) + after })
      expect(last).toBe(`${prefix}${kind}`)
    }
  })

  test.each(each)('is not sent to a deleted customer: %s', (_, { before, says }) => {
    expect(play([deletion(says), ...before, says]).messages).toEqual([])
    const { plans, messages } = play([...before, deletion(says), says])
    expect(plans.at(-1)).toHaveProperty('ignored')
    expect(messages).toEqual(play(before).messages)
  })

  test.each(each)('leads into the portal, and names no address in its fact: %s', (_, story) => {
    const { messages } = play([...story.before, story.says])
    expect(messages.at(-1)?.target).toMatch(/^(order:|subscription:|payment$)/)
    expect(messages.at(-1)?.fact).not.toContain('@')
    expect(messages.at(-1)?.fact).not.toMatch(/undefined|Invalid/)
  })
})

describe('the facts of all kinds', () => {
  test('are as many as the kinds, and so are the ids of their messages', () => {
    const messages = each.flatMap(([, { before, says }]) =>
      play([...before, says]).messages.slice(-1),
    )
    const recipient = { customerId: 'customer', memberId: null }
    const ids = messages.map(({ kind, fact }) => messageId(kind, fact, recipient))
    expect(new Set(ids).size).toBe(eventKinds.length)
    expect(new Set(messages.map(({ fact }) => fact)).size).toBe(eventKinds.length)
  })
})

describe('the reasons why nothing is mailed', () => {
  test('stay what they are, whatever is switched off, deleted or before its time', () => {
    const raw = JSON.stringify(fixture('order.created'))
    const { last } = play([deletion(raw), raw], { liveSince: Number.MAX_VALUE, isOff: () => true })
    expect(last).toBe('not_mapped: order.created')
  })
})

describe('a deleted customer', () => {
  const ended = stories.subscription_revoked.says

  test('is not told that a subscription has ended, though the end comes with the deletion', () => {
    expect(play([deletion(ended), ended]).messages).toEqual([])
  })

  test('is known by nothing else that its later events say', () => {
    const { state } = play([deletion(ended)])
    for (const kind of Object.keys(stories) as (keyof typeof stories)[])
      expect(play([deletion(ended), ...stories[kind].before, stories[kind].says]).state).toEqual(
        state,
      )
  })

  test('has no message recorded about what happened before going live', () => {
    const liveSince = Date.parse('2030-01-01T00:00:00Z')
    const { plans } = play([deletion(ended), ended], { liveSince })
    expect(plans.at(-1)).toEqual({ ignored: 'customer_deleted', because: 'subscription_revoked' })
  })

  test('is known for one from whichever event says so first', () => {
    const event = JSON.parse(ended)
    event.data.customer.deleted_at = '2026-11-22T09:00:00Z'
    expect(play([JSON.stringify(event)]).last).toBe('customer_deleted: subscription_revoked')
  })

  test('stays deleted, whichever of its events comes last', () => {
    const updated = JSON.stringify(fixture('customer.updated'))
    for (const events of permutations([deletion(ended), updated]))
      expect(play(events).state.deletedAt).toBe('2026-11-03T00:00:00.000Z')
  })
})
