// `npm run dev`: the sandbox, restarted when a file is saved.

import { spawn } from 'node:child_process'
import { utimes } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../src/sandbox/redis.ts'
import { submit } from '../support/operator.ts'

const SAVED = fileURLToPath(new URL('../../src/sandbox/story.ts', import.meta.url))
const SOON = { timeout: 60_000, interval: 50 }

test('npm run dev tells the story, opens a console, and tells it anew after a file is saved', async () => {
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
  const now = new Date()
  await utimes(SAVED, now, now)
  await expect.poll(starts, SOON).toBe(2)
  expect(await inbox()).toHaveLength(3)
}, 150_000)
