// `node build/run.js <entry> [argument …]` runs an entry of the bundle in this process. It makes a missing bundle first, in another
// process, so that esbuild takes no memory of the service. Under `npm start`, it ends with npm.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleFolder } from './stamp.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** Milliseconds. */
const LOOK_FOR_PARENT = 1000

/** A service that outlived `npm start` would keep its port, and the next start would fail. */
const endWithParent = () => {
  const parent = process.ppid
  const look = () => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }
  const timer = setInterval(look, LOOK_FOR_PARENT).unref()
}

const [entry = 'main', ...args] = process.argv.slice(2)
if (process.env.npm_lifecycle_event === 'start') endWithParent()
const folder = bundleFolder(ROOT)
if (!existsSync(folder)) {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'build', 'bundle.js')], {
    stdio: 'inherit',
  })
  if (status !== 0) {
    process.stderr.write(
      'Postern could not be built; see the errors above. Run npm ci, then npm run build.\n',
    )
    process.exit(1)
  }
}
const file = join(folder, `${entry}.js`)
process.argv.splice(1, process.argv.length, file, ...args)
await import(pathToFileURL(file).href)
