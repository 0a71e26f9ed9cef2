// A Redis Cluster of three masters on loopback: every key of a command on another slot is refused by the servers themselves.

import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { freePort, startRedis } from '../../src/redis/embedded.ts'

const NODES = 3
const SLOTS = 16_384

const startNode = async () => {
  const bus = await freePort()
  const server = await startRedis({
    settings: [
      '--cluster-enabled',
      'yes',
      '--cluster-port',
      `${bus}`,
      '--cluster-node-timeout',
      '2000',
    ],
  })
  onTestFinished(() => server.close())
  const redis = new Redis(server.url)
  onTestFinished(() => redis.disconnect())
  return { port: new URL(server.url).port, bus, redis, url: server.url }
}

/** The nodes' URLs, comma-separated, once every slot is served. */
export const startCluster = async (): Promise<string> => {
  const nodes = await Promise.all(Array.from({ length: NODES }, startNode))
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
  return nodes.map(({ url }) => url).join(',')
}
