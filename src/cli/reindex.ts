// npm run reindex: makes the indexes of messages and events again from their records. A run that was ended goes on where it
// was; `--restart` begins anew.

import { createReindex } from '../retention/reindex.ts'
import { createAlone } from './alone.ts'
import { command } from './command.ts'
import { createReindexing, RESTART } from './reindexing.ts'

export const reindex = command({
  usage: [`npm run reindex takes nothing but ${RESTART}: npm run reindex -- ${RESTART}`],
  given: (args) =>
    args.every((arg) => arg === RESTART) ? { isAnew: args.includes(RESTART) } : null,
  run: (context, { isAnew }) => {
    const { redis, clock } = context
    const reindex = createReindex({ redis, ...context.searchableStores() })
    return createReindexing({ reindex, alone: createAlone(context), clock })(isAnew)
  },
})
