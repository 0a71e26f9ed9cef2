// A backfill remembers the last few of the events that it found, until the index knows them.

import { expect, test } from 'vitest'
import { createKnown } from '../../src/backfill/known.ts'

const AT = '2026-11-20T08:00:00.000Z'

const started = (remembered: number) => {
  const asked: string[] = []
  const known = createKnown(
    {
      events: { load: async () => null, has: async () => false },
      eventIndex: {
        find: async (term) => {
          asked.push(term)
          return { found: [], cursor: null }
        },
      },
    },
    remembered,
  )
  const note = (type: string, id: string) =>
    known.note(type, { order: id, subscription: id, customer: 'one' }, Date.parse(AT))
  const came = (type: string, about: 'order' | 'subscription' | 'customer', id: string) =>
    known.came({ type, about, id }, AT)
  return { note, came, asked }
}

test('a found event is known before it is interpreted', async () => {
  const { note, came, asked } = started(10)
  note('order.paid', 'one')
  note('subscription.canceled', 'one')
  expect(await came('order.paid', 'order', 'one')).toBe(true)
  expect(await came('subscription.canceled', 'subscription', 'one')).toBe(true)
  expect(await came('subscription.canceled', 'subscription', 'two')).toBe(false)
  expect(asked).toEqual(['subscription:two'])
})

test('as many found events are remembered as was said, each by what it is about alone', async () => {
  const { note, came, asked } = started(2)
  for (const id of ['one', 'two', 'three']) note('order.paid', id)
  expect(await came('order.paid', 'order', 'two')).toBe(true)
  expect(await came('order.paid', 'order', 'three')).toBe(true)
  expect(asked).toEqual([])
  await came('order.paid', 'order', 'one')
  expect(asked).toEqual(['order:one'])
})
