// Resend refuses the account, in all the forms that it has for that: nothing is lost, and a person reads why.

import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { scrub } from '../../src/runtime/scrub.ts'
import { REFUSALS, type Refusal } from '../../src/sandbox/resend/refusals.ts'
import {
  ofItsOwnProduct,
  purchases,
  releaseTogetherAndSettle,
  startHeldSystem,
  tellAll,
} from '../support/backlog.ts'
import { linesOf } from '../support/mailed.ts'
import { startReceiver } from '../support/receiver.ts'
import type { TestSystem } from '../support/system.ts'

const FORMS = Object.keys(REFUSALS) as Refusal[]

const addressees = (system: TestSystem) => new Set(system.mails().map(({ to }) => to[0])).size

/** So many messages that wait, and where alerts arrive. */
const startWaiting = async (count: number) => {
  const { url, posts } = await startReceiver()
  const system = await startHeldSystem({ reports: false, environment: { ALERT_WEBHOOK_URL: url } })
  await tellAll(system, purchases(count, ofItsOwnProduct))
  return { system, posts }
}

/** The pause is over. */
const afterPause = async (system: TestSystem) => {
  system.clock.advance(10 * MINUTE + SECOND)
  await system.settle()
}

/** Resend works again, and the pause is over. */
const resume = (system: TestSystem) => {
  system.resendWorld.fault = undefined
  return afterPause(system)
}

test.each([
  ['an email', 1, '/emails'],
  ['a batch', 4, '/emails/batch'],
])(
  'a refusal of the account, told of %s, pauses all mail, says why, and loses nothing: in every form',
  async (_, count, path) => {
    const { system, posts } = await startWaiting(count)
    const refused: unknown[] = []
    const refuseIn = (form: Refusal) => {
      system.resendWorld.fault = (request) => {
        refused.push([form, request.path])
        return form
      }
    }
    const paused = () => posts.filter(({ event }) => event === 'deliveries_paused')
    for (const [nth, form] of FORMS.entries()) {
      refuseIn(form)
      if (nth === 0) await releaseTogetherAndSettle(system, count)
      else await afterPause(system)
      expect(refused.slice(nth)).toEqual([[form, path]])
      const line = linesOf(system, 'deliveries paused')[nth]
      expect([form, line?.says]).toEqual([form, scrub(REFUSALS[form].message)])
      // Forms with the same sentence are one alert.
      await expect.poll(paused).toContainEqual(
        expect.objectContaining({
          says: line?.says,
          text: expect.stringContaining(`${line?.says}`),
        }),
      )
    }
    expect(paused()).toHaveLength(new Set(FORMS.map((form) => REFUSALS[form].message)).size)
    expect(linesOf(system, 'message failed')).toEqual([])
    expect(JSON.stringify(posts) + system.logText()).not.toMatch(/owner@|support@/)
    await resume(system)
    expect(addressees(system)).toBe(count)
    expect(system.resendWorld.accepted()).toBe(count)
  },
)

describe('a batch of which Resend says something of each', () => {
  const answer = (system: TestSystem, message: string) => {
    system.resendWorld.fault = ({ path }) =>
      path === '/emails/batch'
        ? {
            status: 200,
            body: {
              data: [],
              errors: Array.from({ length: 4 }, (_, index) => ({ index, message })),
            },
          }
        : undefined
  }

  test('waits where each is refused for what the account lacks', async () => {
    const { system, posts } = await startWaiting(4)
    answer(system, REFUSALS['domain is not verified'].message)
    await releaseTogetherAndSettle(system, 4)
    expect(linesOf(system, 'message failed')).toEqual([])
    expect(linesOf(system, 'deliveries paused')[0]).toMatchObject({
      because: 'configuration',
      says: expect.stringContaining('domain is not verified'),
    })
    await expect.poll(() => posts.some(({ event }) => event === 'deliveries_paused')).toBe(true)
    await resume(system)
    expect(addressees(system)).toBe(4)
  })

  test('fails those that are refused for what they are, and says why', async () => {
    const { system } = await startWaiting(4)
    answer(system, 'Invalid `to` field. Do not write to mara@example.com.')
    await releaseTogetherAndSettle(system, 4)
    expect(linesOf(system, 'deliveries paused')).toEqual([])
    expect(linesOf(system, 'message failed')).toHaveLength(4)
    expect(linesOf(system, 'message failed')[0]?.because).toBe(
      'refused: Invalid `to` field. Do not write to ….',
    )
  })
})

test('an email that is refused for what it is fails alone, with Resend’s own sentence', async () => {
  const { system, posts } = await startWaiting(1)
  const message = 'Invalid `to` field. Please use our testing address.'
  system.resendWorld.fault = () => ({
    status: 422,
    body: { statusCode: 422, name: 'validation_error', message },
  })
  await releaseTogetherAndSettle(system, 1)
  expect(linesOf(system, 'message failed')[0]?.because).toBe(`validation_error (422): ${message}`)
  await expect
    .poll(() => posts.map(({ text }) => `${text}`))
    .toContainEqual(expect.stringContaining(message))
  expect(linesOf(system, 'deliveries paused')).toEqual([])
})
