// Lists the messages that are held one by one until a person decides, and counts them.

import type { Kind } from '../../emails/index.ts'
import type { RecordList } from '../records/list.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import type { Delivery, Held } from './delivery.ts'
import { kindIn } from './store.ts'

/** Held since `at` (ms). */
export type HeldMessage = { id: string; kind: Kind; because: Held; at: number }

const LABEL = 'delivery:held'

type HeldParts = { list: Pick<RecordList, 'labelled'>; index: Pick<RecordIndex, 'size'> }

export const createHeld = ({ list, index }: HeldParts) => ({
  /** The longest held first, all of them or as many as `limit`. */
  list: async (limit = Number.POSITIVE_INFINITY): Promise<HeldMessage[]> => {
    const found: HeldMessage[] = []
    for await (const { id, record } of list.labelled(LABEL)) {
      const delivery = record.parts.delivery as Delivery
      if (delivery.state !== 'held') continue
      found.push({ id, kind: kindIn(record), because: delivery.because, at: delivery.at })
    }
    return found.toSorted((a, b) => a.at - b.at).slice(0, limit)
  },
  /** How many there are: cheap, for a gauge. */
  count: () => index.size(LABEL),
})

export type HeldMessages = ReturnType<typeof createHeld>
