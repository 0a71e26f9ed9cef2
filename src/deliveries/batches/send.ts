// Sending many emails in one request. The composition of a batch is stored before its first call, so a retry after whatever
// crash has the same bytes under the same key; see batch.ts for its life.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { backoff, type ResendError, verdict } from '../../resend/errors.ts'
import { createClaim, type SendParts, TRY } from '../claim.ts'
import type { Email } from '../delivery.ts'
import type { Draft, Permit } from '../dispatcher.ts'
import type { Batch, Destination } from './batch.ts'
import type { SettleBatch, Settled } from './settle.ts'
import type { BatchStore } from './store.ts'
import type { UndoBatch } from './undo.ts'

type BatchParts = SendParts & UndoBatch & SettleBatch & { batches: BatchStore }

/** A member with its links where their placeholders stand. */
type Member = Settled & { filled: Email }

/** What goes out, and what is to be called when it has left. */
type Request = { members: readonly Member[]; left: () => void }

type Sealed = Extract<Batch, { state: 'sealed' }>

export const createSendBatch = (parts: BatchParts) => {
  const { batches, resend, stop, withLinks, clock, log } = parts
  const { undo, requeueAll, membersOf, finish, release } = parts
  const claimed = createClaim(parts)

  const refused = async (batchId: string, expected: string, sealed: Sealed, error: ResendError) => {
    const { ids, attempts, firstAttemptAt } = sealed
    const decided = verdict(error)
    const now = clock.now()
    const told = {
      batch: batchId,
      emails: ids.length,
      error: error.name,
      status: error.status,
      attempts,
    }
    const giveUp = (to: Destination) => undo(batchId, expected, ids, to)
    const unconfirmed = { as: 'unconfirmed', firstAttemptAt, lastAttemptAt: now } as const
    const again = (retryAt: number) =>
      batches.move(batchId, expected, { ...sealed, retryAt }, retryAt)
    // Only what was refused at its first try is surely not sent.
    const isUnsent = attempts === 1
    switch (decided.do) {
      case 'retry':
        log.warn(told, 'batch to be retried')
        return again(now + backoff(decided.after, attempts, parts.random()))
      case 'wait': {
        const until = await stop(decided, error)
        return isUnsent
          ? giveUp({ as: 'waiting', notBefore: until, goesAlone: false })
          : again(until)
      }
      case 'give up':
        log.warn(told, 'batch refused')
        return giveUp(isUnsent ? { as: 'waiting', notBefore: now, goesAlone: true } : unconfirmed)
      case 'ask':
        log.error(told, 'batch unconfirmed')
        return giveUp(unconfirmed)
      default:
        return decided satisfies never
    }
  }

  const call = async (
    batchId: string,
    expected: string,
    sealed: Sealed,
    { members, left }: Request,
  ) => {
    if (clock.now() >= sealed.retryAt) return // taken for dead meanwhile: another has it
    const emails = members.map(({ id, filled }) => ({ id, email: filled }))
    const answering = resend.sendBatch(emails, batchId)
    left()
    const answer = await answering
    if ('error' in answer) {
      await refused(batchId, expected, sealed, answer.error)
      return
    }
    // Resend has accepted them and we have not recorded that yet. A crash here finds the batch sealed: the same request goes
    // out under the same key, and its answer is the first one's.
    const { answers } = answer
    const answered: Batch = { v: 1, ids: sealed.ids, state: 'answered', answers }
    await batches.move(batchId, expected, answered, clock.now() + TRY)
    // From here on a crash finds the answers, and records them where they are not yet.
    await finish(batchId, members, answers)
  }

  const repeat = async (batchId: string, expected: string, before: Sealed, permit: Permit) => {
    const { ids, firstAttemptAt } = before
    const stored = (await membersOf(batchId, ids)).filter((member) => member !== null)
    if (stored.length === ids.length && !stored.some(({ isOpen }) => isOpen)) {
      // Feedback has told of them all: nothing is left to ask for.
      return release(batchId, ids)
    }
    if (stored.length < ids.length) {
      // Without all of its bytes it is another request, and its key would refuse it.
      const lastAttemptAt = clock.now()
      return undo(batchId, expected, ids, { as: 'unconfirmed', firstAttemptAt, lastAttemptAt })
    }
    const members = await Promise.all(
      stored.map(async (member) => ({
        ...member,
        filled: await withLinks(member.id, member.email),
      })),
    )
    const left = await permit()
    if (left === 'shut') return
    const sealed = { ...before, attempts: before.attempts + 1, retryAt: clock.now() + TRY }
    const text = await batches.move(batchId, expected, sealed, sealed.retryAt)
    if (text !== null) await call(batchId, text, sealed, { members, left })
  }

  const claimAll = async (drafts: readonly Draft[], batchId: string, now: number) => {
    const members = await Promise.all(
      drafts.map(async (draft): Promise<Member | null> => {
        const { id, about, lane, email, links, generation } = draft
        const filled = await withLinks(id, email, links)
        const next = {
          v: 1,
          state: 'batched',
          generation: generation + 1,
          claimedAt: now,
          batch: batchId,
        }
        const expected = await claimed(draft, next as Parameters<typeof claimed>[1])
        return expected === null ? null : { id, about, lane, expected, email, filled, isOpen: true }
      }),
    )
    return members.filter((member) => member !== null)
  }

  /** Keeps a batch open for as long as its permit takes. */
  const permitted = async (
    batchId: string,
    ids: readonly string[],
    opened: string,
    permit: Permit,
  ) => {
    const asked = permit()
    let expected = opened
    for (;;) {
      const stop = new AbortController()
      const late = sleep(TRY / 3, null, { signal: stop.signal }).catch(() => null)
      const left = await Promise.race([asked, late])
      stop.abort()
      if (left !== null) return { left, expected }
      const until = clock.now() + TRY
      const kept = await batches.move(batchId, expected, { v: 1, ids, state: 'open', until }, until)
      if (kept === null) return { left: await asked, expected } // sealing it will fail
      expected = kept
    }
  }

  const seal = (batchId: string, opened: string, ids: readonly string[]) => {
    const now = clock.now()
    const retryAt = now + TRY
    const sealed: Sealed = { v: 1, ids, state: 'sealed', attempts: 1, firstAttemptAt: now, retryAt }
    return batches
      .move(batchId, opened, sealed, retryAt)
      .then((expected) => (expected === null ? null : { expected, sealed }))
  }

  return {
    first: async (drafts: readonly Draft[], permit: Permit) => {
      const batchId = `bat_${randomUUID()}`
      const now = clock.now()
      const all = drafts.map(({ id }) => id)
      const opened = await batches.open(batchId, all, now + TRY)
      const members = await claimAll(drafts, batchId, now)
      const ids = members.map(({ id }) => id)
      if (ids.length === 0) return batches.done(batchId)
      // A crash up to here finds the batch open: it was never sent, and its claims are undone.
      const { left, expected } = await permitted(batchId, all, opened, permit)
      const back = { as: 'waiting', notBefore: now, goesAlone: false } as const
      if (left === 'shut') return undo(batchId, expected, all, back)
      const done = await seal(batchId, expected, ids)
      if (done) return call(batchId, done.expected, done.sealed, { members, left })
      // Whoever took us for dead has undone the batch, perhaps before all of this was claimed. Or it is sealed, and only the
      // answer to that was lost: then it is seen to as any other.
      const found = await batches.load(batchId)
      if (!found || found.batch.state === 'dissolved') await requeueAll(batchId, all, back)
    },

    /** Makes the request of a sealed batch again, byte for byte. */
    repeat,
  }
}

export type SendBatch = ReturnType<typeof createSendBatch>
