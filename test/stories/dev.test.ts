// `npm run dev`: the sandbox, restarted when a file is saved.

import { execFile, spawn } from 'node:child_process'
import { access, utimes } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../src/sandbox/redis.ts'
import { submit } from '../support/operator.ts'

const SAVED = fileURLToPath(new URL('../../src/sandbox/story.ts', import.meta.url))
const SOON = { timeout: 60_000, interval: 50 }

test('npm run dev tells the story, opens a console, lets commands run, and tells it anew after a file is saved', async () => {
  const port = await freePort()
  const child = spawn('npm', ['run', '--silent', 'dev'], {
    ...{ detached: true, env: { ...process.env, PORT: `${port}` } },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    if (child.pid) process.kill(-child.pid, 'SIGTERM')
    await ended
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const starts = () => output.match(/^Postern sandbox:/gm)?.length ?? 0
  const inbox = async () =>
    (await (await fetch(`http://127.0.0.1:${port}/sandbox/inbox`)).json()) as unknown[]

  await expect.poll(starts, SOON).toBe(1)
  expect(await inbox()).toHaveLength(3)
  const [, url = '', password = ''] = /Console +(\S+)\n.*the password is (\S+)/.exec(output) ?? []
  const { status, location } = await submit(`${url}/sign-in`, { password })
  expect([status, location]).toEqual([303, '/console'])
  const [, file = '', command = ''] =
    /Commands +ENV_FILE=(\S+) (npm run find .*)/.exec(output) ?? []
  const env = { ...process.env, ENV_FILE: file }
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { env })
  expect(stdout).toContain('Order confirmation')
  const now = new Date()
  await utimes(SAVED, now, now)
  await expect.poll(starts, SOON).toBe(2)
  expect(await inbox()).toHaveLength(3)
  await expect(access(file)).rejects.toMatchObject({ code: 'ENOENT' })
}, 150_000)
