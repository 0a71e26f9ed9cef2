// The cost of checking a webhook's signature: ours and the SDK's, in turn in this process.

import { createHmac } from 'node:crypto'
import { webhooks } from '@polar-sh/sdk/2026-10'
import { SECOND, systemClock } from '../../src/runtime/clock.ts'
import { createVerifier } from '../../src/webhooks/signature.ts'
import { WEBHOOK_SECRET } from './events.ts'
import { micro } from './figures.ts'
import type { World } from './sides.ts'
import type { Line } from './table.ts'

const CALLS = 200

/** Microseconds of processor time for one call, over all threads of this process. */
const costOf = async (check: () => unknown) => {
  const before = process.cpuUsage()
  for (let call = 0; call < CALLS; call++) await check()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / CALLS
}

export const signature = async (_world: World, isShort: boolean): Promise<Line[]> => {
  const body = JSON.stringify({ type: 'order.paid', data: { text: 'x'.repeat(4000) } })
  const id = 'msg_bench'
  const timestamp = String(Math.floor(systemClock.now() / SECOND))
  const signed = createHmac('sha256', WEBHOOK_SECRET).update(`${id}.${timestamp}.${body}`)
  const given = { id, timestamp, signature: `v1,${signed.digest('base64')}` }
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': given.signature,
  }
  const bytes = Buffer.from(body)
  const verifier = createVerifier([WEBHOOK_SECRET], systemClock)
  const verify = () => {
    const claim = verifier.read(given)
    return claim.is === 'claim' && verifier.verify(bytes, claim).is === 'verified'
  }
  if (!verify()) throw new Error('a genuine signature was refused')

  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < (isShort ? 5 : 15); round++) {
    ours.push(await costOf(verify))
    theirs.push(await costOf(() => webhooks.validateEvent(bytes, headers, WEBHOOK_SECRET)))
  }
  return [
    {
      row: 'signature: processor time a check',
      postern: ours,
      peer: theirs,
      format: micro,
      aim: { text: '≤ 0.2× the SDK', isMet: (_, ratio) => ratio <= 0.2 },
    },
  ]
}
