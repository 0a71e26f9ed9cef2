// Shows how far a long command has come: a bar on a terminal, a line every ten seconds elsewhere.

import { type Clock, SECOND } from '../runtime/clock.ts'

const LINE_EVERY = 10 * SECOND
const BAR_EVERY = SECOND / 5
const BAR_LENGTH = 30

/** Where progress goes. */
export type Screen = { isTTY?: boolean; write: (text: string) => unknown }

export const createProgress = (screen: Screen, clock: Pick<Clock, 'now'>) => {
  let shownAt = clock.now()
  return {
    /** @param share from 0 to 1. */
    show: (share: number, facts: string): void => {
      if (clock.now() < shownAt + (screen.isTTY ? BAR_EVERY : LINE_EVERY)) return
      shownAt = clock.now()
      const percent = `${Math.floor(100 * share)} %`
      const bar = '#'.repeat(Math.floor(BAR_LENGTH * share)).padEnd(BAR_LENGTH, '.')
      screen.write(screen.isTTY ? `\r[${bar}] ${percent}, ${facts}` : `${percent}: ${facts}\n`)
    },
    end: (): void => {
      if (screen.isTTY) screen.write('\r\x1b[K')
    },
  }
}
