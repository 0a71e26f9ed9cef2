// Finds whether a message of a customer is unfinished: it may still be sent, and is then checked against the customer state.

import { type Delivery, hasEnded } from '../deliveries/delivery.ts'
import type { RecordList } from '../records/list.ts'
import { customerIn } from '../records/store.ts'
import { customerKey } from '../redis/keys.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { customerTerm } from './store.ts'

const PAGE = 100

type Parts = { index: Pick<RecordIndex, 'find'>; list: Pick<RecordList, 'load'> }

export const createUnfinished =
  ({ index, list }: Parts) =>
  async (customerId: string): Promise<boolean> => {
    const customer = customerKey(customerId)
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<RecordIndex['find']>> = await index.find(
        customerTerm(customerId),
        { limit: PAGE, cursor },
      )
      const listed = await Promise.all(page.found.map(list.load))
      const isUnfinished = listed.some(
        (one) =>
          one !== null &&
          customerIn(one.record) === customer &&
          !hasEnded(one.record.parts.delivery as Delivery),
      )
      if (isUnfinished) return true
      cursor = page.cursor
    } while (cursor !== null)
    return false
  }
