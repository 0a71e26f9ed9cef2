// Prints the numbers of a test run as its last line. Fails on a failure, on a skip, and on a run that tested nothing.
import { readFileSync } from 'node:fs'

const [, , file, status] = process.argv
const text = readFileSync(file, 'utf8')
const {
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
} = text
  ? JSON.parse(text)
  : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
const skipped = pending + todo
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(status === '0' && passed > 0 && failed === 0 && skipped === 0 ? 0 : 1)
