// Bundles Postern as for production, into a folder of this run.

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundleInto } from '../../build/bundle.js'

/** Inside the project, so that the bundle finds its external packages. */
const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url))

export const compile = async () => {
  await mkdir(CACHE, { recursive: true })
  const out = await mkdtemp(`${CACHE}/crash-`)
  const remove = () => rm(out, { recursive: true, force: true })
  try {
    await bundleInto(out)
  } catch (error) {
    await remove()
    throw error
  }
  return { main: `${out}/main.js`, remove }
}
