// Renewals of one customer with many subscriptions, beside renewals of as many customers: the cost of an event, and how soon an
// event of another customer that came last is interpreted. Mail is on hold, so that workers handle only events.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { everyShard } from '../../src/redis/keys.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createEvents } from '../../src/sandbox/polar/events.ts'
import { outcomeOf } from '../support/stored-events.ts'
import { PRODUCT, signed } from './events.ts'
import { median, ms } from './figures.ts'
import { timedRequest } from './request.ts'
import { startPostern, type World } from './sides.ts'
import type { Line } from './table.ts'

const CONNECTIONS = 50
const TIMEOUT = 3 * MINUTE
const POLL = 5

/** After all is interpreted, for what is still to be recorded of it. */
const REST = 0.3 * SECOND

const events = createEvents({ slug: 'larkspur' })

const personOf = () => {
  const id = randomUUID()
  const created_at = new Date().toISOString()
  return { id, created_at, email: `${id}@example.com`, name: 'Theo Okafor' }
}

type Subscribed = { customer: ReturnType<typeof personOf>; subscription: string }

/** As many subscriptions, of as many customers or of one. */
const subscriptionsOf = (count: number, isOne: boolean): Subscribed[] => {
  const one = personOf()
  const customer = () => (isOne ? one : personOf())
  return Array.from({ length: count }, () => ({ customer: customer(), subscription: randomUUID() }))
}

const renewal = ({ customer, subscription }: Subscribed) => {
  const event = events.orderPaid({
    ...{ customer, product: { id: PRODUCT }, subscription: { id: subscription } },
  })
  return { webhookId: `msg_${randomUUID()}`, body: JSON.stringify(event) }
}

type Renewal = ReturnType<typeof renewal>

const post = async (url: string, all: readonly Renewal[]) => {
  const left = all[Symbol.iterator]()
  const one = async () => {
    for (const { webhookId, body } of left) {
      const headers = signed({ webhookId, body, address: '', customerId: '' })
      const { status } = await timedRequest(`${url}/webhooks/polar`, {
        method: 'POST',
        headers,
        body,
      })
      if (status !== 202) throw new Error(`an event was answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
}

const isDue = async (redis: Redis) => {
  const counts = await Promise.all(everyShard('due', 'events').map((key) => redis.zcard(key)))
  return counts.some((count) => count > 0)
}

const until = async (isSo: () => Promise<boolean>) => {
  const began = performance.now()
  while (!(await isSo())) {
    if (performance.now() - began > TIMEOUT)
      throw new Error(`events were not interpreted within ${TIMEOUT / MINUTE} minutes`)
    await sleep(POLL)
  }
}

/** Every subscription is known when it renews: that renewal is measured. */
const renewed = async (world: World, subscribed: readonly Subscribed[]) => {
  const side = await startPostern(world, { SEND_MODE: 'hold' }, ['web', 'worker'])
  const redis = new Redis(side.redisUrl)
  try {
    const worker = side.processes[1]
    if (!worker) throw new Error('no worker')
    await post(side.url, subscribed.map(renewal))
    await until(async () => !(await isDue(redis)))
    await sleep(REST)
    worker.freeze()
    await post(side.url, subscribed.map(renewal))
    const stranger = renewal({ customer: personOf(), subscription: randomUUID() })
    await post(side.url, [stranger])
    const usedBefore = await worker.used()
    const began = performance.now()
    worker.thaw()
    await until(async () => (await outcomeOf(redis, stranger.webhookId)) !== null)
    const waited = performance.now() - began
    await until(async () => !(await isDue(redis)))
    const took = performance.now() - began
    await sleep(REST)
    const count = subscribed.length + 1
    return { cpu: ((await worker.used()) - usedBefore) / count, each: took / count, waited }
  } catch (error) {
    const complaints = side.processes.map((one) => one.stderr()).join('\n')
    throw new Error(`${(error as Error).message}\n${complaints}`, { cause: error })
  } finally {
    redis.disconnect()
    await side.close()
  }
}

type Renewed = Awaited<ReturnType<typeof renewed>>

/** Beside as many customers an event of one customer costs no more, and a stranger's event does not wait for all of them. */
const MAX_RATIO = 1.2
const MAX_WAIT = SECOND

const lines = (count: number, one: readonly Renewed[], many: readonly Renewed[]): Line[] => {
  const of = (whose: string) => `customers: ${count.toLocaleString('en-US')} renewals of ${whose}`
  const figures = (rounds: readonly Renewed[], figure: keyof Renewed) => ({
    postern: rounds.map((round) => round[figure]),
    format: ms,
  })
  const limit = MAX_RATIO * median(many.map(({ cpu }) => cpu))
  return [
    {
      row: `${of('one')}, processor time each`,
      ...figures(one, 'cpu'),
      aim: { text: `≤ ${MAX_RATIO}× of as many`, isMet: (cpu) => cpu <= limit },
    },
    { row: `${of('as many')}, processor time each`, ...figures(many, 'cpu') },
    { row: `${of('one')}, by the clock each`, ...figures(one, 'each') },
    { row: `${of('as many')}, by the clock each`, ...figures(many, 'each') },
    {
      row: `${of('one')}, wait of a stranger's that comes last`,
      ...figures(one, 'waited'),
      aim: { text: '< 1,000 ms', isMet: (waited) => waited < MAX_WAIT },
    },
    { row: `${of('as many')}, wait of the last`, ...figures(many, 'waited') },
  ]
}

export const customers = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [rounds, counts] = isShort ? [1, [200]] : [3, [200, 1_000, 3_000]]
  const all: Line[] = []
  for (const count of counts) {
    const one: Renewed[] = []
    const many: Renewed[] = []
    for (let round = 0; round < rounds; round++) {
      one.push(await renewed(world, subscriptionsOf(count, true)))
      many.push(await renewed(world, subscriptionsOf(count, false)))
    }
    all.push(...lines(count, one, many))
  }
  return all
}
