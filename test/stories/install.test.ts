// Postern as a host installs and starts it: without development tools, with several processes in
// one folder.

import { appendFile, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { freePort, startRedis } from '../../src/sandbox/redis.ts'
import { type Installed, install } from '../support/installed.ts'
import { NOBODY } from '../support/process.ts'
import { requiredSettings } from '../support/required-settings.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
let installed: Installed
beforeAll(async () => {
  redis = await startRedis()
  installed = await install()
}, 3 * MINUTE)
afterAll(async () => {
  await installed.remove()
  await redis.close()
})

const settings = async (role: string) => ({
  ...NOBODY,
  ROLE: role,
  PORT: `${await freePort()}`,
  HOST: '127.0.0.1',
  ...requiredSettings(redis.url),
})

const bundles = () => readdir(join(installed.folder, 'dist'))
const esbuild = () => join(installed.folder, 'node_modules', 'esbuild')

/** Makes every build fail while this is in place. */
const withoutEsbuild = async (work: () => Promise<void>) => {
  const away = `${esbuild()}-away`
  await rename(esbuild(), away)
  await work().finally(() => rename(away, esbuild()))
}

// The order matters: only the first test finds nothing built.
test('two roles that start at once in a fresh folder share a build, and close when npm is told to end', {
  timeout: 2 * MINUTE,
}, async () => {
  const roles = await Promise.all(['web', 'worker'].map(settings))
  const processes = roles.map(installed.start)
  await Promise.all(processes.map(({ ready }) => ready()))
  expect(await bundles()).toHaveLength(1)
  const [web, worker] = processes
  expect(await Promise.all([web?.end('SIGTERM'), worker?.end('SIGINT')])).toEqual([0, 0])
})

test('a start with nothing changed builds nothing, and closes when npm is killed', {
  timeout: 2 * MINUTE,
}, async () => {
  await withoutEsbuild(async () => {
    const postern = installed.start(await settings('all'))
    await postern.ready()
    await postern.end('SIGKILL')
  })
})

test('a command needs no development tools', { timeout: MINUTE }, async () => {
  const { code, out } = await installed.npm(['run', 'hold'], { REDIS_URL: redis.url })
  expect(out).toMatch(/All mail is on hold\./)
  expect(code).toBe(0)
})

test('changed sources are built by the next start, whose errors name them by file and line', {
  timeout: 2 * MINUTE,
}, async () => {
  await appendFile(
    join(installed.folder, 'src', 'config', 'values.ts'),
    "\nexport const broken = (): never => { throw new Error('broken on purpose') }\nbroken()\n",
  )
  await withoutEsbuild(async () => {
    const postern = installed.start(await settings('web'))
    expect(await postern.ended).toBe(1)
    expect(postern.output()).toContain('Postern could not be built')
  })
  const postern = installed.start(await settings('web'))
  expect(await postern.ended).toBe(1)
  expect(postern.output()).toMatch(/broken on purpose\n(?:.*\n)*?.*src\/config\/values\.ts:\d+/)
  expect(await bundles()).toHaveLength(2)
})
