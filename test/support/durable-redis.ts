// A Redis that can be killed with -9 and started again, under the same URL, on what it had brought to disk.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRedis } from '../../src/sandbox/redis.ts'

/** On a machine that is short of breath it may take longer than its starter waits. */
const STARTS = 5

/** @param data a directory that another one has left, to begin with a copy of it. */
export const startDurableRedis = async (data?: string) => {
  const directory = await mkdtemp(join(tmpdir(), 'postern-durable-'))
  if (data) await cp(data, directory, { recursive: true })
  let server = await startRedis({ directory })
  const { url } = server
  const start = async (left = STARTS): ReturnType<typeof startRedis> => {
    try {
      return await startRedis({ directory, port: Number(new URL(url).port) })
    } catch (error) {
      if (left === 1) throw error
      return start(left - 1)
    }
  }
  return {
    url,
    directory,
    kill: () => server.kill(),
    start: async () => {
      server = await start()
    },
    close: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export type DurableRedis = Awaited<ReturnType<typeof startDurableRedis>>
