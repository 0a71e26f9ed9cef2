// Lists messages by a label of the index, page by page, with their records.

import { keyOnShard } from '../redis/keys.ts'
import type { Found, RecordIndex } from '../redis/record-index.ts'
import { messageIdOf } from './message-id.ts'
import { customerIn, type LoadedRecord, type RecordStore } from './store.ts'

/** Records that are loaded side by side. */
const PAGE = 100

/** A message's record with the message's id. */
export type Listed = { id: string; record: LoadedRecord }

type RecordListParts = {
  records: Pick<RecordStore, 'load'>
  index: Pick<RecordIndex, 'list'>
}

export const createRecordList = ({ records, index }: RecordListParts) => {
  /** The record of an index entry; `null` where it is gone by now. */
  const load = async ({ shard, digest }: Found): Promise<Listed | null> => {
    const recordId = digest.toString('base64url')
    const record = await records.load(keyOnShard(shard, 'msg', recordId))
    return record && { id: messageIdOf(customerIn(record), recordId), record }
  }

  return {
    load,
    /** Every message with a label, the oldest first. An entry may be stale: the record decides. */
    async *labelled(label: string): AsyncGenerator<Listed> {
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<RecordIndex['list']>> = await index.list({
          label,
          order: 'oldest',
          limit: PAGE,
          ...(cursor !== null && { cursor }),
        })
        const loaded = await Promise.all(page.found.map(load))
        yield* loaded.filter((one) => one !== null)
        cursor = page.cursor
      } while (cursor !== null)
    },
  }
}

export type RecordList = ReturnType<typeof createRecordList>
