// A scrape while what it reads is slow or away.

import { afterEach, expect, test, vi } from 'vitest'
import { createKit } from '../../src/metrics/kit.ts'
import { SECOND } from '../../src/runtime/clock.ts'

afterEach(() => {
  vi.useRealTimers()
})

const failing = () => Promise.reject(new Error('Redis is away'))
const hanging = () => new Promise<never>(() => {})

test('a scrape answers within two seconds with what is known', async () => {
  const { registry, counter, gauge, readCounter } = await createKit()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  counter({ name: 'own_total', help: 'Its own.' }).inc()
  gauge({ name: 'failing', help: 'Fails.' }, failing)
  gauge({ name: 'hanging', help: 'Hangs.', labels: ['of'] }, hanging)
  readCounter({ name: 'unread_total', help: 'Kept elsewhere, and never read.' }, failing)
  let isAway = false
  readCounter({ name: 'kept_total', help: 'Kept elsewhere.' }, () =>
    isAway ? failing() : Promise.resolve([{ value: 7 }]),
  )
  const scrape = async () => {
    const scraped = registry.metrics()
    await vi.advanceTimersByTimeAsync(2 * SECOND)
    return (await scraped).split('\n')
  }
  await scrape()
  isAway = true
  const lines = await scrape()
  expect(lines).toEqual(expect.arrayContaining(['own_total 1', 'kept_total 7', 'failing Nan']))
  // A counter that seemed to begin at 0 would seem to rise later.
  expect(lines.filter((line) => /^(?:hanging|unread)/.test(line))).toEqual([])
})
