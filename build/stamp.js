// Finds the folder for the bundle of the present sources. Its name is a digest of all sources, so an existing bundle is the right
// one, and no start overwrites the bundle of a running process.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

const FOLDERS = ['src', 'emails', 'build']
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json']

/** Parts of these folders that are in no bundle. */
const UNUSED = ['src/sandbox/', 'src/previews/', 'emails/previews/']

/** @param {string} root @param {string} folder */
const filesIn = (root, folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll(sep, '/'),
    )
    .filter((path) => !UNUSED.some((unused) => path.startsWith(unused)))

/**
 * The folder for the bundle of these sources, which may not exist yet.
 * @param {string} root the project's folder.
 */
export const bundleFolder = (root) => {
  const digest = createHash('sha256')
  const paths = [...FOLDERS.flatMap((folder) => filesIn(root, folder)), ...FILES].sort()
  for (const path of paths) {
    const text = existsSync(join(root, path)) ? readFileSync(join(root, path)) : ''
    digest.update(`${path}\n${text.length}\n`).update(text)
  }
  return join(root, 'dist', digest.digest('hex').slice(0, 16))
}
