// Sessions of operators. The cookie is a random id, and Redis knows only its digest.

import { createHash, randomBytes } from 'node:crypto'
import type { RedisClient } from '../redis/connection.ts'
import { consoleSessionKey } from '../redis/keys.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'

/** A working day: after that an operator signs in again. */
export const SESSION_FOR = 12 * HOUR

/** One sentence about what an operator has just done, shown on the next page. */
export type Notice = { tone: 'good' | 'warn' | 'bad'; text: string }

type Record = {
  /** The token that each form of this session carries, against forms of other sites. */
  csrf: string
  /** Milliseconds. */
  expiresAt: number
  /** The digest of the password that it was begun with: a new password ends it. */
  password: string
  notice?: Notice
}

export type Session = { id: string; csrf: string }

const digestOf = (text: string) => createHash('sha256').update(text).digest('base64url')

/** Names a session without its secret. */
export const sessionName = ({ id }: Session): string => `session ${digestOf(id).slice(0, 8)}`

const keyOf = (id: string) => consoleSessionKey(digestOf(id))

type SessionsParts = {
  redis: Pick<RedisClient, 'get' | 'set' | 'del'>
  password: string
  clock: Pick<Clock, 'now'>
}

export const createSessions = ({ redis, password, clock }: SessionsParts) => {
  const passwordDigest = digestOf(`console password\n${password}`)

  const load = async (id: string): Promise<Record | null> => {
    const text = await redis.get(keyOf(id))
    const record = text === null ? null : (JSON.parse(text) as Record)
    const isValid = record && record.password === passwordDigest && clock.now() < record.expiresAt
    return isValid ? record : null
  }

  const begin = (id: string, record: Record) =>
    redis.set(keyOf(id), JSON.stringify(record), 'PX', SESSION_FOR)

  /** A session that has ended meanwhile does not come back. */
  const save = (id: string, record: Record) =>
    redis.set(keyOf(id), JSON.stringify(record), 'PX', SESSION_FOR, 'XX')

  return {
    begin: async (): Promise<Session> => {
      const id = randomBytes(32).toString('base64url')
      const csrf = randomBytes(32).toString('base64url')
      const expiresAt = clock.now() + SESSION_FOR
      await begin(id, { csrf, expiresAt, password: passwordDigest })
      return { id, csrf }
    },
    /** @returns `null` where there is none of this id, it has expired, or the password was changed. */
    find: async (id: string): Promise<Session | null> => {
      const record = await load(id)
      return record && { id, csrf: record.csrf }
    },
    end: async (id: string): Promise<void> => {
      await redis.del(keyOf(id))
    },
    /** Keeps a notice for the next page. */
    tell: async (id: string, notice: Notice): Promise<void> => {
      const record = await load(id)
      if (record) await save(id, { ...record, notice })
    },
    /** Takes the notice of the page before. */
    takeNotice: async (id: string): Promise<Notice | null> => {
      const record = await load(id)
      if (!record?.notice) return null
      const { notice, ...rest } = record
      await save(id, rest)
      return notice
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
