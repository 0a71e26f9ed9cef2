// When trouble with webhooks is told, and when it is told to be over.

import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createThrottle } from '../../src/runtime/throttle.ts'
import { createOutage } from '../../src/webhooks/outage.ts'

const AT = Date.parse('2026-11-22T09:00:00Z')

const standing = () => {
  let now = AT
  return {
    now: () => now,
    move: (ms: number) => {
      now += ms
    },
  }
}

/** Plays failures (`x`) and successes (`.`), each so many minutes after the one before; answers what was told, and when. */
const played = (steps: readonly [number, 'x' | '.'][], calm = 0) => {
  const clock = standing()
  const payload: string[] = []
  const tell = (what: string) => () => payload.push(`${what} at ${(clock.now() - AT) / MINUTE}`)
  const trouble = createOutage({ clock, calm, onLasting: tell('lasting'), onOver: tell('over') })
  for (const [minutes, what] of steps) {
    clock.move(minutes * MINUTE)
    if (what === 'x') trouble.failed()
    else trouble.succeeded()
  }
  return { payload, minutes: trouble.minutes() }
}

const every = (minutes: number, count: number, what: 'x' | '.' = 'x') =>
  Array.from({ length: count }, () => [minutes, what] as [number, 'x' | '.'])

test.each<[string, [number, 'x' | '.'][], string[]]>([
  ['nothing is told of nine minutes', every(1, 10), []],
  ['ten minutes are told once', every(1, 30), ['lasting at 11']],
  [
    'the end is told once, and only of what was told',
    [...every(1, 12), ...every(1, 3, '.')],
    ['lasting at 11', 'over at 13'],
  ],
  ['an end that nobody waits for is not told', [...every(1, 5), [1, '.']], []],
  ['a success begins it anew', [...every(1, 9), [0, '.'], ...every(1, 9)], []],
  [
    "Polar's attempts count as one trouble, though 20 minutes lie between",
    [
      [0, 'x'],
      [1, 'x'],
      [3, 'x'],
      [20, 'x'],
    ],
    ['lasting at 24'],
  ],
  ['one failure a day is no trouble that lasts', every(24 * 60, 5), []],
  ['it is over after a pause too', [...every(1, 12), [600, '.']], ['lasting at 11', 'over at 612']],
  [
    'what comes back after a pause is told again',
    [...every(1, 12), [600, 'x'], [10, 'x'], [0, '.']],
    ['lasting at 11', 'lasting at 622', 'over at 622'],
  ],
  [
    'a clock that was set back begins it anew',
    [...every(1, 5), [-60, 'x'], [9, 'x'], [1, 'x']],
    ['lasting at -45'],
  ],
])('%s', (_, steps, expected) => {
  expect(played(steps).payload).toEqual(expected)
})

test('where successes come between, it is over only after a calm minute', () => {
  const between = every(0.5, 24).flatMap(
    ([at, what]) =>
      [
        [at, what],
        [0.1, '.'],
      ] as [number, 'x' | '.'][],
  )
  const { payload } = played([...between, [2, '.']], MINUTE)
  expect(payload).toHaveLength(2)
  expect(payload[1]).toMatch(/^over/)
})

test('minutes are counted once each', () => {
  expect(played(every(0.25, 12)).minutes).toBe(4)
})

test('what may happen once a minute happens at once again when the clock was set back', () => {
  const clock = standing()
  const isTime = createThrottle(MINUTE, clock)
  expect([isTime(), isTime()]).toEqual([true, false])
  clock.move(MINUTE - SECOND)
  expect(isTime()).toBe(false)
  clock.move(SECOND)
  expect([isTime(), isTime()]).toEqual([true, false])
  clock.move(-60 * MINUTE)
  expect([isTime(), isTime()]).toEqual([true, false])
})
