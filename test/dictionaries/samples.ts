// The samples of the dictionaries: the fixtures of Polar's events, and every record that the sandbox packs while a
// merchant's customers live through all that can happen.

import { readdirSync, readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import { recordPacking } from '../../src/records/packing.ts'
import type { Parts } from '../../src/records/store.ts'
import { createMovableClock, DAY, MINUTE } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { visit } from '../../src/sandbox/person.ts'
import { startSystem } from '../../src/sandbox/system.ts'

/** Polar's events by their part in a merchant's traffic, the most frequent first. */
const FREQUENT = [
  'order.paid.json',
  'order.created.json',
  'order.updated.paid-transition.json',
  'subscription.cycled.json',
  'subscription.updated.json',
  'order.',
  'subscription.',
  'customer.',
]

const rankOf = (name: string) => {
  const rank = FREQUENT.findIndex((start) => name.startsWith(start))
  return rank < 0 ? FREQUENT.length : rank
}

/** The fixtures, the most frequent first. */
export const payloads = (): { name: string; event: unknown }[] => {
  const folder = new URL('../fixtures/', import.meta.url)
  return readdirSync(folder)
    .toSorted()
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .map((name) => ({
      name,
      event: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown,
    }))
}

type System = Awaited<ReturnType<typeof startSystem>>

/** The things that happen to customers, the most frequent first. */
const livesOf = ({ polarWorld: { scenario } }: System): (() => Promise<unknown>)[] => {
  const subscribed = async () => (await scenario.subscribe()).subscriptionId
  const plan = { name: 'Solo Plan', recurring_interval: 'month' as const, amount: 900 }
  return [
    () => scenario.renew(),
    () => scenario.purchase({ amount: 4900 }),
    subscribed,
    async () => scenario.recover((await scenario.failRenewal()).orderId),
    () => scenario.failRenewal(),
    async () => scenario.cancel(await subscribed()),
    async () => scenario.end(await subscribed(), { usage: 450 }),
    () => scenario.subscribe({ product: { trialDays: 14, recurring_interval: 'month' } }),
    async () => scenario.changePlan(await subscribed(), { product: plan, proration: 'prorate' }),
    async () =>
      scenario.changePlan(await subscribed(), { product: plan, proration: 'next_period' }),
    async () => scenario.refund((await scenario.purchase()).orderId, { amount: 1500 }),
    async () => scenario.billUsage({ subscriptionId: await subscribed(), amount: 750 }),
    async () => scenario.revoke(await subscribed()),
    async () => {
      const id = await subscribed()
      await scenario.schedulePause(id)
      await scenario.pause(id)
      await scenario.resume(id)
    },
    () => scenario.purchase({ customer: { email: 'bounced@example.com' } }),
    () => scenario.purchase({ customer: { email: 'nobody' } }),
    () =>
      scenario.subscribe({
        customer: { name: 'Brackenfield Studios', type: 'team', members: [{ role: 'owner' }] },
        product: { per: 'seat', recurring_interval: 'month' },
        subscription: { seats: 5 },
      }),
    () => scenario.welcome(),
  ]
}

const LINK = /https?:\/\/\S+\/l\/[\w-]+/

type Kept = { key: string; value: unknown }

/** The states of customers, which are plain until they rest. */
const states = async (redis: Redis): Promise<Kept[]> => {
  const kept: Kept[] = []
  for (const key of await redis.keys('postern:{s:*}:state:*')) {
    const bytes = await redis.getBuffer(key)
    if (bytes) kept.push({ key, value: recordPacking.unpack(bytes) })
  }
  return kept
}

/** Emails as sent are packed in another way. */
const isEmail = (value: unknown) => typeof value === 'object' && value !== null && 'html' in value

/** Every record that is packed while the customers live, as it is at last, the most frequent first. */
export const records = async (): Promise<unknown[]> => {
  const clock = createMovableClock()
  const log = createLog('silent')
  const system = await startSystem({ clock, log, resendRateLimit: Number.POSITIVE_INFINITY })
  const redis = new Redis(system.redis)
  const { pack } = recordPacking
  let packed: unknown[] = []
  const kept = new Map<string, unknown>()
  const all: unknown[] = []
  recordPacking.pack = (value) => {
    if (!isEmail(value)) packed.push(value)
    return pack(value)
  }
  const isSame = (one: Parts, other: Parts) => one.message !== undefined && one.n === other.n
  try {
    for (const live of livesOf(system)) {
      packed = []
      await live()
      await system.settle()
      clock.advance(4 * MINUTE)
      await system.settle()
      for (const { text } of system.resendWorld.inbox()) {
        const [link] = LINK.exec(text ?? '') ?? []
        if (link) await visit(link)
      }
      system.resendWorld.clear()
      await system.settle()
      const last = (packed as Parts[]).filter(
        (one, at, list) => !list.slice(at + 1).some((later) => isSame(one, later)),
      )
      const fresh = (await states(redis)).filter(({ key }) => !kept.has(key))
      for (const { key, value } of fresh) kept.set(key, value)
      all.push(...last.toReversed(), ...fresh.map(({ value }) => value))
      clock.advance(DAY)
    }
  } finally {
    recordPacking.pack = pack
    redis.disconnect()
    await system.close()
  }
  return all
}
