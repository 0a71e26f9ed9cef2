// Clicks in Redis: for each message, or link without one, who came, on what evidence, how it ended, and how many people came;
// machines apart, so that however many come they push nobody out.
// Neither addresses nor user agents: people are counted by a sketch, out of which nobody can be read.

import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import type { Evidence, Visitor } from './visitor.ts'

/** How a visit ended. */
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
  visitor: Visitor['is']
  /** The first decided; `pressed` is the Continue button. */
  evidence: readonly Evidence[]
  ending: Ending
  /** From request to answer, in milliseconds. */
  took: number
}

/** Clicks of so many milliseconds are written together: each write to disk holds up what Redis answers to others. */
const GATHERED = 25

/** The newest are kept. */
const MOST_KEPT = { clicks: 200, machines: 50 }

type Kept = keyof typeof MOST_KEPT

const ADD = `
redis.call('LPUSH', KEYS[1], ARGV[1])
redis.call('LTRIM', KEYS[1], 0, ARGV[2] - 1)
if ARGV[3] ~= '' then redis.call('PFADD', KEYS[2], ARGV[3]) end
if ARGV[4] ~= '' then
  for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, ARGV[4]) end
end`

export const createClickStore = (redis: RedisClient) => {
  const add = createScript(redis, ADD)
  let gathering: Promise<void> | undefined
  const keyOf = (customer: string, kept: Kept, of: string) => customerSlot(customer, kept, of)
  const peopleKey = (customer: string, of: string) => customerSlot(customer, 'people', of)
  return {
    /**
     * Notes a click.
     * @param customer the key of the customer's slot.
     * @param of the message, or the link without one.
     * @param person what stands for whoever got in.
     * @param until when it may be forgotten, in milliseconds; `null` for as long as the message.
     */
    add: async (
      customer: string,
      of: string,
      click: Click,
      person: string | null,
      until: number | null,
    ) => {
      gathering ??= sleep(GATHERED).then(() => {
        gathering = undefined
      })
      await gathering
      const kept = click.visitor === 'machine' ? 'machines' : 'clicks'
      const keys = [keyOf(customer, kept, of), peopleKey(customer, of)]
      await add(keys, [JSON.stringify(click), MOST_KEPT[kept], person ?? '', until ?? ''])
    },
    /**
     * The newest clicks of a message, newest first, and how many people got in by its links, within a per cent or so.
     * Clicks are of people, and of whoever may be one.
     */
    of: async (
      customer: string,
      of: string,
    ): Promise<Record<Kept, Click[]> & { people: number }> => {
      const newest = async (kept: Kept) =>
        (await redis.lrange(keyOf(customer, kept, of), 0, -1)).map(
          (one) => JSON.parse(one) as Click,
        )
      const [clicks, machines, people] = await Promise.all([
        newest('clicks'),
        newest('machines'),
        redis.pfcount(peopleKey(customer, of)),
      ])
      return { people, clicks, machines }
    },
  }
}

export type ClickStore = ReturnType<typeof createClickStore>
