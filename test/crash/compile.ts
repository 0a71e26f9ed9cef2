// Postern as it runs in production, compiled into a folder that no other run writes to.

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Within the project, so that its modules find their dependencies. */
const CACHE = `${ROOT}.cache`

const run = promisify(execFile)

export const compile = async () => {
  await mkdir(CACHE, { recursive: true })
  const out = await mkdtemp(`${CACHE}/crash-`)
  const remove = () => rm(out, { recursive: true, force: true })
  try {
    await run('npm', ['run', '--silent', 'build', '--', '--outDir', out], { cwd: ROOT })
  } catch (error) {
    await remove()
    const { stdout, message } = error as { stdout?: string; message: string }
    throw new Error(`Postern does not compile: ${stdout || message}`, { cause: error })
  }
  return { main: `${out}/src/main.js`, remove }
}
