// When it is worth looking again for what is written a little later.

import { describe, expect, test } from 'vitest'
import { createRetrySchedule } from '../../src/messages/retry-schedule.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const TIMES = [2 * SECOND, 10 * SECOND]

describe('a look', () => {
  test.each([
    ['at first', 0, 2],
    ['sooner than it was told', 1, 2],
    ['when it was told', 2, 10],
    ['late', 7, 10],
    ['when the last time is over', 10, null],
    ['long after', 3600, null],
  ])('%s names the next time that is left', (_, seconds, next) => {
    const clock = stoppedClock()
    const looks = createRetrySchedule(clock)
    looks.again('msg-1', TIMES)
    clock.advance(seconds * SECOND)
    const expected = next === null ? null : { retryAt: PLANNED + next * SECOND }
    expect(looks.again('msg-1', TIMES)).toEqual(expected)
  })

  test('is counted from the first of its own message', () => {
    const clock = stoppedClock()
    const looks = createRetrySchedule(clock)
    looks.again('msg-1', TIMES)
    clock.advance(60 * SECOND)
    expect(looks.again('msg-2', TIMES)).toEqual({ retryAt: PLANNED + 62 * SECOND })
    expect(looks.again('msg-1', TIMES)).toBeNull()
  })

  test('ends, however often it is taken', () => {
    const clock = stoppedClock()
    const looks = createRetrySchedule(clock)
    const times: number[] = []
    for (let later = looks.again('msg', TIMES); later; later = looks.again('msg', TIMES)) {
      times.push(later.retryAt - PLANNED)
      clock.advance(later.retryAt - clock.now())
    }
    expect(times).toEqual(TIMES)
  })

  test('is not taken where no time is worth it', () => {
    expect(createRetrySchedule(stoppedClock()).again('msg-1', [])).toBeNull()
  })
})
