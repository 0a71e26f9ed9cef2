// Reads what a Redis says of itself, and whether it takes a write.

import type { Redis } from 'ioredis'
import type { RedisClient } from '../redis/connection.ts'
import { nodesOf, type Settings, settingsOf } from '../redis/durability.ts'
import { createWriteProbe, whyNotWritten } from '../redis/probe.ts'
import type { Clock } from '../runtime/clock.ts'

/** The fields of INFO, and the settings. */
export type RedisNode = { info: Record<string, string>; settings: Settings }

export type RedisFacts = {
  nodes: readonly RedisNode[]
  /** The reason for a failed write. */
  notWritten: string | null
  /** How far its clock is ahead of ours (ms). */
  ahead: number
}

const fieldsOf = (info: string): Record<string, string> =>
  Object.fromEntries(
    info.split('\r\n').flatMap((line) => {
      const [, name, value] = /^(\w+):(.*)$/.exec(line) ?? []
      return name === undefined || value === undefined ? [] : [[name, value]]
    }),
  )

const readNode = async (node: Redis): Promise<RedisNode> => {
  const [info, settings] = await Promise.all([
    node.info().catch(() => ''), // a managed Redis may refuse it
    settingsOf(node),
  ])
  return { info: fieldsOf(info), settings }
}

const aheadOf = async (node: Redis | undefined, clock: Pick<Clock, 'now'>): Promise<number> => {
  const before = clock.now()
  const [seconds = 0, micros = 0] = (await node?.time().catch(() => null)) ?? []
  if (Number(seconds) === 0) return 0
  return Number(seconds) * 1_000 + Number(micros) / 1_000 - (before + clock.now()) / 2
}

/** @throws an error where it does not answer. */
export const readRedis = async (
  redis: RedisClient,
  clock: Pick<Clock, 'now'>,
): Promise<RedisFacts> => {
  const nodes = nodesOf(redis)
  const [read, ahead] = await Promise.all([
    Promise.all(nodes.map(readNode)),
    aheadOf(nodes[0], clock),
  ])
  // A replica refuses the write, and the connection leaves it for that.
  const isReplica = read.some(({ info }) => info.role === 'slave')
  const write = isReplica ? null : createWriteProbe(redis)().then(() => null, whyNotWritten)
  return { nodes: read, notWritten: await write, ahead }
}
