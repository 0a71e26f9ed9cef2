// `npm run dictionaries`: writes the dictionaries of version 1 anew, from the fixtures and from records of the sandbox, and
// prints their digests for test/tables/dictionaries.test.ts. Two runs do not write the same bytes of the records, since in the
// sandbox an email's reports overtake each other. Once a version is released, records in somebody's Redis need it: then a
// changed dictionary is a new version beside it.

import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { buildDictionary } from './build.ts'
import { payloads, records } from './samples.ts'

const VERSION = 1

/** A line of code has room for so many of its characters. */
const LINE = 80

const escaped = (character: string) => {
  const code = character.charCodeAt(0)
  return code < 0x20 || code > 0x7e
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : character === "'" || character === '\\'
      ? `\\${character}`
      : character
}

const linesOf = (dictionary: string): string[] => {
  const lines: string[] = []
  let line = ''
  for (const character of dictionary) {
    const next = escaped(character)
    if (line.length + next.length > LINE) {
      lines.push(line)
      line = ''
    }
    line += next
  }
  return [...lines, line]
}

const write = (name: string, what: string, dictionary: string) => {
  const file = new URL(`../../src/records/dictionaries/${name}-${VERSION}.ts`, import.meta.url)
  const text = [
    `// The dictionary that ${what} are packed with. \`npm run dictionaries\` wrote it, and it never changes.`,
    '// A character is a byte.',
    '',
    `export const ${name}${VERSION} = Buffer.from(`,
    '  [',
    ...linesOf(dictionary).map((line) => `    '${line}',`),
    "  ].join(''),",
    "  'latin1',",
    ')',
    '',
  ]
  writeFileSync(file, text.join('\n'))
  const digest = createHash('sha256').update(dictionary, 'latin1').digest('hex')
  console.log(`${name}, version ${VERSION}: ${dictionary.length} bytes, SHA-256 ${digest}`)
}

const events = payloads().map(({ event }) => event)
write(
  'payloads',
  'the payloads of events',
  buildDictionary(events, { limit: 16_384, shortest: 64 }),
)
write(
  'records',
  'messages, outlines of events and customer states',
  buildDictionary(await records(), { limit: 8_192, shortest: 64 }),
)
