// Decides which mistakes Redis shows: pure. Of a cluster, one bad node is enough.

import { SECOND } from '../runtime/clock.ts'
import { type Finding, finding } from './finding.ts'
import type { RedisFacts, RedisNode } from './read-redis.ts'

const OLDEST = [6, 2] as const

const LASTING =
  'Change it in redis.conf, or with CONFIG SET and CONFIG REWRITE. Without a config file, CONFIG REWRITE fails: put it on the command line of redis-server, too.'
const RECORDS = 'Redis is the only record of what was mailed.'

const isTooOld = (version: string | undefined): version is string => {
  if (version === undefined) return false
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}

const versions = (nodes: readonly RedisNode[]): Finding[] => {
  const version = nodes.map(({ info }) => info.redis_version).find(isTooOld)
  if (version === undefined) return []
  return [
    finding('redis_version', {
      says: `Redis is of version ${version}.`,
      why: 'Postern needs commands of 6.2.',
      mend: 'Update Redis to 6.2 or later, or take Valkey.',
    }),
  ]
}

const roles = (nodes: readonly RedisNode[]): Finding[] =>
  nodes.every(({ info }) => info.role !== 'slave')
    ? []
    : [
        finding('redis_replica', {
          says: 'REDIS_URL leads to a replica.',
          why: 'It takes no writes, so no event can be stored.',
          mend: 'Let REDIS_URL lead to the primary.',
        }),
      ]

/** Postern expects this of Redis. */
export type Expected = { durability: 'checked' | 'assumed'; replicas: number }

const durability = (nodes: readonly RedisNode[], mode: Expected['durability']): Finding[] => {
  const wrongly = (name: keyof RedisNode['settings'], right: string) =>
    nodes
      .map(({ settings }) => settings[name])
      .find((value) => value !== undefined && value !== right)
  const [aof, eviction, sync] = [
    wrongly('appendonly', 'yes'),
    wrongly('maxmemory-policy', 'noeviction'),
    wrongly('appendfsync', 'always'),
  ]
  const isHidden = nodes.some(
    ({ settings }) =>
      settings.appendonly === undefined || settings['maxmemory-policy'] === undefined,
  )
  return [
    aof === undefined
      ? []
      : finding('redis_without_aof', {
          says: `Redis keeps no append-only file: appendonly is ${aof}.`,
          why: `${RECORDS} A restart loses some of it, and mail is lost or sent twice.`,
          mend: `Set appendonly to yes${sync === undefined ? '' : ' and appendfsync to always'}. ${LASTING}`,
        }),
    eviction === undefined
      ? []
      : finding('redis_evicts', {
          says: `Redis may remove keys when its memory is full: maxmemory-policy is ${eviction}.`,
          why: `${RECORDS} Mail whose key is gone is lost or sent twice.`,
          mend: `Set maxmemory-policy to noeviction. ${LASTING}`,
        }),
    sync === undefined || aof !== undefined
      ? []
      : finding('redis_syncs_late', {
          says: `Redis syncs to disk later than it answers: appendfsync is ${sync}.`,
          why: 'A crash of its machine may lose the last second.',
          mend: `Set appendfsync to always. ${LASTING}`,
        }),
    isHidden
      ? finding('redis_settings_hidden', {
          says: 'Redis refuses CONFIG GET, so nobody can tell whether it keeps its data.',
          why: mode === 'checked' ? 'Postern does not start on it.' : `${RECORDS}`,
          mend: 'See to it that it runs with appendonly yes and maxmemory-policy noeviction, and set REDIS_DURABILITY=assumed.',
          severity: mode === 'checked' ? 'problem' : 'warning',
        })
      : [],
  ].flat()
}

const writes = (notWritten: string | null): Finding[] =>
  notWritten === null
    ? []
    : [
        finding('redis_refuses_writes', {
          says: `Redis does not take a write (${notWritten}).`,
          why: 'No event can be stored, and Polar gives up on it after half an hour.',
          mend: 'Remove that cause; the log of Redis says more.',
        }),
      ]

const DISK = {
  aof_last_write_status: 'the last write to its append-only file',
  aof_last_bgrewrite_status: 'the last rewrite of its append-only file',
  rdb_last_bgsave_status: 'its last snapshot',
}

const disk = (nodes: readonly RedisNode[]): Finding[] => {
  const failed = Object.entries(DISK).flatMap(([field, what]) =>
    nodes.some(({ info }) => info[field] === 'err') ? [what] : [],
  )
  if (failed.length === 0) return []
  return [
    finding('redis_disk_failing', {
      says: `Redis says that it failed: ${failed.join(', ')}.`,
      why: 'It keeps less on its disk than it answers for, or stops taking writes.',
      mend: 'Make room on the disk of Redis, and see its log.',
    }),
  ]
}

/** With less than a fifth left, a rewrite of the append-only file may not fit. */
const FULL = 0.8

const memory = (nodes: readonly RedisNode[]): Finding[] => {
  const shares = nodes.map(({ info }) => {
    const most = Number(info.maxmemory) || Number(info.total_system_memory) || Infinity
    return Number(info.used_memory ?? 0) / most
  })
  const most = Math.max(0, ...shares)
  if (most < FULL) return []
  return [
    finding('redis_nearly_full', {
      says: `The memory of Redis is full to ${Math.floor(most * 100)} %.`,
      why: 'Once it is full, no event can be stored.',
      mend: 'Give it more memory (maxmemory), or keep records for a shorter time (RETAIN_RECORDS_DAYS).',
    }),
  ]
}

const unusedReplicas = (nodes: readonly RedisNode[], replicas: number): Finding[] => {
  const hasReplicas = nodes.some(({ info }) => Number(info.connected_slaves ?? 0) > 0)
  if (replicas > 0 || !hasReplicas) return []
  return [
    finding('redis_replicas_unused', {
      says: 'Redis has replicas, and Postern waits for none of them (REDIS_REPLICAS is 0).',
      why: 'A failover loses the writes that the new primary lacks: mail is lost, or sent twice.',
      mend: 'Set REDIS_REPLICAS to how many of the replicas must have a write, and have one more than that.',
    }),
  ]
}

const APART = 30 * SECOND

const clocks = (ahead: number): Finding[] =>
  Math.abs(ahead) < APART
    ? []
    : [
        finding('redis_clock', {
          says: `The clock of Redis is ${Math.round(Math.abs(ahead) / SECOND)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} the clock of this machine.`,
          why: 'One of the two is wrong. Webhooks are refused where a clock is five minutes off.',
          mend: 'Set both by a time server (NTP).',
        }),
      ]

export const ofRedis = (facts: RedisFacts, expected: Expected): Finding[] => {
  const { nodes, notWritten, ahead } = facts
  const replicas = roles(nodes)
  return [
    ...versions(nodes),
    ...replicas,
    ...durability(nodes, expected.durability),
    ...(replicas.length > 0 ? [] : writes(notWritten)),
    ...disk(nodes),
    ...memory(nodes),
    ...unusedReplicas(nodes, expected.replicas),
    ...clocks(ahead),
  ]
}
