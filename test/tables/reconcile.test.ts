// The emails in hand while Resend is asked about emails, without Redis and without Resend.

import { expect, test } from 'vitest'
import { createReconcile } from '../../src/deliveries/reconcile.ts'
import type { InProgress } from '../../src/deliveries/record-outcome.ts'
import { createLog } from '../../src/runtime/log.ts'
import { stoppedClock } from './decided.ts'

type Parts = Parameters<typeof createReconcile>[0]

const unconfirmed = {
  state: 'unconfirmed',
  firstAttemptAt: 0,
  lastAttemptAt: Number.MAX_VALUE,
} as const
const message = { id: 'one', delivery: unconfirmed } as unknown as InProgress

/** @param known the emails that Resend lists: each has the address of the message, and one of these messages as its tag. */
const started = (known: readonly string[]) => {
  const clock = stoppedClock()
  const ended: string[] = []
  const reconcile = createReconcile({
    clock,
    log: createLog('silent'),
    rateLimiter: { acquire: async () => ({ at: 0 }), backOff: async () => {} },
    deliveries: { frozen: async () => ({ to: 'ann@example.com' }), dueAgain: async () => {} },
    resend: {
      list: async () => ({
        emails: known.map((providerId) => ({
          providerId,
          to: ['ann@example.com'],
          at: clock.now(),
        })),
        hasMore: false,
      }),
      messageOf: async (messageId: string) => ({ messageId }),
    },
    record: {
      accepted: async () => ended.push('accepted'),
      held: async () => ended.push('held'),
    },
  } as unknown as Parts)
  const ask = () =>
    reconcile.ask(message, unconfirmed as unknown as Parameters<typeof reconcile.ask>[1])
  return { reconcile, ask, ended }
}

test.each([
  ['found', ['one'], 'accepted'],
  ['not found', ['another'], 'held'],
])('a message that is %s is in hand until then, and no longer', async (_, known, outcome) => {
  const { reconcile, ask, ended } = started(known)
  expect(reconcile.isIdle()).toBe(true)
  ask()
  ask()
  expect(reconcile.isIdle()).toBe(false)
  await expect.poll(reconcile.isIdle).toBe(true)
  expect(ended).toEqual([outcome])
})
