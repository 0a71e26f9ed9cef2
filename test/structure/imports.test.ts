import { describe, expect, test } from 'vitest'
import {
  blindImportsOf,
  cyclesIn,
  filesIn,
  graphOf,
  importsOf,
  roomOf,
  whoImports,
  wrongArrows,
} from './modules.ts'

/** The rooms that each room may import beside itself. A new room needs a row. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  runtime: [],
  emails: [],
  redis: ['runtime'],
  processes: ['redis', 'runtime'],
  polar: ['redis', 'runtime'],
  portal: ['polar', 'runtime'],
  records: ['redis', 'runtime'],
  clicks: ['records', 'redis', 'runtime'],
  links: ['clicks', 'records', 'portal', 'emails', 'redis', 'runtime'],
  retention: [
    ...['events', 'messages', 'customers', 'deliveries', 'records', 'links', 'clicks'],
    ...['suppressions', 'redis', 'runtime'],
  ],
  api: ['retention', 'recoveries', 'links', 'clicks', 'records', 'polar', 'redis', 'runtime'],
  alerts: ['redis', 'runtime'],
  resend: ['alerts', 'emails', 'redis', 'runtime'],
  suppressions: ['resend', 'redis', 'runtime'],
  customers: ['polar', 'emails', 'redis', 'runtime'],
  deliveries: [
    ...['records', 'resend', 'suppressions', 'alerts', 'links', 'emails', 'redis', 'runtime'],
  ],
  messages: [
    ...['deliveries', 'records', 'suppressions', 'customers', 'resend', 'links', 'polar', 'emails'],
    ...['redis', 'runtime'],
  ],
  events: ['messages', 'records', 'customers', 'polar', 'emails', 'redis', 'runtime'],
  schedule: ['events', 'customers', 'polar', 'emails', 'redis', 'runtime'],
  backfill: ['events', 'polar', 'alerts', 'emails', 'redis', 'runtime'],
  recoveries: ['messages', 'clicks', 'customers', 'records', 'polar', 'redis', 'runtime'],
  webhooks: ['alerts', 'redis', 'runtime'],
  watch: ['polar', 'alerts', 'redis', 'runtime'],
  doctor: [
    ...[
      'processes',
      'watch',
      'messages',
      'deliveries',
      'alerts',
      'resend',
      'polar',
      'emails',
      'redis',
      'runtime',
    ],
    'config.ts',
  ],
  config: ['emails', 'redis'],
  'config.ts': ['config', 'emails', 'redis', 'runtime'],
  metrics: [
    ...['webhooks', 'watch', 'events', 'messages', 'deliveries', 'resend', 'clicks', 'portal'],
    ...['recoveries', 'processes', 'polar', 'operator', 'emails', 'redis', 'runtime'],
  ],
  traces: ['events', 'messages', 'deliveries', 'links', 'clicks', 'portal', 'emails', 'runtime'],
  roles: [
    ...['webhooks', 'events', 'messages', 'records', 'customers', 'deliveries', 'resend'],
    ...[
      'suppressions',
      'alerts',
      'api',
      'operator',
      'console',
      'retention',
      'schedule',
      'backfill',
      'recoveries',
      'watch',
      'doctor',
      'links',
      'clicks',
      'portal',
      'polar',
      'emails',
      'redis',
      'runtime',
    ],
    ...['processes', 'metrics', 'traces', 'config.ts'],
  ],
  'app.ts': [
    ...['doctor', 'roles', 'events', 'messages', 'customers', 'deliveries', 'resend'],
    ...['suppressions', 'alerts', 'links', 'polar', 'emails', 'redis', 'runtime', 'config.ts'],
  ],
  setup: [
    ...[
      'doctor',
      'processes',
      'messages',
      'watch',
      'polar',
      'resend',
      'redis',
      'runtime',
      'config.ts',
    ],
  ],
  cli: [
    ...[
      'setup',
      'processes',
      'operator',
      'doctor',
      'backfill',
      'watch',
      'retention',
      'recoveries',
      'schedule',
      'events',
      'customers',
      'links',
      'messages',
      'deliveries',
      'records',
      'clicks',
      'resend',
      'suppressions',
      'alerts',
    ],
    ...['polar', 'emails', 'redis'],
    ...['runtime', 'config.ts'],
  ],
  operator: [
    ...['events', 'messages', 'deliveries', 'records', 'clicks', 'customers', 'retention'],
    ...[
      'recoveries',
      'processes',
      'schedule',
      'backfill',
      'watch',
      'doctor',
      'suppressions',
      'resend',
      'alerts',
      'links',
    ],
    ...['polar', 'emails', 'redis', 'runtime'],
  ],
  console: [
    ...['operator', 'events', 'messages', 'deliveries', 'records', 'clicks', 'customers'],
    ...['retention', 'recoveries', 'processes', 'schedule', 'backfill', 'watch', 'suppressions'],
    'resend',
    ...['links', 'polar', 'emails', 'redis', 'runtime'],
  ],
  previews: ['emails'],
  'run.ts': ['app.ts', 'config.ts', 'doctor', 'watch', 'redis', 'runtime'],
  'main.ts': ['run.ts'],
}

const ALL = [...Object.keys(MAY_IMPORT), 'sandbox']
const TABLE = { ...MAY_IMPORT, sandbox: ALL }

const files = filesIn('src', 'emails')
const graph = graphOf(files)
const outsideSandbox = Object.fromEntries(
  Object.entries(files).filter(([path]) => roomOf(path) !== 'sandbox'),
)

describe('an import', () => {
  test('goes downstream only', () => {
    expect(wrongArrows(files, TABLE)).toEqual([])
  })

  test('never goes in a circle', () => {
    expect(cyclesIn(graph)).toEqual([])
  })

  test('leads to a file that is there, inside src or emails', () => {
    const lost = [...graph].flatMap(([from, targets]) =>
      targets.filter((to) => !(to in files)).map((to) => `${from} → ${to}`),
    )
    expect(lost).toEqual([])
  })

  test('can be read without running the program', () => {
    for (const [path, text] of Object.entries(files)) expect(blindImportsOf(text), path).toEqual([])
  })

  test.each(Object.keys(TABLE))('is counted in every room of the table: %s is there', (room) => {
    expect(Object.keys(files).map(roomOf)).toContain(room)
  })
})

describe('a package', () => {
  test.each([
    ['@react-email/components', ['emails/_kit/components.ts']],
    ['resend', ['src/resend/client.ts']],
    ['bullmq', ['src/redis/queue.ts']],
  ])('that we may have to change is named in one file: %s', (name, expected) => {
    expect(whoImports(outsideSandbox, name)).toEqual(expected)
  })

  test('that is Polar’s is named in the room of Polar only', () => {
    expect(new Set(whoImports(outsideSandbox, '@polar-sh/sdk').map(roomOf))).toEqual(
      new Set(['polar']),
    )
  })

  test('that only previews need is not loaded by the service', () => {
    expect(whoImports(outsideSandbox, 'react-email')).toEqual([])
  })

  test('that reads, writes or calls is not for the templates', () => {
    const emails = Object.entries(files).filter(([path]) => roomOf(path) === 'emails')
    const packages = emails.flatMap(([, text]) => importsOf(text).filter((name) => name[0] !== '.'))
    // Rules and data about links and addresses, which do nothing by themselves.
    const pure =
      /^(?:linkify-it|tlds|@fragaria\/address-formatter|cldr-subdivisions-full\/subdivisions\/en\/en\.json)$/
    const foreign = packages.filter(
      (name) =>
        !/^(@react-email\/[a-z]+|html-to-text|react|react-dom\/server)$/.test(name) &&
        !pure.test(name),
    )
    expect(foreign).toEqual([])
  })
})

describe('the environment', () => {
  const READS =
    /\bprocess\s*(?:\?\.|\.|\[\s*['"])\s*env\b|\benv\b[^;'"]*from\s*['"](?:node:)?process['"]/

  /** The settings enter through one door; the others need what is no setting. */
  const MAY_READ = {
    'src/run.ts': 'hands it over to be read as settings',
    'src/cli/main.ts': 'hands it over to be read as settings',
    'src/cli/setup.ts': 'hands it over to be read as settings',
    'src/sandbox/redis.ts': 'finds a redis-server, and lends it its own',
    'src/sandbox/main.ts': 'sets what React goes by, as the service does',
    'src/config.ts': 'loads a file of settings into it',
    'src/sandbox/run.ts': 'takes the few settings that a sandbox minds',
  }

  test('is read in these files only', () => {
    const readers = Object.entries(files).filter(([, text]) => READS.test(text))
    expect(readers.map(([path]) => path).toSorted()).toEqual(Object.keys(MAY_READ).toSorted())
  })

  test.each([
    'process.env.X',
    'process?.env',
    "process['env']",
    "import { env } from 'node:process'",
  ])('is noticed when it is read as %s', (text) => {
    expect(text).toMatch(READS)
  })
})

describe('this check', () => {
  test.each([
    ["import { a } from './a.ts'", ['./a.ts']],
    ["import type { A } from './a.ts'", ['./a.ts']],
    ["import a, {\n  type B,\n  c,\n} from './a.ts'", ['./a.ts']],
    ["import * as a from './a.ts'\nimport './b.ts'", ['./a.ts', './b.ts']],
    ["export { a } from './a.ts'\nexport * from './b.ts'", ['./a.ts', './b.ts']],
    ["export type { A } from './a.ts'", ['./a.ts']],
    ["const a = await import('./a.ts')", ['./a.ts']],
    ["type A = import('./a.ts').A", ['./a.ts']],
    ['import { a } from "./a.ts"', ['./a.ts']],
    ["export const from = 'b'\n// taken from 'c'\nconst d = \"from 'e'\"", []],
  ])('reads %j', (text, expected) => {
    expect(importsOf(text)).toEqual(expected)
  })

  test.each(['import(name)', 'import(`./a.ts`)', "import('./a' + b)", 'require(name)'])(
    'does not overlook %s',
    (text) => {
      expect(blindImportsOf(text)).toHaveLength(1)
    },
  )

  test('notices an arrow that goes upstream, even for a type', () => {
    const wrong = { 'src/redis/a.ts': "import type { E } from '../events/event.ts'" }
    expect(wrongArrows(wrong, TABLE)).toEqual(['src/redis/a.ts → src/events/event.ts'])
  })

  test.each([
    ['src/links/a.ts', '../sandbox/system.ts'],
    ['src/roles/worker.ts', '../app.ts'],
    ['src/events/a.ts', '../config.ts'],
    ['emails/a.tsx', '../src/runtime/clock.ts'],
    ['src/main.ts', './app.ts'],
  ])('notices what nobody may: %s importing %s', (from, to) => {
    expect(wrongArrows({ [from]: `import '${to}'` }, TABLE)).toHaveLength(1)
  })

  test('notices a room that the table does not have', () => {
    const strange = { 'src/helpers/a.ts': '', 'src/extra.ts': '' }
    expect(wrongArrows(strange, TABLE)).toEqual([
      'src/helpers/a.ts: the table has no helpers',
      'src/extra.ts: the table has no extra.ts',
    ])
  })

  test('notices a circle, of whatever length', () => {
    const ring = graphOf({
      'src/a.ts': "import './b.ts'",
      'src/b.ts': "import type { C } from './c.ts'",
      'src/c.ts': "import './a.ts'",
      'src/d.ts': "import './d.ts'",
    })
    expect(cyclesIn(ring)).toEqual([
      ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/a.ts'],
      ['src/d.ts', 'src/d.ts'],
    ])
  })
})
