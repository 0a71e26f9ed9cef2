// Sending many emails in one request. The composition of a batch is stored before its first call, so a retry after whatever
// crash has the same bytes under the same key; see batch.ts for its life.

import { randomUUID } from 'node:crypto'
import { linksIn } from '../links/issue.ts'
import type { Lane } from '../redis/lanes.ts'
import type { Answered, Batch, Whereto } from './batch.ts'
import type { BatchStore } from './batches.ts'
import type { Email } from './delivery.ts'
import type { Dissolve } from './dissolve.ts'
import type { Draft } from './outbox.ts'
import type { Handled } from './record.ts'
import { createClaim, KEY_TRUSTED, type SendParts, TRY } from './send-one.ts'
import { backoff, type SendError, verdict } from './verdict.ts'

type BatchParts = SendParts &
  Dissolve & {
    batches: BatchStore
    /** The lane of a message whose email is frozen. */
    laneOf: (email: Email) => Lane
  }

/** A member of a batch: its claim, what is frozen, and whether its end is open still; feedback may have been faster. */
type Settled = Handled & { email: Email; isOpen: boolean }

/** The same, with its links where their placeholders stand. */
type Member = Settled & { filled: Email }

type Sealed = Extract<Batch, { state: 'sealed' }>

export const createSendBatch = (parts: BatchParts) => {
  const { batches, deliveries, mailer, record, stop, withLinks, laneOf, clock, log } = parts
  const { dissolve, scatter } = parts
  const claimed = createClaim(parts)

  const refused = async (batchId: string, was: string, sealed: Sealed, error: SendError) => {
    const { ids, tries, firstTriedAt } = sealed
    const decided = verdict(error)
    const now = clock.now()
    const told = {
      batch: batchId,
      emails: ids.length,
      error: error.name,
      status: error.status,
      tries,
    }
    const giveUp = (to: Whereto) => dissolve(batchId, was, sealed, to)
    const unconfirmed = { as: 'unconfirmed', firstTriedAt, lastTriedAt: now } as const
    const again = (nextTryAt: number) =>
      batches.move(batchId, was, { ...sealed, nextTryAt }, nextTryAt)
    // Only what was refused at its first try is surely not sent.
    const isUnsent = tries === 1
    switch (decided.do) {
      case 'retry':
        log.warn(told, 'batch to be retried')
        return again(now + backoff(decided.after, tries, parts.random()))
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

  const settle = ({ id, lane, was, email, isOpen }: Settled, answer: Answered) => {
    if (!isOpen) return deliveries.thaw(id)
    return 'providerId' in answer
      ? record.accepted({ id, lane, was }, linksIn(email.html), answer.providerId)
      : record.failed({ id, lane, was }, `refused: ${answer.refused}`)
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

  const call = async (batchId: string, was: string, sealed: Sealed, members: readonly Member[]) => {
    const emails = members.map(({ id, filled }) => ({ id, email: filled }))
    const answer = await mailer.sendBatch(emails, batchId)
    if ('error' in answer) {
      await refused(batchId, was, sealed, answer.error)
      return
    }
    // Resend has accepted them and we have not recorded that yet. A crash here finds the batch sealed: the same request goes
    // out under the same key, and its answer is the first one's.
    const { answers } = answer
    const answered: Batch = { v: 1, ids: sealed.ids, state: 'answered', answers }
    await batches.move(batchId, was, answered, clock.now() + TRY)
    // From here on a crash finds the answers, and records them where they are not yet.
    await finish(batchId, members, answers)
  }

  /** The members of a batch as they are stored; `null` for one whose bytes are gone. */
  const membersOf = async (batchId: string, ids: readonly string[]) =>
    Promise.all(
      ids.map(async (id): Promise<Settled | null> => {
        const [{ delivery, was }, email] = await Promise.all([
          deliveries.load(id),
          deliveries.frozen(id),
        ])
        const isOpen = delivery.state === 'batched' && delivery.batch === batchId
        return email && (isOpen || delivery.state === 'accepted')
          ? { id, lane: laneOf(email), was, email, isOpen }
          : null
      }),
    )

  const repeat = async (batchId: string, was: string, before: Sealed) => {
    const { ids, firstTriedAt } = before
    const stored = (await membersOf(batchId, ids)).filter((member) => member !== null)
    const now = clock.now()
    if (stored.length < ids.length) {
      // Without all of its bytes it is another request, and its key would refuse it.
      return dissolve(batchId, was, before, { as: 'unconfirmed', firstTriedAt, lastTriedAt: now })
    }
    const members = await Promise.all(
      stored.map(async (member) => ({
        ...member,
        filled: await withLinks(member.id, member.email),
      })),
    )
    const sealed = { ...before, tries: before.tries + 1, nextTryAt: now + TRY }
    const text = await batches.move(batchId, was, sealed, sealed.nextTryAt)
    if (text !== null) await call(batchId, text, sealed, members)
  }

  const recordAnswers = async (
    batchId: string,
    { ids, answers }: Extract<Batch, { state: 'answered' }>,
  ) => {
    const stored = await membersOf(batchId, ids)
    const open = stored.flatMap((member, index) =>
      member && answers[index] ? [{ member, answer: answers[index] }] : [],
    )
    await finish(
      batchId,
      open.map(({ member }) => member),
      open.map(({ answer }) => answer),
    )
  }

  const claimAll = async (drafts: readonly Draft[], batchId: string, now: number) => {
    const members = await Promise.all(
      drafts.map(async (draft): Promise<Member | null> => {
        const { id, lane, email, links, claims } = draft
        const filled = await withLinks(id, email, links)
        const next = { v: 1, state: 'batched', claims: claims + 1, claimedAt: now, batch: batchId }
        const was = await claimed(draft, next as Parameters<typeof claimed>[1])
        return was === null ? null : { id, lane, was, email, filled, isOpen: true }
      }),
    )
    return members.filter((member) => member !== null)
  }

  return {
    first: async (drafts: readonly Draft[]) => {
      const batchId = `bat_${randomUUID()}`
      const now = clock.now()
      const opened = await batches.open(
        batchId,
        drafts.map(({ id }) => id),
        now + TRY,
      )
      const members = await claimAll(drafts, batchId, now)
      const ids = members.map(({ id }) => id)
      if (ids.length === 0) return batches.done(batchId)
      // A crash up to here finds the batch open: it was never sent, and its claims are undone.
      const triedAt = clock.now()
      const nextTryAt = triedAt + TRY
      const sealed: Sealed = {
        v: 1,
        ids,
        state: 'sealed',
        tries: 1,
        firstTriedAt: triedAt,
        nextTryAt,
      }
      const was = await batches.move(batchId, opened, sealed, nextTryAt)
      if (was !== null) return call(batchId, was, sealed, members)
      // Whoever took us for dead has undone the batch, perhaps before all of this was claimed.
      await scatter(batchId, ids, { as: 'waiting', notBefore: now, goesAlone: false })
    },

    /** Sees to a batch whose time has come: undoes it, or answers the request that is to be made again. */
    look: async (batchId: string): Promise<(() => Promise<void>) | null> => {
      const found = await batches.load(batchId)
      const now = clock.now()
      if (!found) {
        await batches.done(batchId)
        return null
      }
      const { batch, was } = found
      switch (batch.state) {
        case 'open':
          if (batch.until <= now)
            await dissolve(batchId, was, batch, { as: 'waiting', notBefore: now, goesAlone: false })
          return null
        case 'answered':
          await recordAnswers(batchId, batch)
          return null
        case 'dissolved':
          await scatter(batchId, batch.ids, batch.to)
          return null
        case 'sealed': {
          const { firstTriedAt, nextTryAt } = batch
          if (nextTryAt > now) return null
          if (now - firstTriedAt <= KEY_TRUSTED) return () => repeat(batchId, was, batch)
          log.error({ batch: batchId, emails: batch.ids.length }, 'batch unconfirmed')
          await dissolve(batchId, was, batch, {
            as: 'unconfirmed',
            firstTriedAt,
            lastTriedAt: nextTryAt,
          })
          return null
        }
        default:
          return batch satisfies never
      }
    },
  }
}
