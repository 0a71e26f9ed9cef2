// A short storm; `npm run crash` is the long one.

import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { bundled } from '../support/bundle.ts'
import { line } from './report.ts'
import { storm } from './storm.ts'

const FACTS = 100

test('each fact has exactly one email, whichever process is killed and when', {
  timeout: 4 * MINUTE,
}, async () => {
  const [main = ''] = bundled('main')
  const seed = process.env.CRASH_SEED ?? `${randomInt(2 ** 32)}`
  const outcome = await storm({
    main,
    seed,
    facts: FACTS,
    perSecond: 25,
    kills: 3,
    killsOn: false,
    rateLimit: 10,
    isCluster: false,
  })
  process.stdout.write(`storm: ${line(outcome)}\n`)
  expect(outcome.problems, `CRASH_SEED=${seed}`).toEqual([])
  expect(outcome.accepted).toBe(FACTS)
})
