// Bundles Postern. `npm run build` makes the bundle that `npm start` runs, unless it exists; `npm run build -- <folder>` writes one
// to a folder, for the image. `npm run typecheck` checks the types separately.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { entries, settings } from './settings.js'
import { bundleFolder } from './stamp.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** Number of bundles to keep: a running process may still need the source maps of an older one. */
const KEPT = 3

/** Milliseconds. A build takes a second, so an older unfinished one was killed. */
const ABANDONED = 60 * 60 * 1000

/**
 * Writes a bundle, each file synced to disk.
 * @param {string} folder
 * @param {Record<string, string>} more additional entry points, by name.
 */
export const bundleInto = async (folder, more = {}) => {
  mkdirSync(folder, { recursive: true })
  const { outputFiles } = await build({
    ...settings,
    absWorkingDir: ROOT,
    entryPoints: { ...entries, ...more },
    outdir: folder,
    write: false,
  })
  for (const { path, contents } of outputFiles) writeFileSync(path, contents, { flush: true })
}

/** @param {string} dist @param {string} current */
const removeOld = (dist, current) => {
  const age = (/** @type {string} */ path) => Date.now() - statSync(path).mtimeMs
  const others = readdirSync(dist)
    .map((name) => join(dist, name))
    .filter((path) => path !== current)
  const isBuilding = (/** @type {string} */ path) => basename(path).startsWith('building-')
  const old = others.filter((path) => !isBuilding(path)).sort((a, b) => age(a) - age(b))
  const abandoned = others.filter((path) => isBuilding(path) && age(path) > ABANDONED)
  for (const path of [...old.slice(KEPT - 1), ...abandoned])
    rmSync(path, { recursive: true, force: true })
}

/** Makes the bundle of the present sources. Processes may do so at the same time; all use the first one that is finished. */
const buildOnce = async () => {
  const folder = bundleFolder(ROOT)
  if (existsSync(folder)) return
  const dist = join(ROOT, 'dist')
  mkdirSync(dist, { recursive: true })
  const unfinished = mkdtempSync(join(dist, 'building-'))
  try {
    await bundleInto(unfinished)
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  removeOld(dist, folder)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2)
  await (folder ? bundleInto(folder) : buildOnce())
}
