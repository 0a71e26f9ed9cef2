// Which messages go into one request to Resend, decided in memory: no Redis, and no time that passes.

import { describe, expect, test } from 'vitest'
import { createDispatcher, type Draft } from '../../src/deliveries/dispatcher.ts'
import { stopTime } from '../support/still-time.ts'

/** Only the length of its email counts here. */
const draft = (html = '') => ({ email: { html, text: '' } }) as Draft

/** A dispatcher whose requests end at once; `sizes` has the messages of each. */
const start = () => {
  stopTime()
  const sizes: number[] = []
  const dispatcher = createDispatcher({
    rateLimiter: { acquire: async () => ({ at: 0 }), departed: async () => {} },
    send: async (drafts, acquire) => {
      await acquire()
      sizes.push(drafts.length)
    },
    onError: (error) => {
      throw error
    },
  })
  const add = (drafts: readonly Draft[], priority: 'high' | 'low' = 'high') =>
    Promise.all(
      drafts.map(
        (draft) =>
          new Promise<void>((taken) =>
            dispatcher.add({ goes: 'together', priority, draft, taken }),
          ),
      ),
    )
  return { add, dispatcher, sizes }
}

const drafts = (count: number, html = '') => Array.from({ length: count }, () => draft(html))

describe('messages that wait together', () => {
  test.each([
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('go in one request for a hundred: %i', async (count, requests) => {
    const { add, dispatcher, sizes } = start()
    await add(drafts(count))
    await dispatcher.close()
    expect(sizes).toEqual(requests)
  })

  test('go in one request whatever their priority', async () => {
    const { add, dispatcher, sizes } = start()
    await Promise.all([add(drafts(30), 'low'), add(drafts(30), 'high')])
    await dispatcher.close()
    expect(sizes).toEqual([60])
  })

  test('go in several requests where one would be too large', async () => {
    const { add, dispatcher, sizes } = start()
    await add(drafts(5, 'x'.repeat(3 * 1024 * 1024)))
    await dispatcher.close()
    expect(sizes).toEqual([2, 2, 1])
  })
})

test('a dispatcher is idle when nothing waits for its request and none is in flight', async () => {
  stopTime()
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  let grant = () => {}
  const granted = new Promise<{ at: number }>((resolve) => {
    grant = () => resolve({ at: 0 })
  })
  const dispatcher = createDispatcher({
    rateLimiter: { acquire: () => granted, departed: async () => {} },
    send: async (_, acquire) => {
      await acquire()
      await answered
    },
    onError: (error) => {
      throw error
    },
  })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  expect(dispatcher.isIdle()).toBe(true)
  dispatcher.add({ goes: 'together', priority: 'high', draft: draft(), taken: () => {} })
  expect(dispatcher.isIdle()).toBe(false)
  grant()
  await settled()
  expect(dispatcher.isIdle()).toBe(false)
  answer()
  await settled()
  expect(dispatcher.isIdle()).toBe(true)
})
