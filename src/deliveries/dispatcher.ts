// Decides which messages go into the next request to Resend. Resend counts requests, not emails, so messages that wait for a
// slot together go together. All of it is in memory and nothing here is claimed yet, so losing it loses nothing.

import { setTimeout as sleep } from 'node:timers/promises'
import type { MailedLinks } from '../links/link.ts'
import { PRIORITIES, type Priority } from '../redis/due.ts'
import type { Email } from '../resend/email.ts'
import type { RateLimiter } from '../resend/rate-limiter.ts'
import { MAX_IN_BATCH } from './batches/batch.ts'
import type { InProgress } from './record-outcome.ts'

/** A message whose email is composed, and not yet claimed. */
export type Draft = InProgress & {
  email: Email
  links: MailedLinks
  /** Whether its recipient may have too many. */
  isLimited: boolean
}

/**
 * Waits for a slot of the rate limiter. The request must be the next thing that its caller does, and then the returned
 * function notes that it has departed. `paused`: none may go for now.
 */
export type AcquireSlot = () => Promise<(() => void) | 'paused'>

/** Makes a request, once it has its slot. */
export type Request = (acquire: AcquireSlot) => Promise<void>

/**
 * `taken` is called when its request is about to be made, or when the parcel is dropped. `dropped` is called when no request was
 * made for it: its record brings it back.
 */
type Parcel = { priority: Priority; taken: () => void; dropped?: () => void } & (
  | { goes: 'alone'; request: Request }
  | { goes: 'together'; draft: Draft }
)

/** Milliseconds that a draft waits for others, unless its caller says otherwise. */
const LINGER = 150

/** Several drafts are a flow, which has ended when the next does not come within this, in milliseconds. */
const LULL = 10

/** Requests in flight; more would only mean that Resend hangs. */
const MAX_IN_FLIGHT = 20

/** Bytes, about, of one request. */
const MAX_WEIGHT = 8 * 1024 * 1024

const weight = ({ email }: Draft) => email.html.length + email.text.length

type DispatcherParts = {
  rateLimiter: Pick<RateLimiter, 'acquire' | 'departed'>
  /** Claims drafts and sends them in one request. */
  send: (drafts: readonly Draft[], acquire: AcquireSlot) => Promise<void>
  onError: (error: unknown) => void
  /** How long a draft waits for others that are being composed, in milliseconds; where none are, it does not wait. */
  linger?: number | undefined
}

type Alone = Extract<Parcel, { goes: 'alone' }>
type Together = Extract<Parcel, { goes: 'together' }>

export const createDispatcher = (parts: DispatcherParts) => {
  const { rateLimiter, send, onError, linger: longest = LINGER } = parts
  const alone: Record<Priority, Alone[]> = { high: [], low: [] }
  const together: Record<Priority, Together[]> = { high: [], low: [] }
  const requests = new Set<Promise<void>>()
  let composing = 0
  let running: Promise<void> | undefined
  let wake = () => {}
  let wasAlone = false
  let isClosed = false

  const count = (parcels: Record<Priority, unknown[]>) => parcels.high.length + parcels.low.length

  const linger = async () => {
    const until = performance.now() + longest
    for (;;) {
      const remaining = until - performance.now()
      const isFull = count(together) >= MAX_IN_BATCH
      if (remaining <= 0 || isFull || count(alone) > 0) return
      const isFlowing = count(together) > 1
      if (composing === 0 && !isFlowing) return
      const isWoken = await Promise.race([
        sleep(composing > 0 ? remaining : Math.min(remaining, LULL), false),
        new Promise<boolean>((resolve) => {
          wake = () => resolve(true)
        }),
      ])
      if (!isWoken) return
    }
  }

  const fillBatch = (): Together[] => {
    const taken: Together[] = []
    let total = 0
    for (const priority of PRIORITIES) {
      while (taken.length < MAX_IN_BATCH) {
        const next = together[priority][0]
        if (!next) break
        total += weight(next.draft)
        if (total > MAX_WEIGHT && taken.length > 0) return taken
        taken.push(next)
        together[priority].shift()
      }
    }
    return taken
  }

  /** Requests of one message and batches take turns, so that neither holds up the other. */
  const next = (): { request: Request; parcels: readonly Parcel[] } | null => {
    if (count(alone) > 0 && (!wasAlone || count(together) === 0)) {
      wasAlone = true
      const parcel = alone.high.shift() ?? alone.low.shift()
      parcel?.taken()
      if (parcel) return { request: parcel.request, parcels: [parcel] }
    }
    wasAlone = false
    const parcels = fillBatch()
    for (const { taken } of parcels) taken()
    const drafts = parcels.map(({ draft }) => draft)
    return drafts.length > 0 ? { request: (acquire) => send(drafts, acquire), parcels } : null
  }

  const drop = (parcel: Parcel) => {
    parcel.taken()
    parcel.dropped?.()
  }

  const dropAll = () => {
    for (const priority of PRIORITIES) {
      const waiting = [...alone[priority].splice(0), ...together[priority].splice(0)]
      for (const parcel of waiting) drop(parcel)
    }
  }

  const acquire: AcquireSlot = async () => {
    const slot = await rateLimiter.acquire()
    if (slot === 'paused') return slot
    return () => {
      rateLimiter.departed(slot).catch(onError)
    }
  }

  /** Begins a request, and resolves when it has its slot: drafts that come until then may still go with the next. */
  const begin = (request: Request) =>
    new Promise<'begun' | 'paused'>((begun) => {
      const running: Promise<void> = request(async () => {
        const slot = await acquire()
        begun(slot === 'paused' ? 'paused' : 'begun')
        return slot
      })
        .catch(onError)
        .finally(() => {
          requests.delete(running)
          begun('begun') // it may have found that there is nothing to ask for
        })
      requests.add(running)
    })

  const run = async () => {
    while (count(alone) + count(together) > 0) {
      await linger()
      if (isClosed) return dropAll()
      const begun = next()
      if (begun && (await begin(begun.request)) === 'paused') {
        for (const { dropped } of begun.parcels) dropped?.()
        return dropAll()
      }
      if (requests.size >= MAX_IN_FLIGHT) await Promise.race(requests)
    }
  }

  const start = () => {
    running ??= run()
      .catch((error) => {
        onError(error)
        dropAll() // Redis could not be asked: the records bring them back
      })
      .finally(() => {
        running = undefined
        if (count(alone) + count(together) > 0) start()
      })
  }

  return {
    add: (parcel: Parcel) => {
      if (isClosed) return drop(parcel)
      if (parcel.goes === 'alone') alone[parcel.priority].push(parcel)
      else together[parcel.priority].push(parcel)
      wake()
      start()
    },
    /** Announces a message that may be added soon. The returned function says that it was added, or never will be. */
    expect: () => {
      composing++
      let isExpected = true
      return () => {
        if (isExpected) composing--
        isExpected = false
        wake()
      }
    },
    /** Whether nothing waits for its request, and none is in flight. */
    isIdle: () => running === undefined && requests.size === 0,
    /** Lets the requests in flight end. Parcels that have not begun are left to their records. */
    close: async () => {
      isClosed = true
      wake()
      await running
      await Promise.all(requests)
    },
  }
}

export type Dispatcher = ReturnType<typeof createDispatcher>
