// Which emails come thick and may wait a little for those that somebody waits for.

import type { Kind } from '../../emails/index.ts'
import type { Lane } from '../redis/stage.ts'

/** What a billing day brings for everybody at once. */
const BULK = new Set<Kind>([
  'subscription_cycled',
  'subscription_cycled_after_trial',
  'subscription_usage_invoice',
  'subscription_past_due',
])

export const laneOf = (kind: Kind): Lane => (BULK.has(kind) ? 'bulk' : 'prompt')
