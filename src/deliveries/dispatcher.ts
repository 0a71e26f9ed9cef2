// What is ready to go, in this process, and waits for a permit: Resend counts requests, not emails, so what waits together
// goes together. Nothing here is claimed yet, so losing it loses nothing.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Link } from '../links/link.ts'
import type { Lane } from '../redis/stage.ts'
import type { Permits } from '../resend/rate-limiter.ts'
import { MOST_IN_BATCH } from './batches/batch.ts'
import type { About, Email } from './delivery.ts'

/** A message whose email is composed, and not yet claimed. */
export type Draft = {
  id: string
  about: About
  lane: Lane
  /** The stored text of its delivery, and the claims so far. */
  expected: string | null
  generation: number
  email: Email
  links: readonly Link[]
  /** Whether its recipient may have too many. */
  isLimited: boolean
}

/**
 * Resolves when the request may go, which is to be the next thing that happens, with what is to be called when it has left;
 * or says that none may go for now.
 */
export type Permit = () => Promise<(() => void) | 'shut'>

/** Makes a request, once it has its permit. */
export type Go = (permit: Permit) => Promise<void>

/** `left` is called when its request is about to be made, or when that is left to whoever looks at its record next. */
type Parcel = { lane: Lane; left: () => void } & (
  | { goes: 'alone'; go: Go }
  | { goes: 'together'; draft: Draft }
)

/** How long what is ready waits for what is about to be, in milliseconds; nothing waits where nothing is. */
const LINGER = 150

/** Several that are ready are a flow, of which the next comes within this, in milliseconds, or it is over. */
const LULL = 10

/** A permit that came before it was needed is good for so long, in milliseconds. */
const EARLY = 100

/** Requests in flight; more would only mean that Resend hangs. */
const MOST_CALLS = 20

/** Bytes, about: what a request may weigh. */
const MOST_WEIGHT = 8 * 1024 * 1024

const weight = ({ email }: Draft) => email.html.length + email.text.length

type DispatcherParts = {
  permits: Permits
  /** Claims drafts and sends them in one request. */
  send: (drafts: readonly Draft[], permit: Permit) => Promise<void>
  /** Whether others are about to be ready. */
  isMoreComing: () => boolean
  onError: (error: unknown) => void
}

type Alone = Extract<Parcel, { goes: 'alone' }>
type Together = Extract<Parcel, { goes: 'together' }>

export const createDispatcher = ({ permits, send, isMoreComing, onError }: DispatcherParts) => {
  const alone: Record<Lane, Alone[]> = { prompt: [], bulk: [] }
  const together: Record<Lane, Together[]> = { prompt: [], bulk: [] }
  const calls = new Set<Promise<void>>()
  let running: Promise<void> | undefined
  let stirred = () => {}
  let wasAlone = false
  let expected: { answer: ReturnType<Permits['take']>; until: number } | null = null
  let isClosed = false

  const count = (of: Record<Lane, unknown[]>) => of.prompt.length + of.bulk.length

  const linger = async () => {
    const until = performance.now() + LINGER
    for (;;) {
      const left = until - performance.now()
      const isFull = count(together) >= MOST_IN_BATCH
      if (left <= 0 || isFull || count(alone) > 0) return
      const isFlowing = count(together) > 1
      if (!isMoreComing() && !isFlowing) return
      const stirredWithin = await Promise.race([
        sleep(isMoreComing() ? left : Math.min(left, LULL), false),
        new Promise<boolean>((resolve) => {
          stirred = () => resolve(true)
        }),
      ])
      if (!stirredWithin) return
    }
  }

  const fillBatch = (): Together[] => {
    const taken: Together[] = []
    let total = 0
    for (const lane of ['prompt', 'bulk'] as const) {
      while (taken.length < MOST_IN_BATCH) {
        const next = together[lane][0]
        if (!next) break
        total += weight(next.draft)
        if (total > MOST_WEIGHT && taken.length > 0) return taken
        taken.push(next)
        together[lane].shift()
      }
    }
    return taken
  }

  /** What goes next: those that go alone take turns with those that go together, so that neither holds up the other. */
  const next = (): Go | null => {
    if (count(alone) > 0 && (!wasAlone || count(together) === 0)) {
      wasAlone = true
      const parcel = alone.prompt.shift() ?? alone.bulk.shift()
      parcel?.left()
      if (parcel) return parcel.go
    }
    wasAlone = false
    const parcels = fillBatch()
    for (const { left } of parcels) left()
    return parcels.length > 0
      ? (permit) =>
          send(
            parcels.map(({ draft }) => draft),
            permit,
          )
      : null
  }

  const dropAll = () => {
    for (const lane of ['prompt', 'bulk'] as const)
      for (const parcel of [...alone[lane].splice(0), ...together[lane].splice(0)]) parcel.left()
  }

  const take = async (): ReturnType<Permit> => {
    const early = expected
    expected = null
    const answer =
      early && performance.now() < early.until ? await early.answer : await permits.take()
    if (answer === 'shut') return answer
    return () => {
      permits.left(answer).catch(onError)
    }
  }

  /** Begins a request, and resolves when it has its permit: until then what comes may still go with the next. */
  const begin = (go: Go) =>
    new Promise<'begun' | 'shut'>((begun) => {
      const permit: Permit = async () => {
        const answer = await take()
        begun(answer === 'shut' ? 'shut' : 'begun')
        return answer
      }
      const call: Promise<void> = go(permit)
        .catch(onError)
        .finally(() => {
          calls.delete(call)
          begun('begun') // it may have found out that there is nothing to ask for
        })
      calls.add(call)
    })

  const run = async () => {
    while (count(alone) + count(together) > 0) {
      await linger()
      if (isClosed) return dropAll()
      const go = next()
      if (go && (await begin(go)) === 'shut') return dropAll()
      if (calls.size >= MOST_CALLS) await Promise.race(calls)
    }
  }

  const start = () => {
    running ??= run()
      .catch((error) => {
        onError(error)
        dropAll() // Redis could not be asked: the records bring them again
      })
      .finally(() => {
        running = undefined
        if (count(alone) + count(together) > 0) start()
      })
  }

  return {
    add: (parcel: Parcel) => {
      if (isClosed) return parcel.left()
      if (parcel.goes === 'alone') alone[parcel.lane].push(parcel)
      else together[parcel.lane].push(parcel)
      stirred()
      start()
    },
    /** Something is being made ready: while nothing else waits, its permit is asked for meanwhile. */
    expect: () => {
      if (running || expected || calls.size > 0) return
      const early = { answer: permits.take(), until: Number.POSITIVE_INFINITY }
      const granted = () => {
        early.until = performance.now() + EARLY
      }
      early.answer.then(granted, granted) // whoever takes it up hears of a failure
      expected = early
    },
    /** What was about to be ready is, or never will be. */
    stir: () => stirred(),
    /** Lets the requests in flight end; what has not begun is left to its record. */
    close: async () => {
      isClosed = true
      stirred()
      await running
      await Promise.all(calls)
    },
  }
}

export type Dispatcher = ReturnType<typeof createDispatcher>
