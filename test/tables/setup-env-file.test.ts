// Values that a setup puts into a `.env` are read as they were meant, and all others stay as they are.

import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { withValues } from '../../src/setup/env-file.ts'

const BEFORE = '# ours\nOTHER="a # b"\n#NAME=example\nLAST=`it\'s "so"`\n'

describe('a value is read as it was written, whatever is in it', () => {
  test.each([
    ['plain', 'NAME=plain'],
    ['Acme Shop <billing@example.com>', 'NAME=Acme Shop <billing@example.com>'],
    ['a=b==', 'NAME=a=b=='],
    ['a#b', "NAME='a#b'"],
    ["it's #1", 'NAME="it\'s #1"'],
    ['it\'s "#1"', 'NAME=`it\'s "#1"`'],
    // Compose would replace $ere without the single quotes.
    ['redis://:s$ere#t@redis.example.com', "NAME='redis://:s$ere#t@redis.example.com'"],
    ["it's $5", "NAME=`it's $5`"],
  ])('%s', (value, line) => {
    const after = withValues(BEFORE, { NAME: value })
    expect(after).toBe(BEFORE.replace('#NAME=example', () => line))
    expect(parseEnv(after)).toEqual({ ...parseEnv(BEFORE), NAME: value })
  })

  test('a quote that nothing closes takes in no later line', () => {
    expect(parseEnv(withValues(BEFORE, { NAME: '"open' }))).toEqual({
      ...{ ...parseEnv(BEFORE), NAME: '"open' },
    })
  })
})

describe('nothing is written that would be read otherwise', () => {
  test.each([
    ['a value that fits in no line', BEFORE, 'it\'s `"#1"`', 'NAME cannot be written'],
    ['a value of several lines', 'NAME="a,\nb=c"\n', 'c', 'on one line'],
    ['a name inside of another value', 'OTHER="a\nNAME=b"\n', 'c', 'on one line'],
  ])('%s', (_, before, value, says) => {
    expect(() => withValues(before, { NAME: value })).toThrow(says)
  })
})
