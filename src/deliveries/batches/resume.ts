// Seeing to a batch whose time has come, because whoever opened it is late or gone: its state says what is to be done.

import type { BatchStore } from './store.ts'
import { KEY_TRUSTED, type SendParts } from '../claim.ts'
import type { Dissolve } from './undo.ts'
import type { Go } from '../dispatcher.ts'
import type { SendBatch } from './send.ts'
import type { SettleBatch } from './settle.ts'

type SeeToParts = Pick<SendParts, 'clock' | 'log'> &
  Pick<Dissolve, 'dissolve' | 'putBack' | 'scatter'> &
  Pick<SettleBatch, 'goOn'> &
  Pick<SendBatch, 'repeat'> & { batches: BatchStore }

export const createSeeToBatch = (parts: SeeToParts) => {
  const { batches, dissolve, putBack, scatter, goOn, repeat, clock, log } = parts

  /**
   * Does what needs no request, and answers the request that is to be made again.
   * @param member whoever asks, because its claim says that it is in this batch.
   */
  return async (batchId: string, member?: string): Promise<Go | null> => {
    const found = await batches.load(batchId)
    const now = clock.now()
    if (member !== undefined && !found?.batch.ids.includes(member)) {
      // It was claimed after its batch was undone, or the answer to its claim was lost: no request has ever had it.
      await putBack(batchId, member, { as: 'waiting', notBefore: now, goesAlone: false })
      return null
    }
    if (!found) {
      await batches.done(batchId)
      return null
    }
    const { batch, was } = found
    switch (batch.state) {
      case 'open':
        if (batch.until <= now)
          await dissolve(batchId, was, batch.ids, {
            as: 'waiting',
            notBefore: now,
            goesAlone: false,
          })
        return null
      case 'answered':
        await goOn(batchId, batch.ids, batch.answers)
        return null
      case 'dissolved':
        await scatter(batchId, batch.ids, batch.to)
        return null
      case 'sealed': {
        const { firstTriedAt, nextTryAt } = batch
        if (nextTryAt > now) return null
        if (now - firstTriedAt <= KEY_TRUSTED)
          return (permit) => repeat(batchId, was, batch, permit)
        log.error({ batch: batchId, emails: batch.ids.length }, 'batch unconfirmed')
        const lastTriedAt = nextTryAt
        await dissolve(batchId, was, batch.ids, { as: 'unconfirmed', firstTriedAt, lastTriedAt })
        return null
      }
      default:
        return batch satisfies never
    }
  }
}
