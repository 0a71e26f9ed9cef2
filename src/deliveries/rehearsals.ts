// Lists the messages that shadow mode composed and did not send, for a summary before going live.

import type { Kind } from '../../emails/index.ts'
import type { RecordList } from '../records/list.ts'
import type { Missing } from './composed.ts'
import type { Delivery } from './delivery.ts'
import { kindIn } from './store.ts'

export type Rehearsal = { kind: Kind; missing: readonly Missing[] }

export const createRehearsals = (records: Pick<RecordList, 'labelled'>) => ({
  list: async (): Promise<Rehearsal[]> => {
    const found: Rehearsal[] = []
    for await (const { record } of records.labelled('not_sent:shadow')) {
      const delivery = record.parts.delivery as Delivery
      if (delivery.state === 'not_sent')
        found.push({ kind: kindIn(record), missing: delivery.missing ?? [] })
    }
    return found
  },
})

export type Rehearsals = ReturnType<typeof createRehearsals>
