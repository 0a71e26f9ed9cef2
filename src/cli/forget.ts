// npm run forget: erases a customer. It says first whose data goes and what no longer follows, and asks on a terminal; at the end
// it reports what went.

import { createAbandon } from '../deliveries/abandon.ts'
import { createBatchStore } from '../deliveries/batches/store.ts'
import { createLinkStore } from '../links/store.ts'
import { createCustomers } from '../operator/customers.ts'
import { createErasing } from '../operator/erasing.ts'
import { createSearch } from '../operator/search.ts'
import { createDue } from '../redis/due.ts'
import { customerKey } from '../redis/keys.ts'
import { createErase } from '../retention/erase.ts'
import { parsed } from './arguments.ts'
import { command } from './command.ts'
import { createErasure, type ErasureOrder } from './erasure.ts'

export const forget = command({
  usage: [
    'Name one customer by its id at Polar: npm run forget -- <customer>',
    'On a terminal it asks before it erases; with --yes it does not.',
  ],
  given: (args): ErasureOrder | null => {
    const { values, positionals } = parsed(args, { yes: { type: 'boolean' } })
    const [text = '', ...more] = positionals
    return text && more.length === 0 ? { text, isSure: values.yes ?? false } : null
  },
  run: (context, order) => {
    const { redis, clock, note, terminal } = context
    const stores = context.searchableStores()
    const parts = {
      ...{ ...stores, clock, suppressions: context.suppressions() },
      linkStore: createLinkStore({ redis, records: stores.records, clock }),
    }
    const batches = createBatchStore(redis, createDue(redis, 'batches', clock))
    const erase = createErase({
      ...parts,
      abandon: createAbandon({ batches, clock }),
      erasures: createDue(redis, 'erasures', clock, customerKey),
    })
    return createErasure({
      ...{ ...stores, terminal },
      erase: createErasing({ erase, note, by: 'command' }),
      customers: createCustomers({
        ...{ ...parts, search: createSearch(stores) },
        policy: context.reminderPolicy(),
      }),
    })(order)
  },
})
