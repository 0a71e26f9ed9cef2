// The moment at which a test kills Postern: when Redis has done a script, and its caller does not know it yet.

import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { emptyRedis } from '../support/empty-redis.ts'
import { fitsOf, naming, watch } from '../support/kill-at.ts'

const { redis, url } = await emptyRedis()

/** Another script each time, since Redis keeps those that it has run. */
const scriptOf = (name: string) => {
  const lua = `return redis.call('INCR', KEYS[1]) -- ${name} ${Date.now()}`
  return { lua, digest: createHash('sha1').update(lua).digest('hex') }
}

const [own, other] = [scriptOf('own'), scriptOf('other')]

/** A client that is watched for scripts of `the-key`. */
const watched = async () => {
  const strikes: (string | null)[] = []
  const proxy = await watch(url, fitsOf({ after: naming('the-key') }), () => {
    void redis.get('the-key').then((value) => strikes.push(value))
  })
  const client = new Redis(proxy.url)
  onTestFinished(() => client.disconnect())
  return { client, strikes }
}

test('a script that Redis does not know is waited for until it comes in full', async () => {
  const { client, strikes } = await watched()
  await expect(client.evalsha(own.digest, 1, 'the-key')).rejects.toThrow('NOSCRIPT')
  expect(strikes).toEqual([])
  void client.eval(own.lua, 1, 'the-key').catch(() => {})
  await expect.poll(() => strikes).toEqual(['1'])
})

test.each([
  ['before', [other, own]],
  ['after', [own, other]],
])(
  'one that it knows is not missed where another that it lacks was sent %s it',
  async (_, scripts) => {
    await redis.eval(own.lua, 1, 'another-key')
    const { client, strikes } = await watched()
    const pipeline = client.pipeline()
    for (const script of scripts)
      pipeline.evalsha(script.digest, 1, script === own ? 'the-key' : 'another-key')
    void pipeline.exec().catch(() => {})
    await expect.poll(() => strikes).toEqual(['1'])
  },
)
