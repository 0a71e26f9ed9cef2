// The end of a CI run: its failures by name, then its numbers.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const COUNT = fileURLToPath(new URL('../../.ci/count.mjs', import.meta.url))
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-count-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const numbers = (passed: number, failed: number, skipped = 0) => ({
  ...{ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0 },
})

const passedTest = { status: 'passed', ancestorTitles: ['a'], title: 'one', failureMessages: [] }

const fileOf = (name: string, ...assertionResults: unknown[]) => ({
  ...{ name: join(folder, name), message: '', assertionResults },
  status: 'passed',
})

/** Runs it on the JSON results of test runs; null is a run that ended before it wrote any. */
const count = (status: number, ...results: (object | null)[]) => {
  const files = results.map((result, index) => {
    const file = join(folder, `${index}.json`)
    writeFileSync(file, result ? JSON.stringify(result) : '')
    return file
  })
  const args = [COUNT, `${status}`, ...files]
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return { lines: run.stdout.trimEnd().split('\n'), code: run.status }
}

test('prints only the numbers of all runs together when every test passed', () => {
  const run = { ...numbers(3, 0), testResults: [fileOf('test/a.test.ts', passedTest)] }
  expect(count(0, run, run)).toEqual({ lines: ['6 passed, 0 failed, 0 skipped'], code: 0 })
})

test('names each failed test with its file and the first lines of its message, before the numbers', () => {
  const message = ['AssertionError: expected 1 to be 2', ...Array(99).fill('    at somewhere')]
  const failed = {
    ...{ status: 'failed', ancestorTitles: ['a batch'], title: 'is sealed' },
    failureMessages: [message.join('\n')],
  }
  const file = { ...fileOf('test/stories/a.test.ts', passedTest, failed), status: 'failed' }
  const { lines, code } = count(1, { ...numbers(1, 1), testResults: [file] })
  expect(lines.slice(0, 2)).toEqual([
    'FAILED test/stories/a.test.ts > a batch > is sealed',
    '    AssertionError: expected 1 to be 2',
  ])
  expect(lines.length).toBeLessThan(15)
  expect(lines.at(-1)).toBe('1 passed, 1 failed, 0 skipped')
  expect(code).toBe(1)
})

test('names a test file that failed to load', () => {
  const file = { ...fileOf('test/a.test.ts'), status: 'failed', message: 'SyntaxError: odd' }
  const { lines, code } = count(1, { ...numbers(5, 0), testResults: [file] })
  expect(lines).toEqual([
    'FAILED test/a.test.ts',
    '    SyntaxError: odd',
    '5 passed, 0 failed, 0 skipped',
  ])
  expect(code).toBe(1)
})

test.each([
  ['a skipped test', [0, numbers(5, 0, 1)]],
  ['a run that tested nothing', [0, numbers(5, 0), numbers(0, 0)]],
  ['a run that ended without results', [0, numbers(5, 0), null]],
  ['a command that failed', [1, numbers(5, 0)]],
] as const)('fails on %s', (_, [status, ...results]) => {
  const { lines, code } = count(status, ...results)
  expect(lines).toHaveLength(1)
  expect(code).toBe(1)
})
