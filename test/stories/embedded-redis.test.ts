// The Redis of the sandbox and the tests, on a machine that has none.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)

const START = `
import { startRedis } from './src/sandbox/redis.ts'
const redis = await startRedis({ say: (line) => console.log(line) })
console.log('answered at', redis.url)
await redis.close()`

/** A PATH with these commands and no others, and a home of its own. */
const machineWith = async (commands: readonly string[]) => {
  const home = await mkdtemp(join(tmpdir(), 'postern-home-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  for (const command of commands) {
    const path = ['/usr/bin', '/bin'].map((folder) => join(folder, command)).find(existsSync)
    if (path) await symlink(path, join(home, command))
  }
  return { HOME: home, PATH: home }
}

const start = (env: NodeJS.ProcessEnv) =>
  run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', START], { env })

test.skipIf(!existsSync('/usr/bin/apt-get'))(
  'is fetched from Debian into a cache folder, once, with nothing installed',
  async () => {
    const machine = await machineWith(['sh', 'cat', 'apt-get', 'dpkg', 'dpkg-deb', 'tar', 'xz'])
    const first = await start(machine)
    expect(first.stdout).toContain("fetching Debian's into")
    expect(first.stdout).toContain('answered at redis://127.0.0.1:')
    const second = await start(machine)
    expect(second.stdout).not.toContain('fetching')
    expect(second.stdout).toContain('answered at redis://127.0.0.1:')
  },
  60_000,
)

test('is asked for in one clear message where it can be neither found nor fetched', async () => {
  const { stderr } = await start(await machineWith(['sh', 'cat'])).catch((error) => error)
  expect(stderr).toContain('There is no redis-server on this machine.')
  for (const way of ['apt-get install', 'brew install', 'docker compose up'])
    expect(stderr).toContain(way)
})
