// The priority of an event, guessed from its raw body before anything is parsed. A wrong guess costs time and nothing else.

import type { Priority } from '../redis/due.ts'

/** A billing day brings these for everybody at once, and nobody waits for them. */
const BULK = [
  '"subscription_cycle"',
  '"subscription.cycled"',
  '"subscription.updated"',
  '"subscription.past_due"',
]

export const eventPriority = (body: Buffer): Priority =>
  BULK.some((sign) => body.includes(sign)) ? 'low' : 'high'
