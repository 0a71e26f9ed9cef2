// Reads and writes the files of a setup. Each is readable by its owner alone, and is replaced in one step.

import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'

/** `null` if there is none. */
export const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const OWNER_ONLY = 0o600

/** A crash leaves the old file or the new one, never a part. */
export const writePrivately = (path: string, text: string): void => {
  const unfinished = `${path}.${process.pid}.tmp`
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
