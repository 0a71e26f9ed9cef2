// Resumes a batch whose process is late or gone: the state of its record says what is left to do.

import { KEY_TRUSTED, type SendParts } from '../claim.ts'
import type { Request } from '../dispatcher.ts'
import type { SendBatch } from './send.ts'
import type { SettleBatch } from './settle.ts'
import type { BatchStore } from './store.ts'
import type { UndoBatch } from './undo.ts'

type ResumeParts = Pick<SendParts, 'clock' | 'log'> &
  UndoBatch &
  Pick<SettleBatch, 'settleStored'> &
  Pick<SendBatch, 'repeat'> & { batches: BatchStore }

export const createResumeBatch = (parts: ResumeParts) => {
  const { batches, undo, requeue, requeueAll, settleStored, repeat, clock, log } = parts

  /**
   * Does what needs no request, and returns the request that is to be made again.
   * @param member a message whose claim says that it is in this batch.
   */
  return async (batchId: string, member?: string): Promise<Request | null> => {
    const loaded = await batches.load(batchId)
    const now = clock.now()
    const waiting = { to: 'waiting', notBefore: now, goesAlone: false } as const
    if (member !== undefined && !loaded?.batch.ids.includes(member)) {
      // It was claimed after its batch was undone, or the answer to its claim was lost: no request has ever had it.
      await requeue(batchId, member, { ...waiting, because: 'its batch does not have it' })
      return null
    }
    if (!loaded) {
      await batches.remove(batchId)
      return null
    }
    const { batch } = loaded
    switch (batch.state) {
      case 'open':
        if (batch.until <= now)
          await undo(batchId, loaded, batch.ids, { ...waiting, because: 'its process is gone' })
        return null
      case 'answered':
        await settleStored(batchId, batch.ids, batch.answers)
        return null
      case 'undone':
        await requeueAll(batchId, batch.ids, batch.destination)
        return null
      case 'sealed': {
        const { firstAttemptAt, retryAt } = batch
        if (retryAt > now) return null
        if (now - firstAttemptAt <= KEY_TRUSTED)
          return (acquire) => repeat(batchId, loaded, acquire)
        log.error({ batch: batchId, messages: batch.ids }, 'batch unconfirmed')
        await undo(batchId, loaded, batch.ids, {
          to: 'unconfirmed',
          firstAttemptAt,
          lastAttemptAt: retryAt,
          because: 'its key is no longer trusted',
        })
        return null
      }
      default:
        return batch satisfies never
    }
  }
}
