// A Polar that mints sessions and nothing else, in a process of its own: the full simulator shares the bench's, and would be
// what a burst of clicks measures.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SERVER = fileURLToPath(new URL('./main.ts', import.meta.url))

/** What goes wrong with every call. */
export type Trouble = '429' | '500' | '422' | 'reset' | 'hang'

export type Order = { trouble: Trouble | null; answerAfter: number }

/** `calls` since it began, whatever they were answered. */
export type Told = { port: number; calls: number }

/** @param answerAfter milliseconds that a session takes. */
export const startLeanPolar = async (answerAfter: number) => {
  const child = fork(SERVER)
  const ended = once(child, 'exit')
  const order: Order = { trouble: null, answerAfter }
  const tell = async (): Promise<Told> => {
    const answer = Promise.race([
      once(child, 'message').then(([message]) => message as Told),
      ended.then(() => {
        throw new Error('the lean Polar ended')
      }),
    ])
    child.send(order)
    return answer
  }
  const { port } = await tell()
  return {
    url: `http://127.0.0.1:${port}`,
    /** From now on every call goes wrong in this way, or none. */
    set: async (trouble: Trouble | null) => {
      order.trouble = trouble
      await tell()
    },
    calls: async () => (await tell()).calls,
    close: async () => {
      child.kill()
      await ended
    },
  }
}

export type LeanPolar = Awaited<ReturnType<typeof startLeanPolar>>
