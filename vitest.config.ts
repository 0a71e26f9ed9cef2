import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Where CI wants the numbers of the run, as JSON. */
const results = process.env.VITEST_RESULTS

/** `TEST_DATE=2027-12-31T23:59:30Z` or `TEST_DATE=+400d`: when the run takes place, for the tests and all that they start. */
const date = process.env.TEST_DATE
if (date) {
  const [, days] = /^\+(\d+)d$/.exec(date) ?? []
  const shift = days ? Number(days) * 86_400_000 : Date.parse(date) - Date.now()
  if (Number.isNaN(shift)) throw new Error(`TEST_DATE is neither a date nor like +400d: ${date}`)
  const preload = fileURLToPath(new URL('test/support/other-day.js', import.meta.url))
  process.env.TEST_DATE_SHIFT = String(shift)
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import="${preload}"`
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Real servers and real Redis: two files at a time keep a small machine honest.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: results ? ['default', 'json'] : ['default'],
    ...(results && { outputFile: { json: results } }),
  },
})
