// The terminal of a setup: questions stay on the screen, keys that are typed do not, and no answer ends the command.

import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { createTerminal } from '../../src/setup/terminal.ts'

/** The text on a screen: the cursor returns to the first column, and the rest is cleared. */
const screenOf = (written: string) =>
  written
    .split('\n')
    .map((line) => stripVTControlCharacters(line.split('\u001b[1G\u001b[0J').at(-1) ?? ''))
    .join('\n')
    .replaceAll('\r', '')

const open = () => {
  const stream = () => Object.assign(new PassThrough(), { isTTY: true })
  const [input, output, errors] = [stream(), stream(), stream()]
  let written = ''
  for (const one of [output, errors])
    one.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  let left = 0
  const streams = { input, output, errors } as unknown as Parameters<typeof createTerminal>[0]
  const terminal = createTerminal(streams, () => {
    left += 1
    return undefined as never
  })
  return { input, terminal, screen: () => screenOf(written), left: () => left }
}

test('a question is shown with its suggestion, which is the answer to an empty line', async () => {
  const { input, terminal, screen } = open()
  const answer = terminal.ask('Redis', { suggestion: 'redis://localhost:6379' })
  expect(screen()).toBe('Redis [redis://localhost:6379]: ')
  input.write('\n')
  expect(await answer).toBe('redis://localhost:6379')
})

test('a key is not shown while it is typed, and the answer after it is', async () => {
  const { input, terminal, screen } = open()
  const key = terminal.ask('API key', { isHidden: true })
  input.write('re_secret\n')
  expect(await key).toBe('re_secret')
  const sender = terminal.ask('Sender')
  input.write('billing@example.com\n')
  expect(await sender).toBe('billing@example.com')
  expect(screen()).toMatch(/^API key: \nSender: billing@example\.com/)
  expect(screen()).not.toContain('secret')
})

test.each([
  ['Control and C', '\u0003'],
  ['Control and D', '\u0004'],
])('%s at a question ends the command', async (_, typed) => {
  const { input, terminal, screen, left } = open()
  void terminal.ask('Sender').catch(() => {}) // the process would have ended
  input.write(typed)
  await expect.poll(left).toBe(1)
  expect(screen()).toContain('nothing was changed')
})
