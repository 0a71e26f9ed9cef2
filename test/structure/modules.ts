// Reads which file imports which, from their text: types count too, since an arrow that carries only a type is an arrow.

import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Texts by path from the project's root. */
export type Files = Record<string, string>

const root = fileURLToPath(new URL('../../', import.meta.url))

export const filesIn = (...folders: readonly string[]): Files =>
  Object.fromEntries(
    folders.flatMap((folder) =>
      readdirSync(posix.join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
        .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
        .map((path) => [path, readFileSync(posix.join(root, path), 'utf8')]),
    ),
  )

const FORMS = [
  /^\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g,
]

/** The imports in a text, as they are written there. */
export const importsOf = (text: string): string[] =>
  FORMS.flatMap((form) => [...text.matchAll(form)].map(([, name = '']) => name))

/** Imports whose target is only known when they run. */
export const blindImportsOf = (text: string): string[] =>
  text.match(/\b(?:import|require)\((?!\s*['"][^'"]+['"]\s*[,)]).*/g) ?? []

const isOurs = (name: string) => name.startsWith('.')

/** The files of ours that each file imports. */
export const graphOf = (files: Files): Map<string, string[]> =>
  new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      importsOf(text)
        .filter(isOurs)
        .map((name) => posix.join(posix.dirname(path), name)),
    ]),
  )

/** The files that import a package, or one of its parts. */
export const whoImports = (files: Files, name: string): string[] =>
  Object.entries(files)
    .filter(([, text]) =>
      importsOf(text).some((found) => found === name || found.startsWith(`${name}/`)),
    )
    .map(([path]) => path)

/** A folder of `src`, a file that lies beside them, or the templates. */
export const roomOf = (path: string): string => {
  const [top = '', next = ''] = path.split('/')
  return top === 'src' ? next : top
}

/** Every arrow that the table does not allow, and every room that it does not know. */
export const wrongArrows = (files: Files, table: Record<string, readonly string[]>): string[] =>
  [...graphOf(files)].flatMap(([from, targets]) => {
    const room = roomOf(from)
    const allowed = table[room]
    if (!allowed) return [`${from}: the table has no ${room}`]
    return targets
      .filter((to) => roomOf(to) !== room && !allowed.includes(roomOf(to)))
      .map((to) => `${from} → ${to}`)
  })

/** Rings of files that import each other, each as the path around it. */
export const cyclesIn = (graph: Map<string, string[]>): string[][] => {
  const done = new Set<string>()
  const cycles: string[][] = []
  const walk = (path: string, trail: readonly string[]) => {
    const at = trail.indexOf(path)
    if (at >= 0) cycles.push([...trail.slice(at), path])
    if (at >= 0 || done.has(path)) return
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) walk(path, [])
  return cycles
}
