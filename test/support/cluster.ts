// A Redis Cluster of three masters on loopback: every key of a command on another slot is refused by the servers themselves.

import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { freePort, startRedis } from '../../src/sandbox/redis.ts'
import type { OnFinished } from './process.ts'
import { COPY_AT_ONCE } from './replica.ts'

const NODES = 3
const SLOTS = 16_384

type NodeOptions = {
  /** More of its own settings. */
  settings?: readonly string[]
  /** Where it is known to the others and to clients by a port for TLS. */
  tlsPort?: number
  /** Hears its URL before anybody else does. */
  onStarted?: (url: string) => void
  /** Keeps its data, so that it can be killed and started again; otherwise its data goes with it. */
  directory?: string
}

/** On a busy machine a node may take longer than its starter waits. */
const STARTS = 5

const startNode = async (
  { settings = [], tlsPort, onStarted, directory }: NodeOptions,
  onFinished: OnFinished,
) => {
  let bus = 0
  const ownSettings = () => [
    ...['--cluster-enabled', 'yes', '--cluster-port', `${bus}`, '--cluster-node-timeout', '2000'],
    ...COPY_AT_ONCE,
    ...settings,
  ]
  let server = await startRedis({
    settings: async () => {
      bus = await freePort()
      return ownSettings()
    },
    ...(directory !== undefined && { directory }),
  })
  onFinished(() => server.close())
  onStarted?.(server.url)
  const redis = new Redis(server.url)
  onFinished(() => redis.disconnect())
  const { url } = server
  const start = async (left = STARTS): Promise<void> => {
    try {
      const port = Number(new URL(url).port)
      server = await startRedis({ settings: ownSettings(), port, ...(directory && { directory }) })
    } catch (error) {
      if (left === 1) throw error
      await start(left - 1)
    }
  }
  return {
    ...{ port: tlsPort ?? new URL(url).port, bus, redis, url },
    /** Ends it as a crash would. */
    kill: () => server.kill(),
    /** Starts it again after a kill, on the data in its directory. */
    start: () => start(),
  }
}

export type ClusterNode = Awaited<ReturnType<typeof startNode>>

/**
 * Three primaries, once every slot is served; each may have options of its own.
 * @param onFinished the test's own, where several run at the same time.
 */
export const startClusterNodes = async (
  optionsOf: () => Promise<NodeOptions> = async () => ({}),
  onFinished: OnFinished = onTestFinished,
) => {
  const nodes = await Promise.all(
    Array.from({ length: NODES }, async () => startNode(await optionsOf(), onFinished)),
  )
  const [first] = nodes
  for (const [index, { redis, port, bus }] of nodes.entries()) {
    const from = Math.ceil((index * SLOTS) / NODES)
    const to = Math.ceil(((index + 1) * SLOTS) / NODES) - 1
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', from, to)
    if (index > 0) await first?.redis.call('CLUSTER', 'MEET', '127.0.0.1', port, bus)
  }
  const isWhole = async () => {
    const told = await Promise.all(nodes.map(({ redis }) => redis.call('CLUSTER', 'INFO')))
    return told.every(
      (text) => /cluster_state:ok/.test(String(text)) && /cluster_known_nodes:3/.test(String(text)),
    )
  }
  while (!(await isWhole())) await sleep(50)
  return nodes
}

/** One more node, once it has all that `primary` has. */
export const addReplica = async (
  primary: ClusterNode,
  onFinished: OnFinished,
  options: NodeOptions = {},
): Promise<ClusterNode> => {
  const replica = await startNode(options, onFinished)
  const id = await primary.redis.cluster('MYID')
  await replica.redis.call('CLUSTER', 'MEET', '127.0.0.1', primary.port, primary.bus)
  const follow = () => replica.redis.call('CLUSTER', 'REPLICATE', `${id}`).catch(() => null)
  while ((await follow()) === null) await sleep(50) // until it has heard of the primary
  while (!(await replica.redis.info('replication')).includes('master_link_status:up'))
    await sleep(50)
  return replica
}

/** The nodes' URLs, comma-separated. */
export const startCluster = async (): Promise<string> =>
  (await startClusterNodes()).map(({ url }) => url).join(',')
