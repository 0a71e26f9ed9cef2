// Bundles Postern: `npm run build` makes what `npm start` runs, unless it is there already; `npm run build -- <folder>` writes
// a bundle to a folder, as the image needs it. Types are checked apart, by `npm run typecheck`.

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

/** Bundles that are kept: a process that runs an older one reads its source maps only when it fails. */
const KEPT = 3

/** A build takes a second; one that is older was killed. */
const ABANDONED = 60 * 60 * 1000

/**
 * Writes a bundle, each file synced to disk.
 * @param {string} folder
 * @param {Record<string, string>} more files to start beside the usual ones, by name.
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

/** Makes the bundle of the present sources. Processes may do so at the same time: the first to finish provides for all. */
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
