// npm run forget: erases a customer, and reports what went.

import { createAbandon } from '../deliveries/abandon.ts'
import { createBatchStore } from '../deliveries/batches/store.ts'
import { createLinkStore } from '../links/store.ts'
import { createDue } from '../redis/due.ts'
import { customerKey } from '../redis/keys.ts'
import { createErase } from '../retention/erase.ts'
import { oneText } from './arguments.ts'
import { command } from './command.ts'
import { createErasure } from './erasure.ts'

export const forget = command({
  usage: ['Name one customer by its id at Polar: npm run forget -- <customer>'],
  given: oneText,
  run: (context, text) => {
    const { redis, clock, note } = context
    const stores = context.searchableStores()
    const batches = createBatchStore(redis, createDue(redis, 'batches', clock))
    const erase = createErase({
      ...{ ...stores, clock },
      suppressions: context.suppressions(),
      abandon: createAbandon({ batches, clock }),
      linkStore: createLinkStore({ redis, records: stores.records, clock }),
      erasures: createDue(redis, 'erasures', clock, customerKey),
    })
    return createErasure({ ...stores, erase, note })(text)
  },
})
