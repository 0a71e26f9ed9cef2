// Plays histories of customers over weeks, side by side in one system, each with the emails that its customer gets.

import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import type { SubscribeInput } from '../../src/sandbox/polar/scripts/billing.ts'
import type { SystemOptions } from '../../src/sandbox/system.ts'
import { startTestSystem, type TestSystem } from './system.ts'

/** A customer and the subscription that a history is about. */
export type Life = { system: TestSystem; customerId: string; subscriptionId: string }

export type Step = (life: Life) => unknown

/** An email: its kind, the day since the start on which it comes, and something that its text says. */
export type Expected = [kind: string, day: number, says?: string]

export type History = {
  /** The subscription that begins on day 0. Default: a monthly one. */
  begins?: (now: number) => SubscribeInput
  /** Later steps, by day since the start; all else goes as the clocks of Polar and Postern say. */
  happens: readonly [day: number, does: Step][]
  /** How long it is watched, in days. Default: some days longer than Polar tries to collect. */
  days?: number
  /** All emails to the customer, in order. */
  emails: readonly Expected[]
  /** No email says this. */
  never?: string
}

/** A day begins so much early, for the clocks of Polar and Postern that differ by less. */
const EARLY = 5 * MINUTE

/** @returns the day since the start, from 0. Both in milliseconds. */
export const dayOf = (at: number, startedAt: number): number =>
  Math.floor((at - startedAt + EARLY) / DAY)

const LONG = 25

type Mail = { kind: string; day: number; text: string }

const beginEach = async (system: TestSystem, histories: readonly History[]): Promise<Life[]> => {
  const lives: Life[] = []
  for (const [n, { begins }] of histories.entries()) {
    const ids = await system.polarWorld.scenario.subscribe({
      ...begins?.(system.clock.now()),
      customer: { email: `customer-${n}@example.com` },
    })
    lives.push({ system, ...ids })
  }
  await system.settle()
  return lives
}

/** Resolves with the emails of each history, oldest first. */
export const playIn = async (
  system: TestSystem,
  histories: readonly History[],
): Promise<Mail[][]> => {
  const startedAt = system.clock.now()
  const lives = await beginEach(system, histories)
  const steps = histories.flatMap(({ happens }, n) =>
    happens.map(([day, does]) => ({ day, play: () => lives[n] && does(lives[n]) })),
  )
  const ends = histories.map(({ days = LONG }) => ({ day: days, play: () => {} }))
  for (const { day, play } of [...steps, ...ends].toSorted((a, b) => a.day - b.day)) {
    const left = startedAt + day * DAY - system.clock.now()
    if (left > 0) await system.advance(left)
    await play()
    await system.settle()
  }
  const mails = system.mails().toReversed()
  return histories.map(({ days = LONG }, n) =>
    mails
      .filter(({ to }) => to.includes(`customer-${n}@example.com`))
      .map(({ tags, text, accepted_at }) => ({
        kind: tags.find(({ name }) => name === 'kind')?.value ?? '',
        day: dayOf(Date.parse(accepted_at), startedAt),
        text: text ?? '',
      }))
      .filter(({ day }) => day < days),
  )
}

/** The same in a system of their own, which is closed afterwards. Reminders come at any hour. */
export const play = async (
  histories: readonly History[],
  options: Partial<SystemOptions> = {},
): Promise<Mail[][]> => {
  const releases = createReleases()
  try {
    const system = await startTestSystem(
      { reports: false, ...options, environment: { QUIET_HOURS: 'off', ...options.environment } },
      (close) => void releases.add(null, close),
    )
    return await playIn(system, histories)
  } finally {
    await releases.close()
  }
}
