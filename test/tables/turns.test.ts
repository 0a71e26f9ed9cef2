// The events of one customer come one after another, and an event of another customer never waits for them. All of it is
// counted; nothing is timed.

import { describe, expect, test } from 'vitest'
import { createTurns } from '../../src/events/turns.ts'
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
  const begun: string[] = []
  const work = async (id: string) => {
    begun.push(id)
    await pass()
  }
  const turns = createTurns(work)
  let handlers = 0
  const take = (customer: string, id: string) => {
    handlers += 1
    const taken = turns
      .take(customer, id, () => work(id))
      .finally(() => {
        handlers -= 1
      })
    return taken
  }
  return { turns, take, begun, inHand: waiting, open, handlers: () => handlers }
}

describe('a hundred events of one customer', () => {
  const ids = Array.from({ length: 100 }, (_, n) => `ann-${n}`)

  test('are in hand one at a time, in the order of arrival', async () => {
    const { take, begun, inHand, open } = started()
    for (const id of ids) take('ann', id)
    for (const [n] of ids.entries()) {
      await settled()
      expect([inHand(), begun.length]).toEqual([1, n + 1])
      await open()
    }
    expect(begun).toEqual(ids)
    expect(inHand()).toBe(0)
  })

  test('keep one handler busy, and none once the first of them is done', async () => {
    const { take, handlers, inHand, open } = started()
    for (const id of ids) take('ann', id)
    await settled()
    expect(handlers()).toBe(1)
    await open()
    expect([handlers(), inHand()]).toEqual([0, 1])
  })

  test('let an event of another customer begin at once, and end before them', async () => {
    const { take, begun, inHand, open } = started()
    for (const id of ids) take('ann', id)
    take('bob', 'bob-1')
    await settled()
    expect([begun, inHand()]).toEqual([['ann-0', 'bob-1'], 2])
    await open()
    await open()
    expect(begun).toEqual(['ann-0', 'bob-1', 'ann-1'])
  })
})

describe('an event that waits', () => {
  test('waits once, however often a worker is nudged about it', async () => {
    const { turns, take, begun, open } = started()
    for (const id of ['ann-1', 'ann-2', 'ann-2', 'ann-3', 'ann-2']) take('ann', id)
    expect(['ann-1', 'ann-2', 'ann-3'].map(turns.isWaiting)).toEqual([false, true, true])
    for (let n = 0; n < 5; n++) await open()
    expect(begun).toEqual(['ann-1', 'ann-2', 'ann-3'])
    expect(turns.isWaiting('ann-2')).toBe(false)
  })

  test('gets its turn although the one before it failed', async () => {
    const { turns, take, begun } = started()
    const failed = turns.take('ann', 'ann-1', async () => {
      await settled()
      throw new Error('no such luck')
    })
    take('ann', 'ann-2')
    await expect(failed).rejects.toThrow('no such luck')
    await settled()
    expect(begun).toEqual(['ann-2'])
  })

  test('is left to the due set when the process ends, which ends once the one in hand is done', async () => {
    const { turns, take, begun, inHand, open } = started()
    for (const id of ['ann-1', 'ann-2', 'ann-3']) take('ann', id)
    await open()
    let isClosed = false
    const closed = turns.close().then(() => {
      isClosed = true
    })
    await settled()
    expect([isClosed, inHand()]).toEqual([false, 1])
    await open()
    await closed
    expect([begun, inHand()]).toEqual([['ann-1', 'ann-2'], 0])
  })

  test('is one of ten thousand at the most: those beyond come again by the due set', async () => {
    const { turns, take, inHand } = started()
    for (let n = 0; n <= 10_001; n++) take('ann', `ann-${n}`)
    expect(['ann-10000', 'ann-10001'].map(turns.isWaiting)).toEqual([true, false])
    take('bob', 'bob-1')
    expect(inHand()).toBe(2)
  })
})

describe('events that are interpreted', () => {
  const SUBSCRIPTIONS = 100

  /** A renewal of one of Ann's many subscriptions. */
  const renewal = (n: number, data = {}) =>
    subscriptionTold('subscription.updated', '2026-11-20T12:00:00Z', { id: `sub-${n}`, ...data })
  const renewals = Array.from({ length: SUBSCRIPTIONS }, (_, n) => renewal(n))
  const stranger = body('member.created', { customer_id: 'f08db22f-d293-456a-b170-fab23d90fbac' })

  test('together, of one customer, are each read and written once: none competes with another', async () => {
    const { interpret, close, commits, settled: done } = understanding()
    await Promise.all(renewals.map(interpret))
    await expect.poll(() => done.length).toBe(SUBSCRIPTIONS)
    expect(done).toEqual(renewals)
    expect(commits).toMatchObject({ tried: SUBSCRIPTIONS, refused: 0 })
    await close()
  })

  test('of another customer are done while the first of a hundred is in hand', async () => {
    const { interpret, commits, settled: done } = understanding()
    const { pass, waiting, open } = gate()
    commits.before = async (writes) => {
      if (writes.includes('sub-0')) await pass()
    }
    const first = interpret(renewals[0] ?? '')
    await expect.poll(waiting).toBe(1)
    await Promise.all(renewals.slice(1).map(interpret))
    await interpret(stranger)
    expect(done).toEqual([stranger])
    await open()
    await first
    await expect.poll(() => done.length).toBe(SUBSCRIPTIONS + 1)
  })

  test('in two processes at once are both known in the end', async () => {
    const { interpret, elsewhere, commits, state } = understanding()
    const raw = renewal(1)
    let other: Promise<void> | undefined
    commits.before = async (writes) => {
      if (other || !writes.includes('sub-1')) return
      // Another process has a turn of its own.
      other = elsewhere(renewal(1, { modified_at: '2026-11-21T12:00:00Z', status: 'past_due' }))
      await other
    }
    await interpret(raw)
    expect(commits).toMatchObject({ tried: 3, refused: 1 })
    const customerId = JSON.parse(raw).data.customer.id
    expect((await state(customerId, 'sub-1')).subscriptions['sub-1']?.status).toBe('past_due')
  })

  test('write no more of one customer with a thousand subscriptions than with one', async () => {
    const written = async (known: number) => {
      const { given, interpret, commits } = understanding()
      given(...Array.from({ length: known }, (_, n) => renewal(n)))
      const sizes: number[] = []
      commits.before = async (writes) => {
        sizes.push(writes.length)
      }
      await interpret(renewal(0, { modified_at: '2026-11-21T12:00:00Z' }))
      return sizes
    }
    expect(await written(1_000)).toEqual(await written(1))
  })
})
