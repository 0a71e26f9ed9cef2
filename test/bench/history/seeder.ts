// A process that writes its share of a history, as it is told to by its parent.

import { Redis } from 'ioredis'
import { createEngine } from './engine.ts'
import { type SeedOrder, type Share, seed } from './seed.ts'

export type Command = { redisUrl: string; share: Share; order: SeedOrder }

process.once('message', async ({ redisUrl, share, order }: Command) => {
  const redis = new Redis(redisUrl, { enableAutoPipelining: true })
  let time = 0
  const engine = createEngine(redis, { now: () => time })
  await seed(engine, order, share, (at) => {
    time = at
  })
  process.exit()
})
process.on('disconnect', () => process.exit(1)) // the bench has ended
