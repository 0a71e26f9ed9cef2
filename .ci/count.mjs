// Prints every failed test and every test file that failed to load, then the totals of all test runs as its last line.
// Fails on a failed or skipped test, and if a run has no test.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

const MESSAGE_LINES = 10

const [, , status, ...files] = process.argv
const NOTHING = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
const runs = files.map((file) => {
  const text = readFileSync(file, 'utf8')
  return text ? JSON.parse(text) : NOTHING
})
const sum = (...names) =>
  runs.flatMap((run) => names.map((name) => run[name])).reduce((a, b) => a + b)
const passed = sum('numPassedTests')
const failed = sum('numFailedTests')
const skipped = sum('numPendingTests', 'numTodoTests')

const print = (what, message = '') => {
  const lines = message.trimEnd().split('\n').slice(0, MESSAGE_LINES)
  console.log([`FAILED ${what}`, ...lines.map((line) => `    ${line}`)].join('\n'))
}
for (const { name, status, message, assertionResults } of runs.flatMap(
  (run) => run.testResults ?? [],
)) {
  const file = relative(process.cwd(), name)
  const failures = assertionResults.filter((test) => test.status === 'failed')
  // A hook around a whole file, or its import, fails without a failed test.
  if (status === 'failed' && failures.length === 0) print(file, message)
  for (const { ancestorTitles, title, failureMessages } of failures)
    print([file, ...ancestorTitles, title].join(' > '), failureMessages[0])
}

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
const isWhole = runs.every(({ numPassedTests }) => numPassedTests > 0)
process.exit(status === '0' && isWhole && failed === 0 && skipped === 0 ? 0 : 1)
