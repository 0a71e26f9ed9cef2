// Stores clicks in Redis: each visit with its verdict, evidence and ending, and the number of
// people. Visits of machines have a list of their own, so that they never push out a person's.
// People are counted with a HyperLogLog, so nobody can be identified. No IP address and no user
// agent is stored.

import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import type { Evidence, Verdict } from './verdict.ts'

export type Ending =
  | 'button_shown'
  | 'signed_in'
  | 'expired'
  | 'revoked'
  | 'address_changed'
  | 'customer_gone'
  | 'no_member'
  | 'polar_unavailable'
  | 'polar_refused'
  | 'limited'
  | 'unknown'
  | 'failed'

export type Click = {
  v: 1
  /** The public id of the link. */
  link: string
  /** Milliseconds. */
  at: number
  visitor: Verdict['visitor']
  /** The first entry decided. */
  evidence: readonly Evidence[]
  ending: Ending
  /** Milliseconds from the request to the answer. */
  took: number
}

/**
 * Milliseconds. Clicks within it are written together, because each write to disk delays the other
 * answers of Redis.
 */
const WRITE_DELAY = 25

/** The newest clicks of each list are kept. */
const MAX_KEPT = { clicks: 200, machines: 50 }

type List = keyof typeof MAX_KEPT

const ADD = `
redis.call('LPUSH', KEYS[1], ARGV[1])
redis.call('LTRIM', KEYS[1], 0, ARGV[2] - 1)
if ARGV[3] ~= '' then redis.call('PFADD', KEYS[2], ARGV[3]) end
if ARGV[4] ~= '' then
  for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, ARGV[4]) end
end`

export const createClickStore = (redis: RedisClient) => {
  const add = createScript(redis, ADD)
  let writing: Promise<void> | undefined
  const keyOf = (customer: string, list: List, subject: string) =>
    customerSlot(customer, list, subject)
  const peopleKey = (customer: string, subject: string) => customerSlot(customer, 'people', subject)
  return {
    /**
     * Stores a click.
     * @param customer the customer's key.
     * @param subject the id of the message, or of a link without a message.
     * @param person the pseudonym of a person who signed in, or `null`.
     * @param until the time (ms) from which Redis may delete it; `null` if it lives as long as the
     * message.
     */
    add: async (
      customer: string,
      subject: string,
      click: Click,
      person: string | null,
      until: number | null,
    ) => {
      writing ??= sleep(WRITE_DELAY).then(() => {
        writing = undefined
      })
      await writing
      const list = click.visitor === 'machine' ? 'machines' : 'clicks'
      const keys = [keyOf(customer, list, subject), peopleKey(customer, subject)]
      await add(keys, [JSON.stringify(click), MAX_KEPT[list], person ?? '', until ?? ''])
    },
    /**
     * The clicks of a message or link, newest first, and the number of people who signed in, within
     * about one per cent. `clicks` are by people and by visitors who may be people; `machines` are
     * by machines.
     */
    load: async (
      customer: string,
      subject: string,
    ): Promise<Record<List, Click[]> & { people: number }> => {
      const read = async (list: List) =>
        (await redis.lrange(keyOf(customer, list, subject), 0, -1)).map(
          (text) => JSON.parse(text) as Click,
        )
      const [clicks, machines, people] = await Promise.all([
        read('clicks'),
        read('machines'),
        redis.pfcount(peopleKey(customer, subject)),
      ])
      return { people, clicks, machines }
    },
  }
}

export type ClickStore = ReturnType<typeof createClickStore>
