// How long an address is not mailed, what outweighs what, and who may end it.

import { describe, expect, test } from 'vitest'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
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

describe.each(['command', 'api'] as const)('an operator, by %s,', (by) => {
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
