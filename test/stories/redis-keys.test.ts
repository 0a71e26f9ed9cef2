// Keys that are rare, or gone in a moment: the table of Redis keys in docs/architecture.md names these too.

import { expect, test } from 'vitest'
import { SECOND } from '../../src/runtime/clock.ts'
import { purchases, tellAll } from '../support/backlog.ts'
import { runCommand } from '../support/command.ts'
import { unnamedKeys, unusedRows } from '../support/key-table.ts'
import { startReceiver } from '../support/receiver.ts'
import { followRedis } from '../support/redis-contents.ts'
import { startTestSystem } from '../support/system.ts'

/** Rows of which `secrets.test.ts` sees no key. */
const RARE = [
  '{s}:batch:<id>',
  '{s}:mailed:<hash>:<what>',
  '{s}:alert:<subject>',
  '{s}:alert:<subject>:more',
  'postern:untrusted_proxy',
  'postern:reindex',
]

const API_TOKEN = 'a-token-of-the-test-backend'

const isKey = (word: string) => /^(?:postern:|\{postern\}:)/.test(word)

test('the table names the keys of batches, mailboxes, alerts, an untrusted proxy and a reindex', async () => {
  const { url: ALERT_WEBHOOK_URL } = await startReceiver()
  const system = await startTestSystem({ environment: { ALERT_WEBHOOK_URL, API_TOKEN } })
  const { sent } = await followRedis(system.redis)
  const { environment, polarWorld, clock } = system
  await runCommand('hold', environment)
  await fetch(`${system.postern}/api/links`, {
    ...{ method: 'POST', headers: { 'x-forwarded-for': '203.0.113.7' } },
  })
  await tellAll(
    system,
    purchases(30, (event) => polarWorld.applyEvent(event)),
  )
  // Receipts are not counted by mailbox.
  await polarWorld.scenario.failRenewal({ customer: { email: 'aiko.tanabe@example.com' } })
  await runCommand('release', environment, ['all'])
  clock.advance(11 * SECOND) // by then every nudge counts as lost
  await system.settle()
  await polarWorld.deliver({ type: 'order.paid' }, { secret: `whsec_${btoa('guessed')}` })
  expect((await runCommand('reindex', environment)).code).toBe(0)

  // Without the pattern of a scan.
  const keys = () => sent.flat().filter((word) => isKey(word) && !word.includes('*'))
  await expect.poll(() => RARE.filter((row) => unusedRows(keys()).includes(row))).toEqual([])
  expect(unnamedKeys(keys())).toEqual([])
})
