// npm run attention: what needs an operator's attention, as the console's overview says it. The exit status is 1 if anything
// does, so that a monitor can run it.

import { lastBackfill } from '../backfill/reconcile.ts'
import { createKeptFindings } from '../doctor/store.ts'
import { createAttention } from '../operator/attention.ts'
import { lineOf } from '../operator/attention-words.ts'
import { sayWith } from '../operator/says.ts'
import { createProcessStore } from '../processes/store.ts'
import { createPaymentCounts } from '../schedule/payment-counts.ts'
import { openFindings } from '../watch/state.ts'
import { noArguments } from './arguments.ts'
import { command } from './command.ts'
import { minuteOf } from './output.ts'

export const attention = command({
  usage: ['It takes no arguments: npm run attention'],
  given: noArguments,
  run: async ({ redis, clock, stores, eventStores, deliveriesDue, pause }) => {
    const { index } = stores()
    const read = createAttention({
      ...{ index, eventIndex: eventStores().eventIndex, waiting: deliveriesDue(), clock },
      running: createProcessStore(redis, clock).running,
      pauseState: pause().state,
      findings: () => openFindings(redis),
      kept: createKeptFindings(redis, clock).read,
      lastBackfill: () => lastBackfill(redis),
      payments: createPaymentCounts(redis),
    })
    const lines = (await read()).attention.map(lineOf)
    const isWell = lines.every(({ tone }) => tone === 'quiet')
    return {
      lines: [
        ...(isWell ? ['Nothing needs your attention. Mail goes out, and webhooks arrive.'] : []),
        ...lines.map(({ label, says }) => `${label}: ${sayWith(says, minuteOf)}`),
      ],
      errors: [],
      isBad: !isWell,
    }
  },
})
