// Sentinels on loopback: they watch a primary, and promote its replica soon after its end.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { startRedis } from '../../src/sandbox/redis.ts'
import type { OnFinished } from './process.ts'

/** More than half of them must agree. */
const SENTINELS = 3

type Listening = () => Promise<{ tlsPort: number; settings: readonly string[] }>

type SentinelOptions = { count?: number; listening?: Listening }

/**
 * @param options.count one of them answers, and promotes nobody.
 * @param options.listening says how each listens with TLS; then they speak TLS to the primary, too.
 * @returns the `REDIS_URL` by which the primary at this port is found under this name.
 */
export const startSentinels = async (
  name: string,
  port: string,
  onFinished: OnFinished,
  { count = SENTINELS, listening }: SentinelOptions = {},
) => {
  const start = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'postern-sentinel-'))
    onFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'sentinel.conf')
    await writeFile(file, '')
    let host: string | undefined
    const settings = async () => {
      if (!listening) return ['--sentinel']
      const tls = await listening()
      host = `localhost:${tls.tlsPort}`
      return ['--sentinel', ...tls.settings, '--tls-replication', 'yes']
    }
    const server = await startRedis({ config: file, settings })
    onFinished(() => server.close())
    const redis = new Redis(server.url)
    onFinished(() => redis.disconnect())
    await redis.call('SENTINEL', 'MONITOR', name, '127.0.0.1', port, '2')
    await redis.call('SENTINEL', 'SET', name, 'down-after-milliseconds', '1000')
    await redis.call('SENTINEL', 'SET', name, 'failover-timeout', '3000')
    return host ?? server.url.replace('redis://', '')
  }
  const hosts = await Promise.all(Array.from({ length: count }, start))
  const scheme = listening ? 'rediss+sentinel' : 'redis+sentinel'
  return { url: `${scheme}://${hosts.join(',')}/${name}` }
}
