import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

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

/** Files among the tables that need a process of their own: they run a Redis, or compute for long. */
const APART = [
  'budget',
  'clicks',
  'compare-and-set',
  'customer-lifetimes',
  'customer-store',
  'event-store',
  'flood',
  'held',
  'hostile',
  'live-since',
  'message-store',
  'notify',
  'queue',
  'rate-limiter',
  'record-index*',
  'record-store',
  'report-store',
  'suppressions',
  'token-properties',
  'unfinished',
  'walk',
].join('|')

/** Pure functions, most of them in tables: such files share a process, which has imported the product once. */
const PURE = [`test/tables/!(${APART}).test.{ts,tsx}`, 'test/{emails,structure}/**/*.test.{ts,tsx}']

/** All others. Neither list is an `exclude`, beside which Vitest would ignore that of the command line. */
const OTHERS = [
  `test/tables/@(${APART}).test.{ts,tsx}`,
  'test/!(tables|emails|structure)/**/*.test.{ts,tsx}',
]

/** The files that take longest, longest first: begun last, one of them would keep all others waiting. */
const LONGEST = [
  'crash/gaps',
  'stories/install',
  'tables/hostile',
  'stories/hold',
  'stories/limits',
  'stories/cluster-trouble',
  'browser/pages',
  'stories/batches',
  'stories/details',
  'quality/rendered',
  'stories/api',
  'stories/kinds',
  'browser/links',
  'stories/process',
  'stories/redis-failover',
  'crash/storm',
]

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
    // Real servers and real Redis: two files at a time keep a small machine honest.
    maxWorkers: 2,
    // Milliseconds. They only end a test that hangs: a busy machine takes its time, and no test measures it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: LongestFirst },
    reporters: results ? ['default', 'json'] : ['default'],
    ...(results && { outputFile: { json: results } }),
    projects: [
      { extends: true, test: { name: 'others', include: OTHERS } },
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
    ],
  },
})
