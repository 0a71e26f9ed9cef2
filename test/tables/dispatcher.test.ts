// Which messages go into one request to Resend, decided in memory: no Redis, and no time that passes.

import { describe, expect, test } from 'vitest'
import { createDeliver } from '../../src/deliveries/deliver.ts'
import { createDispatcher, type Draft } from '../../src/deliveries/dispatcher.ts'
import { stopTime } from '../support/still-time.ts'

/** Only the length of its email counts here. */
const draft = (html = '') => ({ email: { html, text: '' } }) as Draft

/** A dispatcher whose requests end at once; `sizes` has the messages of each, `sent` all of them in their order. */
const start = () => {
  stopTime()
  const sizes: number[] = []
  const sent: Draft[] = []
  const dispatcher = createDispatcher({
    rateLimiter: { acquire: async () => ({ at: 0 }), departed: async () => {} },
    send: async (drafts, acquire) => {
      await acquire()
      sizes.push(drafts.length)
      sent.push(...drafts)
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
  return { add, dispatcher, sizes, sent }
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

  test('go in the first request where they are urgent, however many others came before', async () => {
    const { add, dispatcher, sent } = start()
    const urgent = draft('urgent')
    await Promise.all([add(drafts(150), 'low'), add([urgent], 'high')])
    await dispatcher.close()
    expect([sent.length, sent.indexOf(urgent)]).toEqual([151, 0])
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

describe('at a close', () => {
  test('a dispatcher names each parcel for which no request was made', async () => {
    stopTime()
    let close = () => {}
    const closed = new Promise<'paused'>((resolve) => {
      close = () => resolve('paused')
    })
    const asked: string[] = []
    const dispatcher = createDispatcher({
      rateLimiter: {
        acquire: () => (asked.length === 1 ? Promise.resolve({ at: 0 }) : closed),
        departed: async () => {},
      },
      send: () => Promise.reject(new Error('no batch is sent')),
      onError: (error) => {
        throw error
      },
    })
    const events: string[] = []
    const add = (name: string) =>
      dispatcher.add({
        ...{ goes: 'alone', priority: 'high' },
        request: async (acquire) => {
          asked.push(name)
          await acquire()
        },
        taken: () => events.push(`${name} taken`),
        dropped: () => events.push(`${name} dropped`),
      })
    for (const name of ['first', 'second', 'third']) add(name)
    await expect.poll(() => asked).toEqual(['first', 'second'])
    const closing = dispatcher.close()
    close()
    await closing
    add('fourth')
    expect(events).toEqual([
      ...['first taken', 'second taken', 'second dropped'],
      ...['third taken', 'third dropped', 'fourth taken', 'fourth dropped'],
    ])
  })

  test('a message for which there was no room is left as well', async () => {
    let load = () => {}
    const loaded = new Promise<null>((resolve) => {
      load = () => resolve(null)
    })
    const deliver = createDeliver({
      deliveries: { load: () => loaded, dueScore: async () => 0, done: async () => {} } as never,
      sentAs: async () => null,
      dispatcher: { expect: () => () => {} },
      wasPaused: () => false,
      clock: { now: () => 0 },
      log: { warn: () => {} },
    } as never)
    const ids = Array.from({ length: 201 }, (_, n) => `message-${n}`)
    const taken = Promise.all(ids.map((id) => deliver.handler(id, 'high')))
    const closing = deliver.close()
    load()
    await Promise.all([taken, closing])
    expect([...deliver.left()]).toEqual([['message-200', 'high']])
  })
})
