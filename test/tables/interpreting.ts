// Events that are understood beside a Redis of a few lines: what is known of one customer, and what was told to whom.

import type { RevokeLinks } from '../../src/customers/addresses.ts'
import type { Known } from '../../src/customers/state.ts'
import type { EventStore, Outcome } from '../../src/events/store.ts'
import { createUnderstand } from '../../src/events/interpret.ts'
import type { MessageStore } from '../../src/messages/store.ts'
import type { PolarClient } from '../../src/polar/client.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { play } from './build.ts'

const RECEIVED = Date.parse('2027-06-01T00:00:00Z')

/** A port that notes what it is told, unless it is away. */
const port = <T>() => {
  const noted = { told: [] as T[], isAway: false }
  const tell = async (what: T) => {
    if (noted.isAway) throw new Error('Redis is away')
    noted.told.push(what)
  }
  return { noted, tell }
}

export const understanding = () => {
  let known: string | null = null
  const corrected = port<string>()
  const revoked = port<Parameters<RevokeLinks>>()
  const commits = { areLost: false }
  const outcomes: Outcome[] = []

  const understand = createUnderstand({
    events: {
      load: async (body: string) => ({ id: 'evt', body, receivedAt: RECEIVED, outcome: null }),
      known: async () => ({
        known: known === null ? play([]).known : (JSON.parse(known) as Known),
        was: known,
      }),
      knownKey: () => 'known',
      knownWrites: (_: string, next: Known) => [{ key: 'known', set: JSON.stringify(next) }],
      settle: async (_: unknown, outcome: Outcome) => {
        outcomes.push(outcome)
      },
    } as unknown as EventStore,
    messages: {} as MessageStore,
    handOver: async () => {},
    polar: {} as PolarClient,
    corrected: corrected.tell,
    revokeLinks: (...told) => revoked.tell(told),
    withhold: (id) => ({ key: id, new: '' }),
    commit: async (_, writes) => {
      if (commits.areLost) throw new Error('the process was killed')
      for (const write of writes) if ('set' in write) known = write.set
      return 'written' as const
    },
    clock: systemClock,
    log: createLog('silent'),
    policy: { liveSince: 0, isOff: () => false },
  })

  return {
    /** What is known already, by these bodies; nobody is told about them. */
    given: (...bodies: string[]) => {
      known = JSON.stringify(play(bodies).known)
    },
    /** Understands an event by its raw body. */
    understand,
    corrected: corrected.noted,
    revoked: revoked.noted,
    commits,
    outcomes,
    known: (): Known => (known === null ? play([]).known : JSON.parse(known)),
  }
}
