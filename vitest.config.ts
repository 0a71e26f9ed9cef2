import { existsSync, statfsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Where CI wants the numbers of the run, as JSON. */
const results = process.env.VITEST_RESULTS

// As in the bundle: React renders three times as fast.
process.env.NODE_ENV = 'production'

/** Linux keeps files in memory here. A Redis of a test syncs each write, and waits for a disk elsewhere. */
const MEMORY = '/dev/shm'
const ENOUGH = 2 ** 32

if (existsSync(MEMORY)) {
  const { bavail, bsize } = statfsSync(MEMORY)
  // In a container it is often small.
  if (bavail * bsize >= ENOUGH) process.env.TMPDIR ??= MEMORY
}

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

/**
 * The files that take longest, longest first: begun last, one of them would keep all others waiting. Those that mostly wait
 * alternate with those that need a processor.
 */
const LONGEST = [
  'crash/storm',
  'stories/process',
  'stories/cluster-trouble',
  'crash/gaps',
  'browser/console',
  'browser/links',
  'stories/batches',
  'quality/rendered',
  'stories/sending-failures',
  'stories/dev',
  'crash/restore',
  'stories/histories',
  'stories/install',
  'stories/redis-failover',
  'stories/secrets',
  'crash/backfill',
  'stories/reindex',
  'stories/durability',
  'stories/limits',
  'stories/console-work',
  'stories/kinds',
  'crash/redis',
  'stories/outages',
  'stories/embedded-redis',
  'stories/erasure',
  'stories/redis-replicas',
  'browser/pages',
  'crash/forgetting',
  'stories/backfill',
  'stories/cluster',
  'browser/journeys',
  'tables/rate-limiter',
  'stories/reminders',
  'crash/schedule',
  'stories/recoveries',
  'tables/queue',
  'stories/scanners',
  'crash/credit',
  'tables/hostile',
  'stories/account',
  'stories/details',
  'stories/first-email',
  'stories/dunning',
  'stories/failed-payments',
  'stories/customers',
  'quality/hostile',
  'structure/bundle',
]

for (const name of LONGEST)
  if (!existsSync(new URL(`test/${name}.test.ts`, import.meta.url)))
    throw new Error(`LONGEST in vitest.config.ts names no file of tests: ${name}`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.includes(`/test/${name}.test.`))
      return index < 0 ? LONGEST.length : index
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    // Real servers and real Redis. Many files wait for a timeout now and then, so four at a time fill two cores.
    maxWorkers: 4,
    // Milliseconds. They only end a test that hangs: a busy machine takes its time, and no test measures it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 40_000 } },
    sequence: { sequencer: LongestFirst },
    reporters: results ? ['default', 'json'] : ['default'],
    ...(results && { outputFile: { json: results } }),
    include: ['test/**/*.test.{ts,tsx}'],
    // Files share the processes, each of which imports the product once. So a test closes what it opens.
    isolate: false,
    // Tests of one file that run at the same time, as most of test/crash/gaps do: they start processes and mostly wait.
    maxConcurrency: 8,
  },
})
