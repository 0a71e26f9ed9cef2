// The bundle of the present sources, for tests that start an entry of it in a process of its own.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleFolder } from '../../build/stamp.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '')

let found: string | undefined

/** Finding it reads all sources: 60 ms of each start by `build/run.js`. */
const folder = (): string => {
  found ??= bundleFolder(ROOT)
  // A build elsewhere may have removed it as an old one. By the machine's date: by another, this build would take those of other
  // processes for abandoned ones.
  if (!existsSync(found)) {
    const env = { ...process.env, NODE_OPTIONS: '' }
    execFileSync(process.execPath, [join(ROOT, 'build', 'bundle.js')], { env })
  }
  return found
}

/**
 * Node's arguments for an entry. `npm start` has `--enable-source-maps` too: reading the maps is a tenth of a start, and they
 * only name the sources in a stack trace.
 */
export const bundled = (entry: 'main' | 'cli'): string[] => [join(folder(), `${entry}.js`)]

/** Where Node keeps what it has compiled of the bundle: a tenth of a start. A process that ends by itself fills it. */
export const compileCache = (): string => join(folder(), 'compiled')
