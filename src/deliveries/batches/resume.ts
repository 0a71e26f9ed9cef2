// Seeing to a batch whose time has come, because whoever opened it is late or gone: its state says what is to be done.

import { KEY_TRUSTED, type SendParts } from '../claim.ts'
import type { Go } from '../dispatcher.ts'
import type { SendBatch } from './send.ts'
import type { SettleBatch } from './settle.ts'
import type { BatchStore } from './store.ts'
import type { UndoBatch } from './undo.ts'

type ResumeParts = Pick<SendParts, 'clock' | 'log'> &
  Pick<UndoBatch, 'undo' | 'requeue' | 'requeueAll'> &
  Pick<SettleBatch, 'resumeAnswered'> &
  Pick<SendBatch, 'repeat'> & { batches: BatchStore }

export const createResumeBatch = (parts: ResumeParts) => {
  const { batches, undo, requeue, requeueAll, resumeAnswered, repeat, clock, log } = parts

  /**
   * Does what needs no request, and answers the request that is to be made again.
   * @param member whoever asks, because its claim says that it is in this batch.
   */
  return async (batchId: string, member?: string): Promise<Go | null> => {
    const found = await batches.load(batchId)
    const now = clock.now()
    if (member !== undefined && !found?.batch.ids.includes(member)) {
      // It was claimed after its batch was undone, or the answer to its claim was lost: no request has ever had it.
      await requeue(batchId, member, { as: 'waiting', notBefore: now, goesAlone: false })
      return null
    }
    if (!found) {
      await batches.done(batchId)
      return null
    }
    const { batch, expected } = found
    switch (batch.state) {
      case 'open':
        if (batch.until <= now)
          await undo(batchId, expected, batch.ids, {
            as: 'waiting',
            notBefore: now,
            goesAlone: false,
          })
        return null
      case 'answered':
        await resumeAnswered(batchId, batch.ids, batch.answers)
        return null
      case 'dissolved':
        await requeueAll(batchId, batch.ids, batch.to)
        return null
      case 'sealed': {
        const { firstAttemptAt, retryAt } = batch
        if (retryAt > now) return null
        if (now - firstAttemptAt <= KEY_TRUSTED)
          return (permit) => repeat(batchId, expected, batch, permit)
        log.error({ batch: batchId, emails: batch.ids.length }, 'batch unconfirmed')
        const lastAttemptAt = retryAt
        await undo(batchId, expected, batch.ids, {
          as: 'unconfirmed',
          firstAttemptAt,
          lastAttemptAt,
        })
        return null
      }
      default:
        return batch satisfies never
    }
  }
}
