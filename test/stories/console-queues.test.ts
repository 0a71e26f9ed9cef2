// The queues as an operator sees them.

import { expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { purchases, tellAll } from '../support/backlog.ts'
import { signedIn, startWithConsole } from '../support/operator.ts'

test('work that no worker takes is counted by stage, and said to be late', async () => {
  const system = await startWithConsole({ reports: false, environment: { SEND_MODE: 'hold' } })
  const { text } = await signedIn(system)
  expect(await text('/console/queues')).toMatch(
    /deliveries Messages that are to be sent 0 0 nothing/,
  )
  await tellAll(system, purchases(3))
  expect(await text('/console/queues')).toMatch(/deliveries [A-Za-z ]+3 0 /)
  system.clock.advance(7 * MINUTE)
  expect(await text('/console/queues')).toMatch(/deliveries [A-Za-z ]+3 0 [67] min late/)
})
