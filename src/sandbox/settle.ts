// Waits until all work is done. Work that falls due within seconds counts: the clock is moved there, so that nobody waits for
// it in real time.

import { type MovableClock, SECOND } from '../runtime/clock.ts'
import type { SimulatedPolar } from './polar/server.ts'
import type { SimulatedResend } from './resend/server.ts'

/** Retries that fall due so soon count as due. */
const SOON = 10 * SECOND

/** The clock is moved by no more than this for them. */
const MAX_AHEAD = 20 * SECOND

type SettleParts = {
  clock: MovableClock
  /** Resolves once all that is due is done, with when something falls due next (ms). */
  worker: { quiet: () => Promise<number> }
  polar: Pick<SimulatedPolar, 'invoices'>
  resend: Pick<SimulatedResend, 'reported' | 'reportsAccepted'>
}

/**
 * Waits until the worker has done everything that is due, with the invoices and reports that this brings about. Then the clock
 * moves to what falls due soon, one thing after another. It moves only while nothing is in hand that it could overtake.
 */
export const createSettle = ({ clock, worker, polar, resend }: SettleParts) => {
  /** Webhooks of invoices and reports that Postern has accepted so far, with those that are due. */
  const accepted = async (): Promise<number> => {
    await resend.reported()
    return (await polar.invoices.drawn()) + resend.reportsAccepted()
  }
  const nextOnceDone = async (): Promise<number> => {
    for (let before = await accepted(); ; ) {
      const next = await worker.quiet()
      const after = await accepted()
      if (after === before) return Math.min(next, polar.invoices.next())
      before = after
    }
  }
  return async (): Promise<void> => {
    for (let ahead = 0; ; ) {
      const wait = Math.max(0, Math.ceil((await nextOnceDone()) - clock.now()))
      ahead += wait
      if (wait > SOON || ahead > MAX_AHEAD) return
      clock.advance(wait)
    }
  }
}
