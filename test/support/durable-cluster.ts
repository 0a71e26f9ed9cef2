// A Redis Cluster of three primaries, each with a replica, in which one primary after another can be killed with -9.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createReleases } from '../../src/runtime/releases.ts'
import { addReplica, type ClusterNode, startClusterNodes } from './cluster.ts'
import type { OnFinished } from './process.ts'

const POLL = 50

/** Its role, and whether a replica is connected to its primary. */
const roleOf = async ({
  redis,
}: ClusterNode): Promise<'primary' | 'replica' | 'replica, behind'> => {
  const [role, , , link] = (await redis.role()) as unknown[]
  if (role === 'master') return 'primary'
  return link === 'connected' ? 'replica' : 'replica, behind'
}

/** The primary and the replica among two nodes; `null` while one of them is behind, or both have the same role. */
const rolesOf = async (pair: readonly [ClusterNode, ClusterNode]) => {
  const [first, second] = await Promise.all([roleOf(pair[0]), roleOf(pair[1])])
  if (first === 'primary' && second === 'replica') return { primary: pair[0], replica: pair[1] }
  if (first === 'replica' && second === 'primary') return { primary: pair[1], replica: pair[0] }
  return null
}

export const startDurableCluster = async () => {
  const releases = createReleases()
  const onFinished: OnFinished = (close) => void releases.add(null, async () => close())
  const folder = await mkdtemp(join(tmpdir(), 'postern-cluster-'))
  onFinished(() => rm(folder, { recursive: true, force: true }))
  const ownDirectory = async () => ({ directory: await mkdtemp(join(folder, 'node-')) })
  const primaries = await startClusterNodes(ownDirectory, onFinished)
  const pairs = await Promise.all(
    primaries.map(async (primary) => {
      const replica = await addReplica(primary, onFinished, await ownDirectory())
      return [primary, replica] as const
    }),
  )
  for (const { redis } of pairs.flat()) redis.on('error', () => {}) // it is meant to fail
  let kills = 0
  let killed: { primary: ClusterNode; replica: ClusterNode } | undefined

  const wholePair = async (pair: readonly [ClusterNode, ClusterNode]) => {
    for (;;) {
      const roles = await rolesOf(pair)
      if (roles) return roles
      await sleep(POLL)
    }
  }

  return {
    /** All six, comma-separated. */
    url: pairs.flatMap((pair) => pair.map(({ url }) => url)).join(','),
    /** Kills the primary of the next pair, once its replica is connected to it. */
    kill: async () => {
      const pair = pairs[kills++ % pairs.length]
      if (!pair) throw new Error('a cluster without nodes')
      killed = await wholePair(pair)
      await killed.primary.kill()
    },
    /** Once its replica has taken over, starts it again: it follows the new primary. */
    start: async () => {
      if (!killed) return
      const { primary, replica } = killed
      killed = undefined
      while ((await roleOf(replica)) !== 'primary') await sleep(POLL)
      await primary.start()
      await wholePair([primary, replica])
    },
    close: releases.close,
  }
}
