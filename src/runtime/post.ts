// Posts JSON to a URL where somebody wants to be told. The URL is a secret: nothing else gets to see it.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from './clock.ts'

const TRIES = 3

/** What it may take: a try, and the wait before the second, which is four times as long before the third. */
const TIMES = { patience: 5 * SECOND, backoff: SECOND }

/** Why a post was not taken; `error` and `code` where no answer came. */
type Refused = { status: number } | { error: string; code?: string }

/** Answers that another try might change. */
const mayPass = (refused: Refused) =>
  !('status' in refused) || refused.status >= 500 || [408, 425, 429].includes(refused.status)

/** Names only: the messages of such errors tell of the URL. */
const namesOf = (error: unknown): Refused => {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = (error.cause ?? {}) as { code?: unknown }
  return { error: error.name, ...(typeof code === 'string' && { code }) }
}

type PostParts = {
  url: string
  /** Hears of what was not taken after all tries. */
  onFailure: (why: Record<string, unknown>) => void
  times?: Partial<typeof TIMES>
}

export const createPost = ({ url, onFailure, times }: PostParts) => {
  const { patience, backoff } = { ...TIMES, ...times }
  const closing = new AbortController()

  const tryOnce = async (body: string): Promise<Refused | null> => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'manual', // a post that is sent on arrives without its body
        signal: AbortSignal.timeout(patience),
      })
      await answer.body?.cancel()
      return answer.ok ? null : { status: answer.status }
    } catch (error) {
      return namesOf(error)
    }
  }

  return {
    /** Three tries; never rejects. */
    send: async (facts: Record<string, unknown>): Promise<void> => {
      const body = JSON.stringify(facts)
      for (let attempts = 1; ; attempts++) {
        const refused = await tryOnce(body)
        if (!refused) return
        if (attempts === TRIES || closing.signal.aborted || !mayPass(refused)) {
          onFailure({ ...refused, attempts })
          return
        }
        const wait = backoff * 4 ** (attempts - 1)
        await sleep(wait, undefined, { signal: closing.signal }).catch(() => {}) // closing: the last try is now
      }
    },
    /** From now on nothing is waited for between tries: a post in hand ends with the next one. */
    hurry: () => closing.abort(),
  }
}
