// Sends many emails in one request. The composition of a batch is stored before its first request, so a retry after any crash
// has the same bytes under the same key; batch.ts has its states.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Email } from '../../resend/email.ts'
import type { ResendError } from '../../resend/errors.ts'
import { ATTEMPT, createClaim, type SendParts } from '../claim.ts'
import type { AcquireSlot, Draft } from '../dispatcher.ts'
import type { Batch } from './batch.ts'
import type { Member, SettleBatch } from './settle.ts'
import type { BatchStore, LoadedBatch } from './store.ts'
import type { UndoBatch } from './undo.ts'

type BatchParts = SendParts & UndoBatch & SettleBatch & { batches: BatchStore }

/** A member with its links where their placeholders stand. */
type Filled = Member & { filled: Email }

type Sealed = LoadedBatch & { batch: Extract<Batch, { state: 'sealed' }> }

const isSealed = (loaded: LoadedBatch | null): loaded is Sealed => loaded?.batch.state === 'sealed'

export const createSendBatch = (parts: BatchParts) => {
  const { batches, resend, afterRefusal, withLinks, clock, log } = parts
  const { undo, requeueAll, membersOf, settleAll } = parts
  const claim = createClaim(parts)

  const refused = async (batchId: string, sealed: Sealed, error: ResendError) => {
    const { ids, attempts, firstAttemptAt } = sealed.batch
    const { name, status } = error
    const facts = { batch: batchId, messages: ids, error: name, status, attempts }
    const because = `${name} (${status ?? 'no answer'})`
    const after = await afterRefusal(error, attempts)
    const at = clock.now()
    switch (after.do) {
      case 'repeat':
        log.warn(facts, 'batch to be retried')
        await batches.apply(batchId, sealed, {
          what: 'retry_scheduled',
          at,
          because,
          retryAt: after.at,
        })
        return
      case 'requeue':
        return undo(batchId, sealed, ids, {
          to: 'waiting',
          notBefore: after.until,
          goesAlone: false,
          because,
        })
      case 'reject':
        // Any of its emails may be the cause, so each gets a request of its own.
        log.warn(facts, 'batch refused')
        return undo(batchId, sealed, ids, {
          to: 'waiting',
          notBefore: at,
          goesAlone: true,
          because,
        })
      case 'confirm':
        log.error(facts, 'batch unconfirmed')
        return undo(batchId, sealed, ids, {
          to: 'unconfirmed',
          firstAttemptAt,
          lastAttemptAt: at,
          because,
        })
      default:
        return after satisfies never
    }
  }

  const request = async (
    batchId: string,
    sealed: Sealed,
    { members, departed }: { members: readonly Filled[]; departed: () => void },
  ) => {
    if (clock.now() >= sealed.batch.retryAt) return // this process counts as dead: another has it
    const emails = members.map(({ id, filled }) => ({ id, email: filled }))
    const answering = resend.sendBatch(emails, batchId)
    departed()
    const answer = await answering
    if ('error' in answer) return refused(batchId, sealed, answer.error)
    // Resend has accepted them and we have not recorded that yet. After a crash here the batch is still sealed: the same
    // request goes out under the same key, and its answer is the first one's.
    const { answers } = answer
    await batches.apply(batchId, sealed, { what: 'answered', at: clock.now(), answers }, ATTEMPT)
    // A crash from here on finds the answers, and records them where they are not yet.
    await settleAll(batchId, members, answers)
  }

  const repeat = async (batchId: string, loaded: LoadedBatch, acquire: AcquireSlot) => {
    if (!isSealed(loaded)) return
    const { ids, firstAttemptAt } = loaded.batch
    const stored = (await membersOf(batchId, ids)).filter((member) => member !== null)
    // Reports have resolved all of them: nothing is left to ask for.
    if (stored.length === ids.length && !stored.some(({ isOpen }) => isOpen))
      return batches.remove(batchId)
    if (stored.length < ids.length) {
      // Without all of its bytes it is another request, and its key would refuse it.
      return undo(batchId, loaded, ids, {
        to: 'unconfirmed',
        firstAttemptAt,
        lastAttemptAt: clock.now(),
        because: 'a frozen email is gone',
      })
    }
    const members = stored.map((member) => ({
      ...member,
      filled: withLinks(member, member.email),
    }))
    const departed = await acquire()
    if (departed === 'paused') return
    const at = clock.now()
    const repeated = await batches.apply(batchId, loaded, {
      what: 'repeated',
      at,
      retryAt: at + ATTEMPT,
    })
    if (isSealed(repeated)) await request(batchId, repeated, { members, departed })
  }

  const claimAll = async (drafts: readonly Draft[], batchId: string) => {
    const members = await Promise.all(
      drafts.map(async (draft): Promise<Filled | null> => {
        const { about, email, links } = draft
        const filled = withLinks(draft, email, links)
        const claimed = await claim(draft, { what: 'batched', at: clock.now(), batch: batchId })
        return claimed && { about, ...claimed, email, filled, isOpen: true }
      }),
    )
    return members.filter((member) => member !== null)
  }

  /** Waits for a slot, and keeps the batch open meanwhile. */
  const acquireWhileOpen = async (batchId: string, opened: LoadedBatch, acquire: AcquireSlot) => {
    const slot = acquire()
    let loaded = opened
    for (;;) {
      const stop = new AbortController()
      const late = sleep(ATTEMPT / 3, null, { signal: stop.signal }).catch(() => null)
      const departed = await Promise.race([slot, late])
      stop.abort()
      if (departed !== null) return { departed, loaded }
      const at = clock.now()
      const kept = await batches.apply(batchId, loaded, {
        what: 'kept_open',
        at,
        until: at + ATTEMPT,
      })
      if (kept === null) return { departed: await slot, loaded } // sealing it will fail
      loaded = kept
    }
  }

  return {
    first: async (drafts: readonly Draft[], acquire: AcquireSlot) => {
      const batchId = `bat_${randomUUID()}`
      const all = drafts.map(({ id }) => id)
      const opened = await batches.open(batchId, all, clock.now() + ATTEMPT)
      const members = await claimAll(drafts, batchId)
      const ids = members.map(({ id }) => id)
      if (ids.length === 0) return batches.remove(batchId)
      // A crash up to here finds the batch open: it was never sent, and its claims are undone.
      const { departed, loaded } = await acquireWhileOpen(batchId, opened, acquire)
      const at = clock.now()
      const waiting = { to: 'waiting', notBefore: at, goesAlone: false } as const
      if (departed === 'paused')
        return undo(batchId, loaded, all, { ...waiting, because: 'mail is paused' })
      const sealed = await batches.apply(batchId, loaded, {
        what: 'sealed',
        at,
        ids,
        retryAt: at + ATTEMPT,
      })
      if (isSealed(sealed)) return request(batchId, sealed, { members, departed })
      // Another process took this one for dead and has undone the batch, perhaps before all of it was claimed. Or the batch
      // is sealed, and only the answer to that was lost: then it is resumed as any other.
      const found = await batches.load(batchId)
      if (!found || found.batch.state === 'undone')
        await requeueAll(batchId, all, { ...waiting, because: 'its batch was undone' })
    },

    /** Makes the request of a sealed batch again, byte for byte. */
    repeat,
  }
}

export type SendBatch = ReturnType<typeof createSendBatch>
