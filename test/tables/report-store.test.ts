// The short life of a report: raw until it is applied, and nothing afterwards.

import { expect, test } from 'vitest'
import { createDue } from '../../src/redis/due.ts'
import { createReportStore } from '../../src/resend/report-store.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const ID = 'msg_2b9cTest'

const started = async () => {
  const clock = stoppedClock()
  const due = createDue(redis, 'reports', clock)
  const reports = createReportStore(redis, due, clock)
  expect(await reports.add(ID, Buffer.from('{"n":1}'))).toBe(true)
  const stored = await reports.load(ID)
  if (!stored) throw new Error('not stored')
  return { clock, due, reports, stored }
}

test('a report is stored once until it is applied, with its time and its body as it came', async () => {
  const { clock, due, reports, stored } = await started()
  expect(await reports.add(ID, Buffer.from('{"n":2}'))).toBe(false)
  expect(stored).toMatchObject({ id: ID, body: '{"n":1}', receivedAt: clock.now() })
  expect(await due.all()).toEqual([ID])
})

test('a report that is applied leaves no key, and can come again', async () => {
  const { reports, stored } = await started()
  await reports.settle(stored)
  expect(await redis.keys('*')).toEqual([])
  expect(await reports.load(ID)).toBeNull()
  expect(await reports.add(ID, Buffer.from('{"n":2}'))).toBe(true)
})

test('a report that has come again stays, when a process settles the one before it late', async () => {
  const { clock, due, reports, stored } = await started()
  await reports.settle(stored)
  clock.advance(SECOND)
  await reports.add(ID, Buffer.from('{"n":2}'))
  await reports.settle(stored)
  expect(await reports.load(ID)).toMatchObject({ body: '{"n":2}' })
  expect(await due.all()).toEqual([ID])
})
