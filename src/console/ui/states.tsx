// States of messages and outcomes of events, as badges.

import type { CLICKED, Progress } from '../../deliveries/labels.ts'
import type { Outcome } from '../../events/outcome.ts'
import { inWords } from '../../operator/words.ts'
import { Badge, type Tone } from './parts.tsx'

/** How far a message has come, or that a person clicked. */
type State = Progress | typeof CLICKED

const TONES: Record<State, Tone> = {
  waiting: 'quiet',
  unconfirmed: 'warn',
  held: 'warn',
  accepted: 'accent',
  delayed: 'warn',
  delivered: 'good',
  bounced: 'bad',
  complained: 'bad',
  undelivered: 'bad',
  not_sent: 'quiet',
  failed: 'bad',
  clicked: 'accent',
}

export const StateBadge = ({ state }: { state: State }) => (
  <Badge tone={TONES[state]}>{inWords(state)}</Badge>
)

/** `null` for an event that is not interpreted yet. */
export const OutcomeBadge = ({ outcome }: { outcome: Outcome | null }) => {
  if (outcome === null) return <Badge tone="warn">Waits</Badge>
  if ('ignored' in outcome) return <Badge>{inWords(outcome.ignored)}</Badge>
  return <Badge tone="good">Messages</Badge>
}
