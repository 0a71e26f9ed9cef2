// The actions of operators are noted with their results. One that has none is noted as not finished.

import { expect, test } from 'vitest'
import { createOperatorActions } from '../../src/operator/actions.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

test('an action whose process dies on the way is noted as not finished, once', async () => {
  const clock = stoppedClock()
  const actions = createOperatorActions(redis, clock)
  const { result, perform } = actions.noteBy('console')
  const message = 'msg_1'
  await perform({ action: 'links revoked', message }, () =>
    result({ act: 'links revoked', message }),
  )
  const died = async () => {
    throw new Error('as if its process died here')
  }
  await perform({ action: 'customer erased' }, died).catch(() => {})
  expect(await actions.take()).toMatchObject([{ act: 'links revoked', message }])

  clock.advance(10 * MINUTE)
  const notFinished = { act: 'action not finished', action: 'customer erased', by: 'console' }
  const workers = [actions, createOperatorActions(redis, clock)]
  const taken = await Promise.all(workers.map(({ take }) => take()))
  expect(taken.flat()).toMatchObject([notFinished])
  expect((await actions.newest(10)).map(({ act }) => act)).toEqual([
    'action not finished',
    'links revoked',
  ])
})
