// Reads and writes the files of a setup. Each is readable by its owner alone, and is replaced in one step.

import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { SetupError } from './errors.ts'

export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

export const fileError = (path: string, verb: 'read' | 'write', cause: unknown) => {
  const code = codeOf(cause)
  const mend = code === 'ENOENT' ? 'Make its folder' : `Let the user that runs setup ${verb} it`
  return new SetupError(`Cannot ${verb} ${path} (${code}). ${mend}, and run the command again.`, {
    cause,
  })
}

/** `null` if there is none. @throws {SetupError} */
export const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw fileError(path, 'read', error)
  }
}

const OWNER_ONLY = 0o600

/** The file behind a symbolic link, which stays one. */
const behindLinks = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path // there is no file yet
  }
}

const replace = (path: string, text: string): void => {
  const unfinished = `${path}.tmp` // one setup at a time works here, and removes what a killed one has left
  rmSync(unfinished, { force: true })
  const file = openSync(unfinished, 'wx', OWNER_ONLY)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(unfinished, path)
}

/** A crash leaves the old file or the new one, never a part. @throws {SetupError} */
export const writePrivately = (path: string, text: string): void => {
  try {
    replace(behindLinks(path), text)
  } catch (error) {
    throw fileError(path, 'write', error)
  }
}
