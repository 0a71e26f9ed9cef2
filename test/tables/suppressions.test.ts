// How long an address is not mailed, what outweighs what, and who may end it.

import { describe, expect, test } from 'vitest'
import { InvalidCursorError } from '../../src/redis/record-index.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { createLift } from '../../src/suppressions/lift.ts'
import { createSuppressionList } from '../../src/suppressions/list.ts'
import { createSuppressions, SOFT_FOR } from '../../src/suppressions/store.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const ANN = 'ann@example.com'

type Because = 'bounced' | 'complained' | 'suppressed'

const started = () => {
  const clock = stoppedClock(PLANNED)
  const suppressions = createSuppressions(redis, clock)
  const report = (because: Because, at = clock.now()) =>
    suppressions.suppress(ANN, { because, at, origin: { message: 'msg_1', provider: 're_1' } })
  const isSuppressed = async () => (await suppressions.isSuppressed(ANN))?.because ?? null
  return { clock, suppressions, report, isSuppressed }
}

describe('Resend’s own refusal', () => {
  test('ends by itself after thirty days, by the clock of the system', async () => {
    const { clock, report, isSuppressed } = started()
    await report('suppressed')
    clock.advance(SOFT_FOR - 1)
    expect(await isSuppressed()).toBe('suppressed')
    clock.advance(1)
    expect(await isSuppressed()).toBeNull()
    expect(SOFT_FOR).toBe(30 * DAY)
  })

  test('counts anew when Resend refuses again', async () => {
    const { clock, report, isSuppressed } = started()
    await report('suppressed')
    clock.advance(SOFT_FOR)
    expect(await report('suppressed')).toBe(true)
    clock.advance(SOFT_FOR - 1)
    expect(await isSuppressed()).toBe('suppressed')
  })

  test('is outweighed by a bounce, which stays', async () => {
    const { clock, report, isSuppressed } = started()
    await report('suppressed')
    clock.advance(MINUTE)
    expect(await report('bounced')).toBe(true)
    expect(await report('suppressed')).toBe(false)
    clock.advance(10 * SOFT_FOR)
    expect(await isSuppressed()).toBe('bounced')
  })
})

test.each(['bounced', 'complained'] as const)('%s does not end by itself', async (because) => {
  const { clock, report, isSuppressed } = started()
  await report(because)
  clock.advance(1000 * DAY)
  expect(await isSuppressed()).toBe(because)
})

describe.each(['command', 'api', 'console'] as const)('an operator, by %s,', (by) => {
  test.each(['bounced', 'complained', 'suppressed'] as const)(
    'releases an address that is %s, and it is recorded who did',
    async (because) => {
      const { clock, suppressions, report, isSuppressed } = started()
      await report(because)
      clock.advance(MINUTE)
      expect(await suppressions.release(ANN.toUpperCase(), by)).toMatchObject({
        ...{ because, at: PLANNED },
        origin: { message: 'msg_1' },
      })
      expect(await isSuppressed()).toBeNull()
      const [key = ''] = await redis.keys('*:suppressed:*')
      const stored = JSON.parse((await redis.get(key)) ?? '')
      expect(stored).toMatchObject({ because, freedAt: PLANNED + MINUTE, freedBy: by })
      expect(key + JSON.stringify(stored)).not.toMatch(/ann|example/i)
      expect(await suppressions.release(ANN, by)).toBeNull()
    },
  )

  test.each(['bounced', 'complained', 'suppressed'] as const)(
    'is not undone by an old report, only by a new one: %s',
    async (because) => {
      const { clock, suppressions, report, isSuppressed } = started()
      await report(because)
      clock.advance(MINUTE)
      await suppressions.release(ANN, by)
      expect(await report(because, PLANNED)).toBe(false)
      expect(await isSuppressed()).toBeNull()
      clock.advance(MINUTE)
      expect(await report(because)).toBe(true)
      expect(await isSuppressed()).toBe(because)
    },
  )

  test('finds nothing where nothing is suppressed', async () => {
    expect(await started().suppressions.release(ANN, by)).toBeNull()
  })
})

test('a correction frees a bounce, and never a complaint', async () => {
  const { suppressions, report, isSuppressed } = started()
  await report('bounced')
  expect(await suppressions.free(ANN)).toBe(true)
  expect(await isSuppressed()).toBeNull()
  await report('complained')
  expect(await suppressions.free(ANN)).toBe(false)
  expect(await isSuppressed()).toBe('complained')
})

describe('a report that comes again after all that followed it', () => {
  const BECAUSE = ['suppressed', 'bounced', 'complained'] as const
  const cases = BECAUSE.flatMap((first) =>
    BECAUSE.flatMap((second) =>
      ([0, 1, 2] as const).map((freed) => [first, second, freed] as const),
    ),
  )

  test.each(cases)('changes nothing: %s, then %s, freed %i times', async (first, second, freed) => {
    const { clock, suppressions, report, isSuppressed } = started()
    const reported: [Because, number][] = []
    for (const [n, because] of [first, second].entries()) {
      reported.push([because, clock.now()])
      await report(because)
      clock.advance(MINUTE)
      if (n < freed) await suppressions.release(ANN, 'command')
      clock.advance(MINUTE)
    }
    const before = await isSuppressed()
    for (const [because, at] of reported) expect(await report(because, at)).toBe(false)
    expect(await isSuppressed()).toBe(before)
  })
})

describe('the list of suppressions', () => {
  const listed = () => {
    const { clock, suppressions } = started()
    const list = createSuppressionList(redis)
    const suppress = (address: string, at: number) =>
      suppressions.suppress(address, {
        ...{ because: 'bounced', at },
        origin: { message: null, provider: address },
      })
    /** All pages, by the addresses that the records name. */
    const pages = async (limit: number) => {
      const all: string[][] = []
      let cursor: string | null = null
      do {
        const page = await list({ limit, ...(cursor && { cursor }) })
        all.push(page.found.map(({ suppression }) => suppression.origin.provider))
        cursor = page.cursor
      } while (cursor)
      return all
    }
    return { clock, suppressions, suppress, list, pages }
  }

  test('is read a page at a time, newest first over all shards, with none twice and none left out', async () => {
    const { suppress, pages } = listed()
    const times = Array.from({ length: 60 }, (_, n) => PLANNED + Math.floor(n / 4))
    const addresses = times.map((_, n) => `person${n}@example.com`)
    for (const [n, address] of addresses.entries()) await suppress(address, times[n] ?? 0)
    const all = (await pages(7)).flat()
    expect(all.toSorted()).toEqual(addresses.toSorted())
    const shown = all.map((address) => times[addresses.indexOf(address)] ?? 0)
    expect(shown).toEqual(shown.toSorted((a, b) => b - a))
    expect((await pages(7)).map(({ length }) => length)).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 4])
    expect((await pages(60)).map(({ length }) => length)).toEqual([60])
  })

  test('has an address once, by its latest suppression, and not after a release or an erasure', async () => {
    const { clock, suppressions, suppress, pages } = listed()
    await suppress(ANN, PLANNED)
    await suppress('ben@example.com', PLANNED + 1)
    expect(await pages(5)).toEqual([['ben@example.com', ANN]])
    clock.advance(MINUTE)
    expect(await suppressions.free(ANN)).toBe(true)
    expect(await pages(5)).toEqual([['ben@example.com']])
    await suppress(ANN, PLANNED + 2 * MINUTE)
    expect(await pages(5)).toEqual([[ANN, 'ben@example.com']])
    expect(await suppressions.erase(ANN)).toBe(true)
    expect(await suppressions.erase(ANN)).toBe(false)
    expect(await suppressions.release('ben@example.com', 'console')).not.toBeNull()
    expect(await pages(5)).toEqual([[]])
    expect(await redis.keys('*:suppressions')).toEqual([])
  })

  test.each(['', '1', 'x.y', `1.${'a'.repeat(44)}`])('refuses the cursor %j', async (cursor) => {
    await expect(listed().list({ limit: 5, cursor })).rejects.toThrow(InvalidCursorError)
  })
})

describe('a release with Resend’s own list', () => {
  test('asks Resend first, and only about an address that is suppressed', async () => {
    const { suppressions, report, isSuppressed } = started()
    const asked: (string | null)[] = []
    const removeAtResend = async (address: string) => {
      asked.push(address, await isSuppressed())
      return 'removed' as const
    }
    const lift = createLift({ suppressions, removeAtResend })
    expect(await lift(ANN, 'console')).toBeNull()
    expect(asked).toEqual([])
    await report('bounced')
    expect(await lift(ANN, 'console')).toMatchObject({ atResend: 'removed' })
    expect(asked).toEqual([ANN, 'bounced'])
    expect(await isSuppressed()).toBeNull()
  })
})
