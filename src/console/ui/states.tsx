// States of messages and outcomes of events, as badges.

import type { Outcome } from '../../events/outcome.ts'
import type { Shown } from '../../operator/message-list.ts'
import { inWords } from '../../operator/words.ts'
import { Badge, type Tone } from './parts.tsx'

const TONES: Record<Shown, Tone> = {
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
  sent_again: 'accent',
  clicked: 'accent',
}

export const StateBadge = ({ state }: { state: Shown }) => (
  <Badge tone={TONES[state]}>{inWords(state)}</Badge>
)

/** `null` for an event that is not interpreted yet. */
export const OutcomeBadge = ({ outcome }: { outcome: Outcome | null }) => {
  if (outcome === null) return <Badge tone="warn">Waits</Badge>
  if ('ignored' in outcome) return <Badge>{inWords(outcome.ignored)}</Badge>
  return <Badge tone="good">Messages</Badge>
}
