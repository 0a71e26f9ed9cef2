// The outcome of an event, as it is recorded and logged.

import type { Ignored } from './row.ts'

/** The messages that an event led to, or why there are none. */
export type Outcome =
  | { messages: string[] }
  /** `messages` were decided and will not be sent, unless an operator sends them again. */
  | { ignored: Ignored; because: string; messages?: string[] }
