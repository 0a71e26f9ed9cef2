// Records Resend's answer to each email of a batch, once the answers are stored.

import type { BatchAnswer } from '../../resend/client.ts'
import type { Email } from '../../resend/email.ts'
import { verdictInBatch } from '../../resend/errors.ts'
import type { SendParts } from '../claim.ts'
import type { InProgress } from '../record-outcome.ts'
import type { BatchStore } from './store.ts'

type SettleParts = Pick<SendParts, 'deliveries' | 'record' | 'pauseMail' | 'clock'> & {
  batches: BatchStore
}

/** A message of a batch with its frozen email. It is open until its end is recorded; a report may have been faster. */
export type Member = InProgress & { email: Email; isOpen: boolean }

export const createSettleBatch = (parts: SettleParts) => {
  const { batches, deliveries, record, pauseMail, clock } = parts

  /** A refusal inside an accepted batch is final for that email: the request as a whole was a success. */
  const settle = async ({ email, isOpen, ...message }: Member, answer: BatchAnswer) => {
    if (!isOpen) return
    if ('providerId' in answer) return record.accepted(message, answer.providerId, email)
    const because = `refused: ${answer.refused}`
    const decided = verdictInBatch(answer.refused)
    if (decided.do === 'give up') return record.failed(message, because)
    // Refused for what any other email would be refused for too, and so surely not sent.
    const error = { name: 'refused in a batch', status: null, message: answer.refused }
    const until = await pauseMail(decided, error)
    const happening = { what: 'requeued', at: clock.now(), because, until } as const
    return deliveries.apply(message, happening)
  }

  const settleAll = async (
    batchId: string,
    members: readonly Member[],
    answers: readonly BatchAnswer[],
  ) => {
    await Promise.all(
      members.map((member, index) => answers[index] && settle(member, answers[index])),
    )
    await batches.remove(batchId)
  }

  /** The messages of a batch as they are stored; `null` for one whose frozen email is gone. */
  const membersOf = async (batchId: string, ids: readonly string[]) =>
    Promise.all(
      ids.map(async (id): Promise<Member | null> => {
        const [loaded, email] = await Promise.all([deliveries.load(id), deliveries.frozen(id)])
        if (!loaded || !email) return null
        const { delivery } = loaded
        const isOpen = delivery.state === 'batched' && delivery.batch === batchId
        return isOpen || delivery.state === 'accepted'
          ? { about: email.about, ...loaded, email, isOpen }
          : null
      }),
    )

  return {
    settleAll,
    membersOf,
    /** Records answers that an earlier process has stored. */
    settleStored: async (
      batchId: string,
      ids: readonly string[],
      answers: readonly BatchAnswer[],
    ) => {
      const stored = await membersOf(batchId, ids)
      const found = stored.flatMap((member, index) =>
        member && answers[index] ? [{ member, answer: answers[index] }] : [],
      )
      await settleAll(
        batchId,
        found.map(({ member }) => member),
        found.map(({ answer }) => answer),
      )
    },
  }
}

export type SettleBatch = ReturnType<typeof createSettleBatch>
