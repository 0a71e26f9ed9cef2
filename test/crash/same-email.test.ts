// Kills Postern with -9 while it sends the same email once more. The copy goes out once.

import { expect, onTestFinished, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { runCommand } from '../support/command.ts'
import { startHere } from '../support/here.ts'
import { killAt } from '../support/kill-at.ts'
import { laterBy } from '../support/process.ts'
import { leftDue } from '../support/records.ts'
import { startWorld } from '../support/world.ts'

/** By then a nudge counts as lost, and an interrupted attempt too. */
const LATER = 30 * SECOND

const PATIENT = { timeout: MINUTE, interval: 100 }

test('a copy goes out once after a kill between Resend accepting it and hearing of it', {
  timeout: 3 * MINUTE,
}, async () => {
  const world = await startWorld()
  onTestFinished(world.close)
  const { redis, polar, resend, settings } = world
  const first = await startHere(settings)
  await polar.scenario.purchase({ customer: { email: 'ann@example.com' }, amount: 4900 })
  await expect.poll(() => leftDue(redis.url), PATIENT).toBe(0)
  first.kill()
  const mails = () => resend.inbox()
  const messageIn = ({ tags }: ReturnType<typeof mails>[number]) =>
    tags.find(({ name }) => name === 'message')?.value ?? ''
  const [original] = mails()
  if (!original) throw new Error('no mail was sent')

  const { out } = await runCommand('resend', settings, [messageIn(original), '--same'])
  expect(out).toContain('is sent again, the same, as msg_')
  const doomed = await killAt(world, { accepted: 1 }, laterBy(LATER, settings))
  await doomed.killed
  await startHere(settings, { later: 2 * LATER })
  await expect.poll(() => leftDue(redis.url), PATIENT).toBe(0)

  const [copy, ...others] = mails()
  expect(others).toEqual([original])
  expect(messageIn(copy ?? original)).not.toBe(messageIn(original))
  expect(copy?.attachments).toEqual(original.attachments)
  const textOf = (mail = original) => mail.text?.replaceAll(/\/l\/[\w-]+/g, '')
  expect(textOf(copy)).toBe(textOf())
})
