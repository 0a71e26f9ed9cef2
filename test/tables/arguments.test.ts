// The answers to arguments that cannot be understood.

import { expect, test } from 'vitest'
import { parsed, UsageError } from '../../src/cli/arguments.ts'

test.each([
  [['--locale', 'de'], "Unknown option '--locale'."],
  [['--to'], "Option '--to <value>' argument missing."],
])('%j is told by its name', (args, text) => {
  const parse = () => parsed(args, { to: { type: 'string' } })
  expect(parse).toThrow(UsageError)
  expect(parse).toThrow(text)
})

test('what can be understood is handed on', () => {
  const { values, positionals } = parsed(['msg_1', '--to', 'a@example.com'], {
    to: { type: 'string' },
  })
  expect([values.to, positionals]).toEqual(['a@example.com', ['msg_1']])
})
