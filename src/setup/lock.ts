// Lets one setup at a time work in a folder. A lock that a crash has left does not count, since its process has ended.

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './errors.ts'
import { codeOf, fileError, readText } from './files.ts'

const LOCK_FILE = '.postern-setup.lock'

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM' // it is another user's
  }
}

/** `false` if the file is there already. */
const create = (path: string): boolean => {
  try {
    writeFileSync(path, `${process.pid}`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw fileError(path, 'write', error)
  }
}

/**
 * @param folder that of the settings. @returns what releases it.
 * @throws {SetupError} while another setup works there.
 */
export const lock = (folder: string): (() => void) => {
  const path = join(folder, LOCK_FILE)
  const isFree = create(path)
  const owner = isFree ? process.pid : Number(readText(path))
  if (!isFree && isAlive(owner))
    throw new SetupError(
      `Another setup runs in this folder (process ${owner}). Wait until it ends, or end it, and run the command again. If there is none, remove ${LOCK_FILE}.`,
    )
  if (!isFree) writeFileSync(path, `${process.pid}`)
  const release = () => {
    process.off('exit', release)
    if (readText(path) === `${process.pid}`) rmSync(path, { force: true })
  }
  process.once('exit', release) // Control and C at a question
  return release
}
