// Compiles both sides as for production: Postern as the bundle of `npm start`, the peer as JavaScript.

import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundleInto } from '../../build/bundle.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A separate folder, so that a build at the same time does not change the measured code. */
const OUT = `${ROOT}.cache/bench`

/** Parts of Postern that have their own rows, and the bare endpoint, which is bundled like them. */
const PARTS = {
  token: 'src/links/token.ts',
  emails: 'emails/index.ts',
  samples: 'emails/_kit/samples.ts',
  bare: 'test/bench/bare.ts',
}

export const POSTERN = `${OUT}/postern/main.js`
export const POSTERN_COMMANDS = `${OUT}/postern/cli.js`
export const POSTERN_TOKENS = `${OUT}/postern/token.js`
export const POSTERN_EMAILS = {
  index: `${OUT}/postern/emails.js`,
  samples: `${OUT}/postern/samples.js`,
}
export const BARE_ENDPOINT = `${OUT}/postern/bare.js`
export const PEER = {
  web: `${OUT}/peer/web.js`,
  worker: `${OUT}/peer/worker.js`,
  origin: `${OUT}/peer/origin.js`,
  receipt: `${OUT}/peer/receipt.js`,
}

const run = promisify(execFile)

export const compile = async () => {
  await rm(OUT, { recursive: true, force: true })
  await bundleInto(`${OUT}/postern`, PARTS)
  await run('npx', ['tsc', '-p', 'test/bench/peer', '--outDir', `${OUT}/peer`], { cwd: ROOT })
}
