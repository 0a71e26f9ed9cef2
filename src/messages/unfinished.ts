// Finds whether a message of a customer is unfinished: it may still be sent, and is then checked against the customer state;
// or its links still sign in, and a new address of the customer revokes them.

import { type Delivery, hasEnded } from '../deliveries/delivery.ts'
import { linksIn } from '../deliveries/store.ts'
import type { RecordList } from '../records/list.ts'
import { customerIn, type LoadedRecord } from '../records/store.ts'
import { customerKey } from '../redis/keys.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import type { Clock } from '../runtime/clock.ts'
import { customerTerm } from './store.ts'

const PAGE = 100

type Parts = {
  index: Pick<RecordIndex, 'find'>
  list: Pick<RecordList, 'load'>
  clock: Pick<Clock, 'now'>
}

const isUnfinished = (record: LoadedRecord, now: number): boolean =>
  !hasEnded(record.parts.delivery as Delivery) || (linksIn(record)?.expiresAt ?? 0) > now

export const createUnfinished =
  ({ index, list, clock }: Parts) =>
  async (customerId: string): Promise<boolean> => {
    const customer = customerKey(customerId)
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<RecordIndex['find']>> = await index.find(
        customerTerm(customerId),
        { limit: PAGE, cursor },
      )
      const listed = await Promise.all(page.found.map(list.load))
      const found = listed.some(
        (one) =>
          one !== null &&
          customerIn(one.record) === customer &&
          isUnfinished(one.record, clock.now()),
      )
      if (found) return true
      cursor = page.cursor
    } while (cursor !== null)
    return false
  }
