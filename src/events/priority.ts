// Which events come thick and may wait a little for those that somebody waits for: a guess by the raw body, before anything is
// understood. A wrong one costs time and nothing else.

import type { Lane } from '../redis/stage.ts'

/** What a billing day brings for everybody at once, and nobody sits waiting for. */
const THICK = [
  '"subscription_cycle"',
  '"subscription.cycled"',
  '"subscription.updated"',
  '"subscription.past_due"',
]

/** The same for the same body, as text or as bytes. */
export const laneOf = (body: string | Buffer): Lane =>
  THICK.some((sign) => body.includes(sign)) ? 'bulk' : 'prompt'
