// `node build/run.js <entry> [argument …]` runs an entry of the bundle in this process. It makes a missing bundle first, in another
// process, so that esbuild takes no memory of the service.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleFolder } from './stamp.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

const [entry = 'main', ...args] = process.argv.slice(2)
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
