// Makes the names of all keys; docs/architecture.md lists them. The part in braces decides the cluster slot: keys that are
// written together share it.

import { createHash } from 'node:crypto'

/** Numbers whose slots are spread evenly over a cluster, so that every primary gets its share. */
export const SHARDS = [60, 42, 11, 1, 61, 43, 10, 0, 62, 40, 13, 3, 63, 41, 12, 2]

/** 22 characters for a customer: its UUID's bytes, or a digest where Polar's id is no UUID. */
export const customerKey = (customerId: string): string => {
  const hex = customerId.replaceAll('-', '')
  const bytes = /^[0-9a-f]{32}$/i.test(hex)
    ? Buffer.from(hex, 'hex')
    : createHash('sha256').update(customerId).digest().subarray(0, 16)
  return bytes.toString('base64url')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether an id is a UUID as `uuidOf` writes it, so that its 16 bytes say all of it. */
export const isUuid = (id: string): boolean => UUID.test(id)

/** 16 bytes for an id: those of a UUID, or a digest of any other id. */
export const idBytes = (id: string): Buffer =>
  isUuid(id)
    ? Buffer.from(id.replaceAll('-', ''), 'hex')
    : createHash('sha256').update(id).digest().subarray(0, 16)

/** The UUID of 16 bytes. */
export const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** The shard of an id: FNV-1a, enough to spread ids evenly. */
export const shardOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return SHARDS[(hash >>> 0) % SHARDS.length] ?? 0
}

/** A key on the shard with this number. */
export const keyOnShard = (shard: number, ...rest: string[]) =>
  ['postern', `{s:${shard}}`, ...rest].join(':')

/** The number of a key's shard; `null` for a key on none. */
export const shardOfKey = (key: string): number | null => {
  const [, shard] = /^postern:\{s:(\d+)\}:/.exec(key) ?? []
  return shard === undefined ? null : Number(shard)
}

/** Records spread over a fixed number of slots by an id. */
export const shardSlot = (id: string, ...rest: string[]) => keyOnShard(shardOf(id), ...rest)

/** A record by the number of its shard and the bytes of its id, as an index knows it; the same key as by its id. */
export const slotOfBytes = (shard: number, bytes: Buffer, name: string) =>
  keyOnShard(shard, name, bytes.toString('base64url'))

/** A record with a short key, on the shard of its id. */
export const idSlot = (id: string, name: string) =>
  shardSlot(id, name, idBytes(id).toString('base64url'))

/** Records of one customer, all on one shard with its due sets and indexes. `customer` is a `customerKey`. */
export const customerSlot = (customer: string, name: string, ...rest: string[]) =>
  shardSlot(customer, name, customer, ...rest)

/** The same key on every shard. */
export const everyShard = (...rest: string[]) => SHARDS.map((shard) => keyOnShard(shard, ...rest))

export const LIVE_SINCE_KEY = 'postern:live_since'

/** The actions of operators: the newest, those that a worker is to log, and those that have begun. */
export const OPERATOR_KEYS = {
  actions: 'postern:operator:actions',
  toLog: 'postern:operator:to_log',
  begun: 'postern:operator:begun',
}

/** A session of the console, by the digest of its cookie. */
export const consoleSessionKey = (digest: string) => `postern:console:session:${digest}`

/** How far a run of `npm run reindex` has come. */
export const REINDEX_KEY = 'postern:reindex'

/** The long work that an operator started, and the lease of the process that does it; beside its due entry. */
export const WORK_KEYS = {
  work: shardSlot(customerKey('work'), 'work'),
  lease: shardSlot(customerKey('work'), 'work', 'lease'),
}

/** The page at which a sweep over all customers' cards goes on. */
export const CARD_SWEEP_KEY = 'postern:card_sweep'

/** How far a backfill of that name has come. */
export const backfillKey = (name: string) => `postern:backfill:${name}`

/** Until when the backfill has made up for missed webhooks, in milliseconds. */
export const BACKFILLED_KEY = 'postern:backfilled'

/** The finds of the last backfill that began by itself. */
export const BACKFILL_FOUND_KEY = 'postern:backfill_found'

/** The hourly look at failed payments: the last one seen, the process at work, and the counts of all. */
export const FAILED_PAYMENTS_KEYS = {
  last: 'postern:{payments}:last',
  polling: 'postern:{payments}:polling',
  counts: 'postern:{payments}:counts',
  days: 'postern:{payments}:days',
}

/** When the webhook endpoint was last checked, and what is wrong with it. */
export const WATCH_KEY = 'postern:watch'

/** The heartbeats of the processes that run, when any of them last had one, and a gap in them; on one slot. */
export const PROCESSES_KEYS = {
  beats: 'postern:{processes}:beats',
  lastAlive: 'postern:{processes}:last_alive',
  gap: 'postern:{processes}:gap',
}

/** The findings of the doctor, or of the check of a start, and when the doctor checked last. */
export const DOCTOR_KEY = 'postern:findings'

/** A proxy whose `X-Forwarded-For` was not believed. */
export const UNTRUSTED_PROXY_KEY = 'postern:untrusted_proxy'

/** Counts of Polar's webhooks by hour, and when the last one came. */
export const RECEIVED_KEY = 'postern:received'

/** The state of sending that all processes share, on one slot. */
export const RESEND_KEYS = {
  grants: 'postern:{resend}:grants',
  limit: 'postern:{resend}:limit',
  held: 'postern:{resend}:held',
  paused: 'postern:{resend}:paused',
  unchecked: 'postern:{resend}:unchecked',
}

/** A dictionary of packed emails, by its digest. */
export const dictionaryKey = (digest: string) => `postern:dictionary:${digest}`

/** Calls to Polar in a minute since the epoch. */
export const polarSpentKey = (minute: number) => `postern:polar:spent:${minute}`

/** The prefix of a limit's keys; the client follows. */
export const limitPrefix = (name: string) => `postern:limit:${name}`
