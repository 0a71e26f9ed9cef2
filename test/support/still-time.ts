// Time that stands still for the code under test until the test moves it, while sockets and promises go on: how long somebody
// waits is then a number, and not a matter of how busy the machine is.

import { onTestFinished, vi } from 'vitest'

/**
 * Stops `setTimeout` and `performance.now` until the test is over; the date goes on. Vitest's own polling and time-outs are
 * not affected.
 */
export const stopTime = () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  return {
    /** Milliseconds pass, and what they bring about. */
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  }
}

/** Stops the date until the test is over, and with it the clock of a test's system, which still moves when it is advanced. */
export const stopDate = () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

const STEP = 10

/** Milliseconds that work waits for time to pass; 0 where it waits for none. For work without sockets. */
export const waitOf = async (work: () => Promise<unknown>): Promise<number> => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    let isDone = false
    const running = work().finally(() => {
      isDone = true
    })
    let waited = 0
    await vi.advanceTimersByTimeAsync(0)
    for (; !isDone; waited += STEP) await vi.advanceTimersByTimeAsync(STEP)
    await running
    return waited
  } finally {
    vi.useRealTimers()
  }
}

/** Whether a promise is settled already. */
export const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending')
  const first = await Promise.race([promise.catch(() => {}), Promise.resolve(pending)])
  return first !== pending
}
