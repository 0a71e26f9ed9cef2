// Sessions of the console: one that has ended does not come back.

import { expect, test } from 'vitest'
import { createSessions } from '../../src/console/sessions.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const clock = stoppedClock()
const password = 'correct horse battery staple'
const sessions = createSessions({ redis, password, clock })

/** Another request that reads a session just before an operator signs out. */
const overtaken = () =>
  createSessions({
    ...{ password, clock },
    redis: {
      get: async (key: string) => {
        const text = await redis.get(key)
        await redis.del(key)
        return text
      },
      set: redis.set.bind(redis),
      del: redis.del.bind(redis),
    } as Parameters<typeof createSessions>[0]['redis'],
  })

test('a session that ends while a notice is written or taken stays ended', async () => {
  const notice = { tone: 'good', text: 'It is done.' } as const
  const first = await sessions.begin()
  await overtaken().tell(first.id, notice)
  expect(await sessions.find(first.id)).toBeNull()

  const second = await sessions.begin()
  await sessions.tell(second.id, notice)
  expect(await overtaken().takeNotice(second.id)).toEqual(notice)
  expect(await sessions.find(second.id)).toBeNull()
})
