// The amounts of a subscription by the events alone.

import { describe, expect, test } from 'vitest'
import { createKnownAmounts } from '../../src/messages/known-amounts.ts'
import { body, orderTold } from './build.ts'
import { decided, knowing } from './decided.ts'
import { stories } from './kinds.ts'

const known = (bodies: readonly string[]) => createKnownAmounts(knowing(bodies))

describe('what is owed', () => {
  const message = decided('subscription_past_due')
  const opened = orderTold('order.created', '2026-11-04T10:12:48Z', {
    status: 'pending',
    due_amount: 1900,
  })

  test('is the open order', async () => {
    expect(await known([opened]).due(message)).toEqual({ value: 1900, currency: 'usd' })
  })

  test.each([
    ['nothing is told of one', []],
    ['it is paid', [opened, body('order.paid')]],
    ['it is void', [opened, body('order.updated.void')]],
  ])('is nothing where %s', async (_, bodies) => {
    expect(await known(bodies).due(message)).toBeNull()
  })

  test.each(['subscription_update', 'subscription_meter_cycle'])(
    'is nothing where the order of a %s was paid before it was told as open',
    async (billing_reason) => {
      const order = { id: 'other', billing_reason }
      const late = orderTold('order.created', '2026-11-04T10:12:48Z', {
        ...order,
        status: 'pending',
      })
      const paid = orderTold('order.paid', '2026-11-04T10:13:00Z', order)
      expect(await known([paid, late]).due(message)).toBeNull()
    },
  )
})

describe('the price of a period', () => {
  const { before, says } = stories.subscription_cycled

  test('is that of the newest snapshot', async () => {
    expect(await known([...before, says]).price(decided('subscription_cycled'))).toEqual({
      ...{ value: 2900, currency: 'usd' },
    })
  })

  test('is unknown where no event has told it', async () => {
    expect(await known([]).price(decided('subscription_cycled'))).toBeNull()
  })
})
