// Events that are understood beside a Redis of a few lines: what is known of each customer, and what was told to whom.

import type { RevokeLinks } from '../../src/customers/addresses.ts'
import type { CustomerState } from '../../src/customers/state.ts'
import { createCustomerStore } from '../../src/customers/store.ts'
import { createDecide } from '../../src/events/decide.ts'
import { createInterpret } from '../../src/events/interpret.ts'
import type { Outcome } from '../../src/events/outcome.ts'
import type { StoredEvent } from '../../src/events/record.ts'
import type { EventStore } from '../../src/events/store.ts'
import type { Message } from '../../src/messages/message.ts'
import type { Fact, MessageStore } from '../../src/messages/store.ts'
import type { PolarClient } from '../../src/polar/client.ts'
import type { Guard, StartGuard, Write } from '../../src/redis/compare-and-set.ts'
import type { RedisClient } from '../../src/redis/connection.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { play, read } from './build.ts'

const RECEIVED = Date.parse('2027-06-01T00:00:00Z')

/** A port that notes what it is told, unless it is away. */
const port = <T>() => {
  const noted = { payload: [] as T[], isAway: false }
  const tell = async (what: T) => {
    if (noted.isAway) throw new Error('Redis is away')
    noted.payload.push(what)
  }
  return { noted, tell }
}

/** Records, and the writes that replace them where the guards are still what was read. */
const fewLines = () => {
  const records = new Map<string, string>()
  const get = async (key: string) => {
    const found = records.get(key)
    return found === undefined ? null : Buffer.from(found)
  }
  const apply = (writes: readonly Write[]) =>
    writes.flatMap((write) => {
      const found = records.get(write.key)
      const isNew = found === undefined
      if ('set' in write) records.set(write.key, `${write.set}`)
      if ('delete' in write) records.delete(write.key)
      if ('new' in write && isNew) records.set(write.key, `${write.new}`)
      if ('append' in write) records.set(write.key, `${found ?? ''}${write.append}`)
      return 'new' in write ? [isNew] : []
    })
  const mgetBuffer = (keys: string[]) => Promise.all(keys.map(get))
  return {
    records,
    redis: { mgetBuffer } as unknown as RedisClient,
    apply,
    areStill: (guards: readonly (Guard | StartGuard)[]) =>
      guards.every(
        (one) =>
          'expected' in one &&
          (records.get(one.key) ?? null) === (one.expected?.toString() ?? null),
      ),
  }
}

/** Records that can be read in a test, and found in its writes. */
const asJson = {
  plain: (value: unknown) => Buffer.from(JSON.stringify(value)),
  unpack: (bytes: Buffer): unknown => JSON.parse(bytes.toString()),
}

const textOf = (writes: readonly Write[]) =>
  writes.map((write) => ('set' in write ? `${write.set}` : JSON.stringify(write))).join('\n')

/** The part of a message store that deciding needs: the messages of a fact, once. */
const decidedIn = (records: Map<string, string>): MessageStore => {
  const keyOf = ({ customerId, kind, fact }: Fact) => `${customerId}/${kind}/${fact}`
  return {
    decided: async (fact: Fact) =>
      JSON.parse(records.get(keyOf(fact)) ?? 'null') as string[] | null,
    write: async (fact: Fact, messages: readonly Message[]): Promise<Write> => ({
      key: keyOf(fact),
      new: JSON.stringify(messages.map(({ id }) => id)),
    }),
  } as unknown as MessageStore
}

/** @param clock by which a subscription that is over is forgotten. */
export const understanding = (clock: { now: () => number } = systemClock) => {
  const { redis, records, apply, areStill } = fewLines()
  const customers = createCustomerStore(redis, clock, asJson)
  const corrected = port<string>()
  const revoked = port<Parameters<RevokeLinks>>()
  const commits = {
    ...{ areLost: false, tried: 0, refused: 0 },
    before: async (_writes: string) => {},
    after: () => {},
  }
  const outcomes: Outcome[] = []
  const settled: string[] = []

  const parts = {
    customers,
    nudge: async () => {},
    polar: {} as PolarClient,
    erasures: {
      write: (id: string) => ({ key: 'erasures', add: id, score: 0 }),
      at: async () => {},
    },
    clock: systemClock,
    log: createLog('silent'),
  }
  const decide = createDecide({
    ...parts,
    messages: decidedIn(records),
    addressCorrected: corrected.tell,
    revokeLinks: (...payload) => revoked.tell(payload),
    reschedule: () => [],
    compareAndSet: async (guard, writes) => {
      if (commits.areLost) throw new Error('the process was killed')
      commits.tried += 1
      await commits.before(textOf(writes))
      commits.after()
      if (!areStill([guard].flat())) {
        commits.refused += 1
        return null
      }
      return apply(writes)
    },
    policy: { liveSince: 0, isOff: () => false },
  })
  const startProcess = () =>
    createInterpret({
      ...{ ...parts, decide },
      events: {
        load: async (body: string) => ({ id: body, body, receivedAt: RECEIVED, outcome: null }),
        settle: async ({ id: body }: StoredEvent, _: unknown, outcome: Outcome) => {
          settled.push(body)
          outcomes.push(outcome)
        },
      } as unknown as EventStore,
    })
  const { interpret, close } = startProcess()

  return {
    /** Gives the customer the state after these bodies, without any message. */
    given: async (...bodies: string[]) => {
      const customerId = read(bodies[0] ?? '')?.customer.id ?? ''
      const { subscriptions, ...customer } = play(bodies).state
      for (const [id, subscription] of [...Object.entries(subscriptions), [null, null] as const]) {
        const loaded = await customers.load(customerId, id)
        const known = { ...loaded.state.subscriptions, ...(id && { [id]: subscription }) }
        const next = { ...customer, subscriptions: known }
        apply(customers.update(customerId, loaded, next).writes)
      }
    },
    /** Understands an event by its raw body. */
    interpret,
    /** The same in another process. */
    elsewhere: startProcess().interpret,
    close,
    corrected: corrected.noted,
    revoked: revoked.noted,
    commits,
    outcomes,
    /** The bodies whose outcome is recorded, in that order. */
    settled,
    /** The state of a customer and of one of its subscriptions. */
    state: async (
      customerId: string,
      subscriptionId: string | null = null,
    ): Promise<CustomerState> => (await customers.load(customerId, subscriptionId)).state,
  }
}
