// Alerts at ALERT_WEBHOOK_URL, which never harm the process that sends them.

import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Alert, sentence } from '../../src/alerts/alert.ts'
import { createNotifier } from '../../src/alerts/notify.ts'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { startReceiver } from '../support/receiver.ts'

const AT = Date.parse('2026-11-22T09:00:00Z')
const clock = { now: () => AT }

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.close())

const connected = () => {
  const redis = new Redis(server.url)
  onTestFinished(() => redis.disconnect())
  return redis
}

/** A Redis where nothing was told yet. */
const freshRedis = async () => {
  const redis = connected()
  await redis.flushall()
  return redis
}

type Options = {
  answer?: (before: number) => number | null
  times?: { patience?: number; backoff?: number; quiet?: number }
}

const started = async ({ answer, times = {} }: Options = {}) => {
  const receiver = await startReceiver(answer)
  const ownRedis = await freshRedis()
  const failures: Record<string, unknown>[] = []
  const another = (redis = ownRedis) => {
    const alerts = createNotifier({
      ...{ url: receiver.url, redis, clock },
      onFailure: (why) => failures.push(why),
      times: { backoff: 1, ...times },
    })
    onTestFinished(() => alerts.close())
    return alerts
  }
  return { ...receiver, redis: ownRedis, failures, another, alerts: another() }
}

const id = (letter: string) => `msg_${letter.repeat(44)}`
const heldOne = (letter: string): Alert => ({
  event: 'message_held',
  message: id(letter),
  because: 'too_many',
})
const paused: Alert = {
  ...{ event: 'deliveries_paused', because: 'quota', until: AT + 10 * MINUTE },
  says: 'You have reached your daily email sending quota.',
}

describe('an alert', () => {
  test('has the sentence where Slack, Mattermost and Discord look for it, and says when', async () => {
    const { alerts, posts } = await started()
    alerts.notify(paused)
    await alerts.settled()
    const text = `Postern: ${sentence(paused, 1, false)}`
    expect(posts).toEqual([
      {
        ...{ text, content: text, at: '2026-11-22T09:00:00.000Z' },
        ...{ event: 'deliveries_paused', because: 'quota', until: '2026-11-22T09:10:00.000Z' },
        says: 'You have reached your daily email sending quota.',
      },
    ])
  })

  test('names the message in a field of its own', async () => {
    const { alerts, posts } = await started()
    alerts.notify(heldOne('a'))
    await alerts.settled()
    expect(posts).toEqual([expect.objectContaining({ message: id('a'), because: 'too_many' })])
  })

  test('lets no address through, though a provider had put it into its reason', async () => {
    const { alerts, posts } = await started()
    const because = 'cannot mail ann@example.com today'
    alerts.notify({ event: 'message_failed', message: id('a'), because })
    await alerts.settled()
    expect(JSON.stringify(posts)).toContain('cannot mail')
    expect(JSON.stringify(posts)).not.toContain('@')
  })

  test('is not made of a rate limit, which is no news', async () => {
    const { alerts, posts, redis } = await started()
    alerts.notify({ event: 'deliveries_paused', because: 'rate_limit', says: '', until: AT })
    await alerts.settled()
    expect(posts).toEqual([])
    expect(await redis.dbsize()).toBe(0)
  })

  test('is told to nobody where there is nobody to tell', async () => {
    const { redis } = await started()
    const alerts = createNotifier({ url: undefined, redis, clock, onFailure: () => {} })
    alerts.notify(paused)
    await alerts.close()
    expect(await redis.dbsize()).toBe(0)
  })
})

describe('the same news', () => {
  test('is told once, by whichever process has it first', async () => {
    const { another, posts } = await started()
    const processes = [another(), another(), another()]
    for (const { notify } of processes) notify(paused)
    await Promise.all(processes.map(({ settled }) => settled()))
    expect(posts).toHaveLength(1)
  })

  test('is told again after ten minutes', async () => {
    const { alerts, posts, redis } = await started()
    alerts.notify(paused)
    await alerts.settled()
    const [key = ''] = await redis.keys('*:alert:*')
    expect(await redis.pttl(key)).toBeGreaterThan(9 * MINUTE)
    expect(await redis.pttl(key)).toBeLessThanOrEqual(10 * MINUTE)
    await redis.del(key)
    alerts.notify(paused)
    await alerts.settled()
    expect(posts).toHaveLength(2)
  })

  test('is other news for another reason', async () => {
    const { alerts, posts } = await started()
    alerts.notify(paused)
    alerts.notify({ event: 'deliveries_paused', because: 'configuration', says: '', until: AT })
    await alerts.settled()
    expect(posts).toHaveLength(2)
  })

  test('is other news when Resend gives another reason for a pause', async () => {
    const { alerts, posts } = await started()
    for (const says of ['API key is invalid', 'API key is invalid', 'The domain is not verified'])
      alerts.notify({ event: 'deliveries_paused', because: 'configuration', says, until: AT })
    await alerts.settled()
    expect(posts.map(({ says }) => says).toSorted()).toEqual([
      'API key is invalid',
      'The domain is not verified',
    ])
  })

  test('is news again once its opposite was told: the last word is what is so', async () => {
    const { alerts, posts } = await started()
    for (const event of ['deliveries_held', 'deliveries_released', 'deliveries_held'] as const) {
      alerts.notify({ event, by: 'command' })
      await alerts.settled()
    }
    expect(posts.map(({ event }) => event)).toEqual([
      'deliveries_held',
      'deliveries_released',
      'deliveries_held',
    ])
  })
})

describe('many messages', () => {
  test('are told as one at once, and as a number when the ten minutes are over', async () => {
    const { another, alerts, post, posts } = await started({ times: { quiet: 300 } })
    alerts.notify(heldOne('a'))
    await alerts.settled()
    const other = another()
    alerts.notify(heldOne('b'))
    other.notify(heldOne('c'))
    await Promise.all([alerts.settled(), other.settled()])
    expect(posts).toHaveLength(1)
    const rest = await post(2)
    expect(rest).toMatchObject({ event: 'message_held', because: 'too_many', more: 2 })
    expect(rest.text).toMatch(/2 more messages held meanwhile \(too_many\)\. npm run held lists/)
    await Promise.all([alerts.close(), other.close()])
    expect(posts).toHaveLength(2)
  })

  test('are told with the next one where their process ended before that', async () => {
    const { alerts, another, posts, redis } = await started()
    for (const letter of ['a', 'b', 'c']) {
      alerts.notify(heldOne(letter))
      await alerts.settled()
    }
    await alerts.close()
    const later = async () =>
      redis.del((await redis.keys('*:alert:*')).filter((key) => !key.endsWith(':more')))
    await later()
    const next = another()
    next.notify(heldOne('d'))
    await next.settled()
    expect(posts).toHaveLength(2)
    expect(posts[1]).toMatchObject({ message: id('d'), more: 2 })
    expect(posts[1].text).toContain('And 2 more messages held meanwhile')
    await later()
    next.notify(heldOne('e'))
    await next.settled()
    expect(posts[2]).not.toHaveProperty('more')
  })

  test('are left to the others by a process that ends', async () => {
    const { another, alerts, post, redis, failures } = await started({ times: { quiet: 300 } })
    for (const letter of ['a', 'b']) {
      alerts.notify(heldOne(letter))
      await alerts.settled()
    }
    await alerts.close()
    redis.disconnect()
    another(connected()).notify(heldOne('c'))
    expect(await post(2)).toMatchObject({ more: 2 })
    expect(failures).toEqual([])
  })
})

test('a receiver that fails fails nobody, and is told of once, without its URL', async () => {
  const { alerts, failures } = await started({ answer: () => 500 })
  expect(alerts.notify(paused)).toBeUndefined()
  await alerts.settled()
  expect(failures).toEqual([{ status: 500, attempts: 3 }])
})

test('a process that ends does not wait for a receiver to recover', async () => {
  const { alerts, post, posts, failures } = await started({
    answer: () => 500,
    times: { backoff: HOUR },
  })
  alerts.notify(paused)
  await post(1)
  await alerts.close()
  expect(posts.length).toBeLessThanOrEqual(2)
  expect(failures).toHaveLength(1)
})

test('news is told though Redis is away, rather twice than not at all', async () => {
  const { alerts, posts, failures, redis } = await started()
  redis.disconnect()
  alerts.notify(paused)
  await alerts.settled()
  expect(posts).toHaveLength(1)
  expect(failures).toHaveLength(1)
})
