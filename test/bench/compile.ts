// Both sides run as compiled JavaScript, made by the same compiler from settings that differ in nothing but the folders.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A folder of the bench's own, so that a build beside it changes nothing of what is measured. */
const OUT = `${ROOT}.cache/bench`

export const POSTERN = `${OUT}/postern/src/main.js`
export const POSTERN_TOKENS = `${OUT}/postern/src/links/token.js`
export const POSTERN_EMAILS = {
  index: `${OUT}/postern/emails/index.js`,
  samples: `${OUT}/postern/emails/_kit/samples.js`,
}
export const PEER = {
  web: `${OUT}/peer/web.js`,
  worker: `${OUT}/peer/worker.js`,
  origin: `${OUT}/peer/origin.js`,
  receipt: `${OUT}/peer/receipt.js`,
}

const run = promisify(execFile)

export const compile = async () => {
  await run('npm', ['run', '--silent', 'build', '--', '--outDir', `${OUT}/postern`], { cwd: ROOT })
  await run('npx', ['tsc', '-p', 'test/bench/peer', '--outDir', `${OUT}/peer`], { cwd: ROOT })
}
