// Both sides run as compiled JavaScript, made by the same compiler from settings that differ in nothing but the folders.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export const POSTERN = `${ROOT}dist/src/main.js`
export const PEER = {
  web: `${ROOT}dist/bench/peer/web.js`,
  worker: `${ROOT}dist/bench/peer/worker.js`,
  origin: `${ROOT}dist/bench/peer/origin.js`,
}

const run = promisify(execFile)

export const compile = async () => {
  await run('npm', ['run', '--silent', 'build'], { cwd: ROOT })
  await run('npx', ['tsc', '-p', 'test/bench/peer'], { cwd: ROOT })
}
