// A script over all shards: one call where one server has them all, and one a shard where Redis wants that.

import { beforeEach, expect, test } from 'vitest'
import { keyOnShard, SHARDS } from '../../src/redis/keys.ts'
import { createShardScript } from '../../src/redis/shard-script.ts'
import { emptyRedis } from '../support/empty-redis.ts'

const { redis } = await emptyRedis()
beforeEach(() => redis.config('RESETSTAT'))

const keysOf = (shard: number) => [keyOnShard(shard, 'due', 'a'), keyOnShard(shard, 'due', 'b')]
const every = SHARDS.flatMap(keysOf)

const calls = async () => {
  const stats = await redis.info('commandstats')
  return ['eval', 'evalsha'].reduce((sum, name) => {
    const [, count = 0] = new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats) ?? []
    return sum + Number(count)
  }, 0)
}

test('a server is asked once for all shards', async () => {
  const run = createShardScript<string>(redis, 'return KEYS', keysOf)
  expect(await run([])).toEqual(every)
  await redis.config('RESETSTAT')
  expect(await run([])).toEqual(every)
  expect(await calls()).toBe(1)
})

test('a cluster behind a proxy refuses that once, and is then asked for each shard', async () => {
  const ofOneShard = `
    if #KEYS > 2 then return redis.error_reply("CROSSSLOT Keys in request don't hash to the same slot") end
    return KEYS`
  const run = createShardScript<string>(redis, ofOneShard, keysOf)
  expect(await run([])).toEqual(every)
  await redis.config('RESETSTAT')
  expect(await run([])).toEqual(every)
  expect(await calls()).toBe(SHARDS.length)
})

test('any other error is the caller’s', async () => {
  const run = createShardScript<string>(redis, "return redis.error_reply('OOM')", keysOf)
  await expect(run([])).rejects.toThrow('OOM')
})
