// The Redis of the sandbox and the tests, on a port that something else takes first.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freePort, startRedis } from '../../src/sandbox/redis.ts'

const listen = async (port: number) => {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
}

const startAnother = async (port: number) => {
  const another = await startRedis({ port })
  onTestFinished(another.close)
}

test.each([
  ['a server', listen],
  ['another Redis', startAnother],
])('takes another port when %s has taken the first', async (_, take) => {
  const ports: number[] = []
  const redis = await startRedis({
    settings: async (port) => {
      ports.push(port)
      if (ports.length === 1) await take(port)
      return ['--maxclients', '77']
    },
  })
  onTestFinished(redis.close)
  expect(ports).toHaveLength(2)
  expect(redis.url).toBe(`redis://127.0.0.1:${ports[1]}`)
  const client = new Redis(redis.url)
  onTestFinished(() => client.disconnect())
  expect(await client.config('GET', 'maxclients')).toEqual(['maxclients', '77'])
})

test('takes no other port than the one asked for', async () => {
  const port = await freePort()
  await listen(port)
  await expect(startRedis({ port })).rejects.toThrow(`did not answer on port ${port}`)
})

test('takes the server of the first folder in PATH that has one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'postern-path-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const server = join(folder, 'valkey-server')
  await writeFile(server, '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(startRedis({ port: await freePort() })).rejects.toThrow(server)
})
