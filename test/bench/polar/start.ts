// Starts a Polar that only mints sessions, in a separate process. The full simulator runs in the bench's process, and a burst of
// clicks would measure it instead.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SERVER = fileURLToPath(new URL('./main.ts', import.meta.url))

/** How every call fails. */
export type Trouble = '429' | '500' | '422' | 'reset' | 'hang'

export type Command = { trouble: Trouble | null; answerAfter: number }

/** `calls` counts all calls since the start. */
export type State = { port: number; calls: number }

/** @param answerAfter milliseconds that a session takes. */
export const startLeanPolar = async (answerAfter: number) => {
  const child = fork(SERVER)
  const ended = once(child, 'exit')
  const command: Command = { trouble: null, answerAfter }
  const send = async (): Promise<State> => {
    const answer = Promise.race([
      once(child, 'message').then(([message]) => message as State),
      ended.then(() => {
        throw new Error('the lean Polar ended')
      }),
    ])
    child.send(command)
    return answer
  }
  const { port } = await send()
  return {
    url: `http://127.0.0.1:${port}`,
    /** Makes every call fail in this way from now on, or none. */
    set: async (trouble: Trouble | null) => {
      command.trouble = trouble
      await send()
    },
    calls: async () => (await send()).calls,
    close: async () => {
      child.kill()
      await ended
    },
  }
}

export type LeanPolar = Awaited<ReturnType<typeof startLeanPolar>>
