// The files of docs/deploy: they name settings that exist, and a backup brings a Redis back.

import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { settingNames } from '../../src/config.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { requiredSettings } from '../support/required-settings.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SERVER = join(ROOT, 'docs/deploy/server')
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')

const COMPOSE = textOf('docs/deploy/server/docker-compose.yml')
const RENDER = textOf('docs/deploy/platform/render.yaml')

/** Where a fetched Redis has its tools and their libraries. */
const FETCHED = join(homedir(), '.cache', 'postern', 'redis', 'usr')
const libraries = () =>
  existsSync(join(FETCHED, 'lib'))
    ? readdirSync(join(FETCHED, 'lib')).map((triplet) => join(FETCHED, 'lib', triplet))
    : []

const shell = (script: string, environment: Record<string, string>) =>
  promisify(execFile)('sh', [join(SERVER, script)], {
    env: {
      ...environment,
      PATH: [process.env.PATH, join(FETCHED, 'bin')].join(delimiter),
      LD_LIBRARY_PATH: libraries().join(delimiter),
    },
  })

const folder = (name: string) => {
  const path = mkdtempSync(join(tmpdir(), `postern-${name}-`))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const started = async (directory: string) => {
  const server = await startRedis({ directory })
  const redis = new Redis(server.url)
  const close = async () => {
    redis.disconnect()
    await server.close()
  }
  onTestFinished(close)
  return { url: server.url, redis, close }
}

describe('a backup', () => {
  test('is packed while Redis runs, replaces old ones, and brings everything back', async () => {
    const [data, backups, restored] = [folder('data'), folder('backups'), folder('restored')]
    const { url, redis, close } = await started(data)
    await redis.set('before', 'kept')
    // A backup that was killed has left both.
    await redis.config('SET', 'auto-aof-rewrite-percentage', '0')
    writeFileSync(join(backups, 'redis-2026-01-01T00-00-00Z.tar.gz.part'), '')
    await redis.bgrewriteaof()
    const environment = { REDIS_URL: url, DATA: data, BACKUPS: backups, KEEP: '1' }
    const first = (await shell('backup.sh', environment)).stdout
    await redis.set('after', 'kept too')
    // Names have seconds: until one is over, a second backup takes the place of the first.
    await expect
      .poll(async () => (await shell('backup.sh', environment)).stdout !== first)
      .toBe(true)
    expect(readdirSync(backups)).toHaveLength(1)
    await expect(shell('backup.sh', { ...environment, DATA: restored })).rejects.toThrow('tar')
    expect(readdirSync(backups)).toHaveLength(1)
    expect(await redis.config('GET', 'auto-aof-rewrite-percentage')).toContain('100')
    await close()

    expect((await shell('restore.sh', { DATA: restored, BACKUPS: backups })).stdout).toContain(
      'restored',
    )
    await expect(shell('restore.sh', { DATA: restored, BACKUPS: backups })).rejects.toThrow(
      'still has data',
    )
    const again = await started(restored)
    expect(await again.redis.mget('before', 'after')).toEqual(['kept', 'kept too'])
  })

  test('is not packed where Redis refuses its settings', async () => {
    const [data, backups] = [folder('data'), folder('backups')]
    const { url, redis } = await started(data)
    await redis.acl('SETUSER', 'packer', 'on', '>packer', '~*', '+@all', '-config')
    const { host } = new URL(url)
    const environment = { REDIS_URL: `redis://packer:packer@${host}`, DATA: data, BACKUPS: backups }
    await expect(shell('backup.sh', environment)).rejects.toThrow('NOPERM')
    expect(readdirSync(backups)).toEqual([])
  })

  test('that is not there is not restored', async () => {
    const [data, backups] = [folder('data'), folder('backups')]
    await expect(shell('restore.sh', { DATA: data, BACKUPS: backups })).rejects.toThrow(
      'There is no backup',
    )
    expect(readdirSync(data)).toEqual([])
  })

  test.each(['backup.sh', 'restore.sh'])('has a script that a shell can read: %s', (script) => {
    expect(spawnSync('sh', ['-n', join(SERVER, script)]).status).toBe(0)
  })
})

describe('the files of a server', () => {
  const NO_SETTINGS = ['KEEP']

  test('name settings that exist', () => {
    const named = [...COMPOSE.matchAll(/^ {6}([A-Z_]+): /gm)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(4)
    for (const name of named) expect([...settingNames, ...NO_SETTINGS]).toContain(name)
  })

  test('start Redis as the other compose file does, and trust the network of the proxy', () => {
    const command = /^ {4}command: redis-server .*$/m
    expect(COMPOSE.match(command)?.[0]).toBe(textOf('docker-compose.yml').match(command)?.[0])
    const [, trusted] = /TRUSTED_PROXIES: (\S+)/.exec(COMPOSE) ?? []
    expect(COMPOSE).toContain(`- subnet: ${trusted}\n`)
  })

  test('mount files that are there, and lead the proxy to the port of Postern', () => {
    const mounted = [...COMPOSE.matchAll(/- \.\/([\w.]+):\S+:ro$/gm)].map(([, file = '']) => file)
    expect(mounted.toSorted()).toEqual(['Caddyfile', 'backup.sh', 'restore.sh'])
    for (const file of mounted) expect(existsSync(join(SERVER, file))).toBe(true)
    const [, port] = /^ {6}PORT: (\d+)$/m.exec(COMPOSE) ?? []
    const caddy = textOf('docs/deploy/server/Caddyfile').replace(/^#.*\n/gm, '')
    expect(caddy).toBe(`{$PUBLIC_URL} {\n\treverse_proxy postern:${port}\n}\n`)
  })
})

describe('the files of a platform', () => {
  test('name every required setting, and only settings', () => {
    const named = [...RENDER.matchAll(/- key: (\w+)/g)].map(([, name = '']) => name)
    for (const name of named) expect([...settingNames, 'NODE_VERSION']).toContain(name)
    expect(named).toEqual(expect.arrayContaining(Object.keys(requiredSettings(''))))
  })

  test.each([
    ['docs/deploy/platform/render.yaml', RENDER],
    ['docker-compose.yml of the server', COMPOSE],
  ])('are indented by spaces, two at a time: %s', (_, text) => {
    for (const line of text.split('\n')) expect(line).toMatch(/^(?: {2})*(?:[^\s]|$)/)
  })

  test('start what package.json has', () => {
    const { scripts } = JSON.parse(textOf('package.json'))
    const commands = `${textOf('docs/deploy/platform/Procfile')}${RENDER}`
    const named = [...commands.matchAll(/npm (?:run )?(start|build)/g)].map(([, name = '']) => name)
    expect(named).toEqual(['start', 'build', 'start'])
    for (const name of named) expect(scripts).toHaveProperty(name)
  })
})
