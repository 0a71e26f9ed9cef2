// Prints the numbers of all test runs together as its last line. Fails on a failure, on a skip, and where a run tested nothing.
import { readFileSync } from 'node:fs'

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
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
const isWhole = runs.every(({ numPassedTests }) => numPassedTests > 0)
process.exit(status === '0' && isWhole && failed === 0 && skipped === 0 ? 0 : 1)
