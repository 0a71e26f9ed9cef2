// The events of one customer come one after another, and an event of another customer never waits for them. All of it is
// counted; nothing is timed.

import { describe, expect, test } from 'vitest'
import { createLine, createTurns } from '../../src/events/turns.ts'
import { body, subscriptionTold } from './build.ts'
import { understanding } from './interpreting.ts'

/** Everything that can happen without anybody's doing has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Work that stays in hand until it is let go. */
const gate = () => {
  const open: (() => void)[] = []
  return {
    pass: () => new Promise<void>((resolve) => open.push(resolve)),
    waiting: () => open.length,
    open: async () => {
      open.shift()?.()
      await settled()
    },
  }
}

const started = () => {
  const { pass, waiting, open } = gate()
  const begun: (readonly string[])[] = []
  const work = async (ids: readonly string[]) => {
    begun.push(ids)
    await pass()
  }
  const turns = createTurns(work)
  let handlers = 0
  /** As a handler does that is called with the id of an event. */
  const take = async (customer: string, id: string) => {
    const leave = turns.take(customer, id)
    if (!leave) return
    handlers += 1
    await work([id]).finally(leave)
    handlers -= 1
  }
  return { turns, take, begun, inHand: waiting, open, handlers: () => handlers }
}

describe('a hundred events of one customer', () => {
  const ids = Array.from({ length: 100 }, (_, n) => `ann-${n}`)

  test('come in the order of arrival, and none begins while others are in hand', async () => {
    const { take, begun, inHand, open } = started()
    for (const id of ids) take('ann', id)
    const portions = [1, 20, 20, 20, 20, 19]
    for (const [n] of portions.entries()) {
      expect(begun.map(({ length }) => length)).toEqual(portions.slice(0, n + 1))
      expect(inHand()).toBe(1)
      await open()
    }
    expect(begun.flat()).toEqual(ids)
    expect(inHand()).toBe(0)
  })

  test('keep one handler busy, and none once the first of them is done', async () => {
    const { take, handlers, inHand, open } = started()
    for (const id of ids) take('ann', id)
    expect(handlers()).toBe(1)
    await open()
    expect([handlers(), inHand()]).toEqual([0, 1])
  })

  test('let an event of another customer begin at once, and end before them', async () => {
    const { take, begun, inHand, open } = started()
    for (const id of ids) take('ann', id)
    take('bob', 'bob-1')
    expect([begun, inHand()]).toEqual([[['ann-0'], ['bob-1']], 2])
    await open()
    await open()
    expect(begun.flat()).toEqual(['ann-0', 'bob-1', ...ids.slice(1, 21)])
  })
})

describe('an event that waits', () => {
  test('waits once, however often a worker is nudged about it', async () => {
    const { turns, take, begun, open } = started()
    for (const id of ['ann-1', 'ann-2', 'ann-2', 'ann-3', 'ann-2']) take('ann', id)
    expect(['ann-1', 'ann-2', 'ann-3'].map(turns.isWaiting)).toEqual([false, true, true])
    await open()
    await open()
    expect(begun).toEqual([['ann-1'], ['ann-2', 'ann-3']])
    expect(turns.isWaiting('ann-2')).toBe(false)
  })

  test('is in hand until its turn is over', async () => {
    const { turns, take, open } = started()
    take('ann', 'ann-1')
    expect(turns.isIdle()).toBe(true) // its handler has it
    take('ann', 'ann-2')
    expect(turns.isIdle()).toBe(false)
    await open()
    expect([turns.isWaiting('ann-2'), turns.isIdle()]).toEqual([false, false])
    await open()
    expect(turns.isIdle()).toBe(true)
  })

  test('gets its turn when the one before it leaves, be that done or not', async () => {
    const { turns, take, begun } = started()
    const leave = turns.take('ann', 'ann-1')
    take('ann', 'ann-2')
    leave?.()
    expect(begun).toEqual([['ann-2']])
    take('ann', 'ann-3')
    leave?.()
    expect(begun).toEqual([['ann-2']])
  })

  test('is left to the due set when the process ends, which ends once those in hand are done', async () => {
    const { turns, take, begun, inHand, open } = started()
    for (const id of ['ann-1', 'ann-2']) take('ann', id)
    await open()
    take('ann', 'ann-3')
    let isClosed = false
    const closed = turns.close().then(() => {
      isClosed = true
    })
    await settled()
    expect([isClosed, inHand()]).toEqual([false, 1])
    await open()
    await closed
    expect([begun, inHand()]).toEqual([[['ann-1'], ['ann-2']], 0])
  })

  test('is one of ten thousand at the most: those beyond come again by the due set', () => {
    const { turns, take, inHand } = started()
    for (let n = 0; n <= 10_001; n++) take('ann', `ann-${n}`)
    expect(['ann-10000', 'ann-10001'].map(turns.isWaiting)).toEqual([true, false])
    take('bob', 'bob-1')
    expect(inHand()).toBe(2)
  })
})

test('a line does one work after another, although one fails', async () => {
  const line = createLine()
  const done: number[] = []
  const add = (n: number) =>
    line(async () => {
      await settled()
      done.push(n)
      if (n === 1) throw new Error('no such luck')
    })
  const all = await Promise.allSettled([0, 1, 2].map(add))
  expect(done).toEqual([0, 1, 2])
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

describe('events that are interpreted', () => {
  const COUNT = 100
  const ANN = JSON.parse(body('subscription.cycled')).data.customer.id

  const updated = (data = {}, at = '2026-11-20T12:00:00Z') =>
    subscriptionTold('subscription.updated', at, data)
  const each = (make: (n: number) => string) => Array.from({ length: COUNT }, (_, n) => make(n))
  const minute = (n: number) =>
    new Date(Date.parse('2026-11-20T12:00:00Z') + n * 60_000).toISOString()

  const ofMany = each((n) => updated({ id: `sub-${n}` }))
  const ofOne = each((n) => updated({ seats: n + 1 }, minute(n)))
  const ofCustomer = each((n) =>
    body('customer.updated', { id: ANN, name: `Ann ${n}`, modified_at: minute(n) }),
  )
  const everyNewAddress = each((n) =>
    updated({
      id: `sub-${n}`,
      customer: { email: `ann-${n}@example.com`, modified_at: minute(n) },
    }),
  )
  const stranger = body('member.created', { customer_id: 'f08db22f-d293-456a-b170-fab23d90fbac' })

  const all = async (raw: readonly string[], known: readonly string[] = []) => {
    const { interpret, commits, given, settled: done, ...rest } = understanding()
    if (known.length > 0) await given(...known)
    let [inHand, most] = [0, 0]
    commits.before = async () => {
      inHand += 1
      most = Math.max(most, inHand)
      await settled()
    }
    commits.after = () => {
      inHand -= 1
    }
    await Promise.all(raw.map(interpret))
    await expect.poll(() => done.length).toBe(COUNT)
    return { ...rest, done, most, tried: commits.tried, refused: commits.refused }
  }

  test.each([
    ['a subscription', ofOne],
    ['a customer itself', ofCustomer],
  ])('of %s are in hand one at a time, in the order of arrival', async (_, raw) => {
    const { done, most, tried, refused } = await all(raw)
    expect(done).toEqual(raw)
    expect({ most, tried, refused }).toEqual({ most: 1, tried: COUNT, refused: 0 })
  })

  test('of many subscriptions of a customer hardly compete: only the first three share a record', async () => {
    const later = each((n) => updated({ id: `sub-${n}` }, minute(1)))
    const { most, tried, refused } = await all(later, ofMany)
    expect({ most, tried, refused }).toEqual({ most: 20, tried: COUNT + 1, refused: 1 })
  })

  test('of many new subscriptions are tried once more at the most', async () => {
    const { tried, refused } = await all(ofMany)
    expect(tried - refused).toBe(COUNT)
    expect(refused).toBeLessThan(20)
  })

  test('are tried once more, and no more, where each changes what is known of the customer', async () => {
    const { tried, refused, state } = await all(everyNewAddress)
    expect(tried).toBeLessThanOrEqual(2 * COUNT)
    expect(tried - refused).toBe(COUNT)
    const last = await understood(everyNewAddress.slice(-1))
    expect((await state(ANN)).address).toEqual(last)
  })

  /** The address that is known by these bodies alone. */
  const understood = async (raw: readonly string[]) => {
    const { interpret, state } = understanding()
    for (const one of raw) await interpret(one)
    return (await state(ANN)).address
  }

  test('of the customer itself come after those before and before those after', async () => {
    const raw = [...ofMany.slice(0, 10), ...ofCustomer.slice(0, 1), ...ofMany.slice(10, 20)]
    const { interpret, settled: done } = understanding()
    await Promise.all(raw.map(interpret))
    await expect.poll(() => done.length).toBe(raw.length)
    expect(done.indexOf(raw[10] ?? '')).toBe(10)
  })

  test('of another customer are done while the first of a hundred is in hand', async () => {
    const { interpret, commits, settled: done } = understanding()
    const { pass, waiting, open } = gate()
    let isFirst = true
    commits.before = async () => {
      if (isFirst) {
        isFirst = false
        await pass()
      }
    }
    const first = interpret(ofMany[0] ?? '')
    await expect.poll(waiting).toBe(1)
    await Promise.all(ofMany.slice(1).map(interpret))
    await interpret(stranger)
    expect(done).toEqual([stranger])
    await open()
    await first
    await expect.poll(() => done.length).toBe(COUNT + 1)
  })

  test('are interpreted once, although a worker is nudged about one that is in hand', async () => {
    const { interpret, commits, settled: done } = understanding()
    const { pass, waiting, open } = gate()
    commits.before = pass
    const first = interpret(stranger)
    await expect.poll(waiting).toBe(1)
    await interpret(stranger)
    await open()
    await first
    await settled()
    expect(done).toEqual([stranger])
    expect(commits.tried).toBe(1)
    await interpret(stranger) // nothing of it is kept
    expect(done).toEqual([stranger, stranger])
  })

  test('in two processes at once are both known in the end', async () => {
    const { interpret, elsewhere, commits, state } = understanding()
    let other: Promise<void> | undefined
    commits.before = async (writes) => {
      if (other || !writes.includes('sub-1')) return
      // Another process has turns of its own.
      other = elsewhere(updated({ id: 'sub-1', status: 'past_due' }, '2026-11-21T12:00:00Z'))
      await other
    }
    await interpret(updated({ id: 'sub-1' }))
    expect(commits).toMatchObject({ tried: 2, refused: 1 })
    expect((await state(ANN, 'sub-1')).subscriptions['sub-1']?.status).toBe('past_due')
  })

  test.each([
    ['with a record of its own', 'sub-3', 4],
    ['in the record of its customer', 'sub-0', 3],
  ])('write no more of one customer with a thousand subscriptions: one %s', async (_, id, few) => {
    const written = async (known: number) => {
      const { given, interpret, commits } = understanding()
      await given(...Array.from({ length: known }, (_, n) => updated({ id: `sub-${n}` })))
      const sizes: number[] = []
      commits.before = async (writes) => {
        sizes.push(writes.length)
      }
      await interpret(updated({ id }, '2026-11-21T12:00:00Z'))
      return sizes
    }
    expect(await written(1_000)).toEqual(await written(few))
  })

  test('go on after one that fails', async () => {
    const { interpret, commits, settled: done } = understanding()
    commits.before = async (writes) => {
      if (writes.includes('sub-3"')) throw new Error('Redis is away')
    }
    const rest = ofMany.filter((_, n) => n !== 3)
    await Promise.all(ofMany.map(interpret))
    await expect.poll(() => done.length).toBe(rest.length)
    expect(done).not.toContain(ofMany[3])
  })
})
