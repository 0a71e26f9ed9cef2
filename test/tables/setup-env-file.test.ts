// Values that a setup puts into a `.env` are read as they were meant, by whoever reads it, and all others stay as they are.

import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withValues } from '../../src/setup/env-file.ts'
import { SetupError } from '../../src/setup/errors.ts'
import { readByCompose, readBySystemd } from '../support/env-readers.ts'

const BEFORE = '# ours\nOTHER="a # b"\n#NAME=example\nLAST=`it\'s "so"`\n'

const READERS: [string, (line: string) => string | undefined][] = [
  ['Node', (line) => parseEnv(`${line}\nAFTER="'\`"`).NAME],
  ['Compose', readByCompose],
  ['systemd', readBySystemd],
]

const readers = (line: string) => READERS.map(([name, read]) => [name, read(line)])
const all = (value: string) => READERS.map(([name]) => [name, value])

describe('Node, Compose and systemd read a value as it was written', () => {
  test.each([
    ['plain', 'NAME=plain'],
    ['Acme Shop <billing@example.com>', 'NAME=Acme Shop <billing@example.com>'],
    ['a=b==', 'NAME=a=b=='],
    ['a#b', "NAME='a#b'"],
    ["O'Brien & Sons", "NAME=O'Brien & Sons"],
    ['it\'s "so"', 'NAME=it\'s "so"'],
    ["it's #1", 'NAME="it\'s #1"'],
    ['"Acme, Inc." <billing@example.com>', 'NAME=\'"Acme, Inc." <billing@example.com>\''],
    ['"open', "NAME='\"open'"],
    ['`so`', "NAME='`so`'"],
    ['a\\nb', "NAME='a\\nb'"],
    ['redis://:s$ere#t@redis.example.com', "NAME='redis://:s$ere#t@redis.example.com'"],
  ])('%s', (value, line) => {
    const after = withValues(BEFORE, { NAME: value }, '.env')
    expect(after).toBe(BEFORE.replace('#NAME=example', () => line))
    expect(parseEnv(after)).toEqual({ ...parseEnv(BEFORE), NAME: value })
    expect(readers(line)).toEqual(all(value))
  })

  test('or it is refused', () => {
    const character = fc.constantFrom(...'aZ0 =\'"`$\\#{}\n')
    const value = fc.string({ unit: character, minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(value, (text) => {
        try {
          const line = withValues('', { NAME: text }, '.env').trimEnd()
          expect(readers(line)).toEqual(all(text))
        } catch (error) {
          if (!(error instanceof SetupError)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('nothing is written that would be read otherwise', () => {
  test.each([
    ['both quotes and a comment', BEFORE, 'it\'s "#1"', 'NAME cannot be written'],
    ['a quote and a dollar', BEFORE, "it's $5", 'NAME cannot be written'],
    ['a backslash at the end, and a quote', BEFORE, "it's\\", 'NAME cannot be written'],
    ['a value of several lines', 'NAME="a,\nb=c"\n', 'c', 'on one line'],
    ['a name inside of another value', 'OTHER="a\nNAME=b"\n', 'c', 'on one line'],
  ])('%s', (_, before, value, says) => {
    expect(() => withValues(before, { NAME: value }, '.env')).toThrow(says)
  })
})
