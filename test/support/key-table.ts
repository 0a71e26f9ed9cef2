// The table of Redis keys in docs/architecture.md, as patterns.

import { readFileSync } from 'node:fs'

const page = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8')

/** `<name>` stands for anything, `{s}:` for any shard. */
const patternOf = (key: string) =>
  new RegExp(
    `^${key
      .replace(/^\{s\}:/, 'postern:{s:<shard>}:')
      .split(/<[^>]+>/)
      .map((text) => text.replaceAll(/[{}]/g, '\\$&'))
      .join('.+')}$`,
  )

/** The keys of each row, and their patterns. A row with an empty cell, or with too few, is none. */
export const keyTable = [...page.matchAll(/^\| (`[^|]+`) \|(?: [^| ][^|]* \|){5}$/gm)].flatMap(
  ([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, key = '']) => ({ key, pattern: patternOf(key) })),
)

/** The keys that no row of the table names. */
export const unnamedKeys = (keys: readonly string[]): string[] => [
  ...new Set(keys.filter((key) => !keyTable.some(({ pattern }) => pattern.test(key)))),
]

/** The rows of which there is no key. */
export const unusedRows = (keys: readonly string[]): string[] =>
  keyTable.filter(({ pattern }) => !keys.some((key) => pattern.test(key))).map(({ key }) => key)
