// Limits the emails to one mailbox within an hour. Beyond the limit a person should look for the mistake, or for the abuser,
// before the rest goes out. All customers with that address count together. Receipts of real payments do not count, since
// each needs another payment.

import type { RedisClient } from '../redis/connection.ts'
import { shardSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { addressHash } from '../runtime/address.ts'
import { HOUR } from '../runtime/clock.ts'

/**
 * Emails of one kind within an hour. An accounts department that pays for many customers gets fewer, even of failed payments
 * on a billing day. A loop makes more, and so does somebody who orders a free product again and again for another person.
 */
export const MOST_OF_A_KIND = 20

/** Emails of all kinds within an hour. */
export const MOST_OF_ALL = 40

/** Counts an email unless there are too many; the same one again changes nothing. */
const ADMIT = `
local id, now = ARGV[1], tonumber(ARGV[2])
for i, key in ipairs(KEYS) do redis.call('ZREMRANGEBYSCORE', key, '-inf', now - ${HOUR}) end
if redis.call('ZSCORE', KEYS[1], id) then return 1 end
for i, key in ipairs(KEYS) do
  if redis.call('ZCARD', key) >= tonumber(ARGV[i + 2]) then return 0 end
end
for i, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, id)
  redis.call('PEXPIRE', key, ${HOUR})
end
return 1`

/** A hash of the mailbox: `mara+shop@…` and `Mara@…` are the same one. */
export const mailboxHash = (address: string): string =>
  addressHash(address.replace(/\+[^@]*(?=@[^@]*$)/, ''))

export const createFlood = (redis: RedisClient) => {
  const admit = createScript(redis, ADMIT)
  return {
    /**
     * Counts one more email to an address, and says whether it may go.
     * @param now milliseconds.
     */
    admits: async (
      { id, address, kind }: { id: string; address: string; kind: string },
      now: number,
    ): Promise<boolean> => {
      const mailbox = mailboxHash(address)
      const keyOf = (what: string) => shardSlot(mailbox, 'mailed', mailbox, what)
      const keys = [keyOf('all'), keyOf(kind)]
      return (await admit(keys, [id, now, MOST_OF_ALL, MOST_OF_A_KIND])) === 1
    },
  }
}

export type Flood = ReturnType<typeof createFlood>
