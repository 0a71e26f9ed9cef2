// Recording what Resend said of each email of a batch, once its answer is stored.

import { linksIn } from '../../links/issue.ts'
import type { Lane } from '../../redis/stage.ts'
import { verdictInBatch } from '../../resend/errors.ts'
import type { SendParts } from '../claim.ts'
import type { Email } from '../delivery.ts'
import type { DeliveryRef } from '../record.ts'
import type { Answered } from './batch.ts'
import type { BatchStore } from './store.ts'

type SettleParts = Pick<SendParts, 'deliveries' | 'lanes' | 'record' | 'stop'> & {
  batches: BatchStore
  /** The lane of a message whose email is frozen. */
  laneOf: (email: Email) => Lane
}

/** A member of a batch: its claim, what is frozen, and whether its end is open still; feedback may have been faster. */
export type Settled = DeliveryRef & { email: Email; isOpen: boolean }

export const createSettleBatch = (parts: SettleParts) => {
  const { batches, deliveries, lanes, record, stop, laneOf } = parts

  /** It was surely not sent: the batch was answered, and this one was refused for what any other would be refused for too. */
  const requeue = async ({ id, lane, expected }: DeliveryRef, until: number) => {
    const { delivery } = await deliveries.load(id)
    if (delivery.state !== 'batched') return
    const { generation } = delivery
    await deliveries.move(
      id,
      expected,
      { v: 1, state: 'waiting', generation, notBefore: until },
      'thaw',
    )
    await lanes[lane].due.at(id, until)
  }

  const settle = async ({ email, isOpen, ...message }: Settled, answer: Answered) => {
    if (!isOpen) return deliveries.thaw(message.id)
    if ('providerId' in answer)
      return record.accepted(message, linksIn(email.html), answer.providerId)
    const decided = verdictInBatch(answer.refused)
    if (decided.do === 'give up') return record.failed(message, `refused: ${answer.refused}`)
    const error = { name: 'refused in a batch', status: null, message: answer.refused }
    return requeue(message, await stop(decided, error))
  }

  /** Records what Resend said of each. */
  const finish = async (
    batchId: string,
    members: readonly Settled[],
    answers: readonly Answered[],
  ) => {
    await Promise.all(
      members.map((member, index) => answers[index] && settle(member, answers[index])),
    )
    await batches.done(batchId)
  }

  /** The members of a batch as they are stored; `null` for one whose bytes are gone. */
  const membersOf = async (batchId: string, ids: readonly string[]) =>
    Promise.all(
      ids.map(async (id): Promise<Settled | null> => {
        const [{ delivery, expected }, email] = await Promise.all([
          deliveries.load(id),
          deliveries.frozen(id),
        ])
        const isOpen = delivery.state === 'batched' && delivery.batch === batchId
        return email && (isOpen || delivery.state === 'accepted')
          ? { id, about: email.about, lane: laneOf(email), expected, email, isOpen }
          : null
      }),
    )

  return {
    finish,
    membersOf,
    /** Nothing is left to be recorded: lets go of what was kept for a repetition. */
    release: async (batchId: string, ids: readonly string[]) => {
      await Promise.all(ids.map((id) => deliveries.thaw(id)))
      await batches.done(batchId)
    },
    /** The same as `finish` for an answer that is stored. */
    resumeAnswered: async (
      batchId: string,
      ids: readonly string[],
      answers: readonly Answered[],
    ) => {
      const stored = await membersOf(batchId, ids)
      const known = stored.flatMap((member, index) =>
        member && answers[index] ? [{ member, answer: answers[index] }] : [],
      )
      await finish(
        batchId,
        known.map(({ member }) => member),
        known.map(({ answer }) => answer),
      )
    },
  }
}

export type SettleBatch = ReturnType<typeof createSettleBatch>
