// Reads the settings of Redis that decide whether it keeps data. Where a server refuses to show them, the last known ones
// count.

import { Cluster, type Redis } from 'ioredis'
import { type RedisClient, RedisUnfitError } from './connection.ts'

/** `checked`: Redis must show its settings, and they must be right. `assumed`: the operator vouches for them. */
type DurabilityMode = 'checked' | 'assumed'

const WANTED = { appendonly: 'yes', 'maxmemory-policy': 'noeviction' } as const

const NAMES = ['appendonly', 'maxmemory-policy', 'appendfsync'] as const

/** `undefined` where the server refuses to show a setting. */
export type Settings = Record<(typeof NAMES)[number], string | undefined>

const HOW = 'Change it in redis.conf, or with CONFIG SET and CONFIG REWRITE.'

/** Whether the server itself refused CONFIG GET (unknown command, ACL). */
const isRefusal = (error: unknown) =>
  error instanceof Error && error.name === 'ReplyError' && /^(?:ERR|NOPERM)\b/.test(error.message)

const setting = async (node: Redis, name: string): Promise<string | undefined> => {
  try {
    const reply = (await node.config('GET', name)) as string[]
    return reply[1]
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** Those settings of one server. */
export const settingsOf = async (node: Redis): Promise<Settings> => {
  const values = await Promise.all(NAMES.map((name) => setting(node, name)))
  return Object.fromEntries(NAMES.map((name, index) => [name, values[index]])) as Settings
}

/** The server itself, or every primary of the cluster. */
export const nodesOf = (redis: RedisClient): Redis[] =>
  redis instanceof Cluster ? redis.nodes('master') : [redis]

/** The settings that are wrong on any node, each once, with the right value. */
const wrongWith = (nodes: readonly Settings[]): string[] => {
  const wrong = nodes.flatMap((settings) =>
    Object.entries(WANTED).flatMap(([name, wanted]) => {
      const value = settings[name as keyof typeof WANTED]
      return value === undefined || value === wanted
        ? []
        : [`${name} is ${value}, set it to ${wanted}`]
    }),
  )
  return [...new Set(wrong)]
}

const isIncomplete = (nodes: readonly Settings[]) =>
  nodes.some(
    (settings) => settings.appendonly === undefined || settings['maxmemory-policy'] === undefined,
  )

type DurabilityParts = {
  redis: RedisClient
  mode: DurabilityMode
  /** Receives a warning once, and again when its cause comes back. */
  onWarning: (text: string) => void
}

export const createDurability = ({ redis, mode, onWarning }: DurabilityParts) => {
  let hasToldAll = false
  let last: string[] = []
  let isSlow = false
  let doubted = ''

  const warnOfWord = (found: readonly string[]) => {
    const text = found.join('; ')
    if (text !== '' && text !== doubted)
      onWarning(`REDIS_DURABILITY=assumed, though Redis says otherwise: ${text}.`)
    doubted = text
  }

  const warnOfSync = (nodes: readonly Settings[]) => {
    const wasSlow = isSlow
    isSlow = nodes.some(({ appendfsync }) => appendfsync !== undefined && appendfsync !== 'always')
    if (isSlow && !wasSlow)
      onWarning(
        'Redis syncs to disk once a second (appendfsync); set it to always, or a crash of its machine may lose a second.',
      )
  }

  /**
   * Asks every node.
   * @returns wrong settings with the right value; the last known ones where Redis no longer shows them.
   * @throws {RedisUnfitError} when it must show its settings and never did; otherwise the error that kept it from answering.
   */
  const wrong = async (): Promise<string[]> => {
    const nodes = await Promise.all(nodesOf(redis).map(settingsOf))
    if (nodes.length === 0) throw new Error('no node of the cluster is connected')
    const found = wrongWith(nodes)
    const isPartial = isIncomplete(nodes)
    if (found.length === 0 && isPartial && mode === 'checked' && !hasToldAll)
      throw new RedisUnfitError(
        'Redis refuses CONFIG GET, so its durability cannot be checked. See to it that it runs with appendonly yes and ' +
          'maxmemory-policy noeviction, then set REDIS_DURABILITY=assumed.',
      )
    if (mode === 'assumed') {
      warnOfWord(found)
      warnOfSync(nodes)
      return []
    }
    if (found.length > 0 || !isPartial || !hasToldAll) last = found
    hasToldAll ||= !isPartial
    warnOfSync(nodes)
    return last
  }

  return {
    wrong,
    /**
     * Checks the settings at the start.
     * @throws {RedisUnfitError} naming what to change.
     */
    assert: async () => {
      const found = await wrong().catch((cause) => {
        if (cause instanceof RedisUnfitError) throw cause
        const why = cause instanceof Error ? cause.message : String(cause)
        throw new RedisUnfitError(`Redis did not answer CONFIG GET (${why}).`, { cause })
      })
      if (found.length > 0)
        throw new RedisUnfitError(`Redis would lose data: ${found.join('; ')}. ${HOW}`)
    },
  }
}

export type Durability = ReturnType<typeof createDurability>
