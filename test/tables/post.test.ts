// Posting to somebody's URL: how often it is tried, and what is said of a failure.

import { describe, expect, test } from 'vitest'
import { createPost } from '../../src/runtime/post.ts'
import { freePort } from '../../src/sandbox/redis.ts'
import { startReceiver } from '../support/receiver.ts'

const posting = (url: string, times: { patience?: number; backoff?: number } = {}) => {
  const failures: Record<string, unknown>[] = []
  const onFailure = (why: Record<string, unknown>) => failures.push(why)
  return { failures, ...createPost({ url, onFailure, times: { backoff: 1, ...times } }) }
}

describe('a post', () => {
  test('is JSON, and is sent once where it is taken', async () => {
    const { url, posts } = await startReceiver(() => 204)
    const { send, failures } = posting(url)
    await send({ text: 'Hello', more: 2 })
    expect([posts, failures]).toEqual([[{ text: 'Hello', more: 2 }], []])
  })

  test('that fails is tried three times', async () => {
    const { url, posts } = await startReceiver(() => 500)
    const { send, failures } = posting(url)
    await send({})
    expect([posts.length, failures]).toEqual([3, [{ status: 500, attempts: 3 }]])
  })

  test.each([500, 503, 429, 408])('may be taken at last, after %d', async (status) => {
    const { url, posts } = await startReceiver((before) => (before < 2 ? status : 200))
    const { send, failures } = posting(url)
    await send({})
    expect([posts.length, failures]).toEqual([3, []])
  })

  test.each([404, 400, 302])('is not tried again where that is no use: %d', async (status) => {
    const { url, posts } = await startReceiver(() => status)
    const { send, failures } = posting(url)
    await send({})
    expect([posts.length, failures]).toEqual([1, [{ status, attempts: 1 }]])
  })

  test('gives up on a receiver that never answers', async () => {
    const { url } = await startReceiver(() => null)
    const { send, failures } = posting(url, { patience: 30 })
    await send({})
    expect(failures).toEqual([{ error: 'TimeoutError', attempts: 3 }])
  }, 5_000)

  test('to nobody says why, and not where', async () => {
    const { send, failures } = posting(`http://127.0.0.1:${await freePort()}/services/hush-hush`)
    await send({})
    expect(failures).toEqual([{ error: 'TypeError', code: 'ECONNREFUSED', attempts: 3 }])
  })
})
