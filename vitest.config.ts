import { defineConfig } from 'vitest/config'

/** Where CI wants the numbers of the run, as JSON. */
const results = process.env.VITEST_RESULTS

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
