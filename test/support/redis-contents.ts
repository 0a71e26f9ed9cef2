// The contents of a Redis as text: all keys and values, and every command that was sent to it.

import { inflateRawSync } from 'node:zlib'
import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { createBodyPacking } from '../../src/deliveries/body-packing.ts'
import { createEventRecords } from '../../src/events/record.ts'
import { payloadPacking, recordPacking } from '../../src/records/packing.ts'
import { systemClock } from '../../src/runtime/clock.ts'

const events = createEventRecords({ outlines: recordPacking, payloads: payloadPacking })

export type StoredKey = { key: string; text: string }

/** The text in a packed record, or the bytes of any other. */
const unpacked = async (redis: Redis, key: string, bytes: Buffer | null): Promise<string> => {
  if (!bytes) return ''
  try {
    if (/:body:/.test(key))
      return JSON.stringify(await createBodyPacking({ redis, clock: systemClock }).unpack(bytes))
    if (/:dictionary:/.test(key)) return inflateRawSync(bytes).toString()
    if (/:(msg|link|state|sub):/.test(key)) return JSON.stringify(recordPacking.unpack(bytes))
    if (/:event:/.test(key)) return JSON.stringify(events.read('an id', bytes))
  } catch {
    // a record that a test has broken
  }
  return bytes.toString('latin1')
}

/** The content of a key, as bytes in a text; its fields and members as well as their values. */
const contentOf = async (redis: Redis, key: string): Promise<string> => {
  const pieces = async (...command: [string, ...string[]]) => {
    const answer = await redis.callBuffer(command[0], ...command.slice(1))
    return [answer]
      .flat(3)
      .map((piece) => (Buffer.isBuffer(piece) ? piece.toString('latin1') : `${piece}`))
      .join('\n')
  }
  const type = await redis.type(key)
  switch (type) {
    case 'string':
      return unpacked(redis, key, await redis.getBuffer(key))
    case 'hash':
      return pieces('HGETALL', key)
    case 'list':
      return pieces('LRANGE', key, '0', '-1')
    case 'set':
      return pieces('SMEMBERS', key)
    case 'zset':
      return pieces('ZRANGE', key, '0', '-1', 'WITHSCORES')
    case 'stream':
      return pieces('XRANGE', key, '-', '+')
    case 'none':
      return '' // gone meanwhile
    default:
      throw new Error(`nobody looks into a ${type}`)
  }
}

/** Reads a Redis for as long as a test runs. */
export const readRedis = (url: string, onFinished = onTestFinished) => {
  const redis = new Redis(url)
  onFinished(() => redis.disconnect())
  return {
    redis,
    /** Every key there is, with what it holds. */
    stored: async (): Promise<StoredKey[]> => {
      const keys = await redis.keys('*')
      return Promise.all(keys.map(async (key) => ({ key, text: await contentOf(redis, key) })))
    },
  }
}

const TRIES = 5

/** ioredis cannot begin to monitor while a command of somebody else arrives, and a worker asks Redis once a second. */
const monitored = (redis: Redis, tries = TRIES): Promise<Redis> =>
  redis.monitor().catch((error: unknown) => {
    if (tries === 1) throw error
    return monitored(redis, tries - 1)
  })

/** The same, with every command so far, each as its words. Only for a Redis that is quiet now. */
export const followRedis = async (url: string, onFinished = onTestFinished) => {
  const read = readRedis(url, onFinished)
  const monitor = await monitored(read.redis)
  const sent: string[][] = []
  monitor.on('monitor', (_time: string, command: string[]) => sent.push(command))
  onFinished(() => monitor.disconnect())
  return { ...read, sent }
}
