// Events that are understood beside a Redis of a few lines: what is known of one customer, and what was told to whom.

import type { RevokeLinks } from '../../src/customers/addresses.ts'
import type { CustomerState } from '../../src/customers/state.ts'
import { createInterpret } from '../../src/events/interpret.ts'
import type { EventStore, Outcome } from '../../src/events/store.ts'
import type { MessageStore } from '../../src/messages/store.ts'
import type { PolarClient } from '../../src/polar/client.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { play } from './build.ts'

const RECEIVED = Date.parse('2027-06-01T00:00:00Z')

/** A port that notes what it is told, unless it is away. */
const port = <T>() => {
  const noted = { payload: [] as T[], isAway: false }
  const tell = async (what: T) => {
    if (noted.isAway) throw new Error('Redis is away')
    noted.payload.push(what)
  }
  return { noted, tell }
}

export const understanding = () => {
  let state: string | null = null
  const corrected = port<string>()
  const revoked = port<Parameters<RevokeLinks>>()
  const commits = { areLost: false }
  const outcomes: Outcome[] = []

  const interpret = createInterpret({
    events: {
      load: async (body: string) => ({ id: 'evt', body, receivedAt: RECEIVED, outcome: null }),
      settle: async (_: unknown, outcome: Outcome) => {
        outcomes.push(outcome)
      },
    } as unknown as EventStore,
    customers: {
      keyOf: () => 'state',
      load: async () => ({
        state: state === null ? play([]).state : (JSON.parse(state) as CustomerState),
        expected: state,
      }),
      writes: (_, next) => [{ key: 'state', set: JSON.stringify(next) }],
    },
    messages: {} as MessageStore,
    enqueue: async () => {},
    polar: {} as PolarClient,
    addressCorrected: corrected.tell,
    revokeLinks: (...payload) => revoked.tell(payload),
    withheld: (id) => ({ key: id, new: '' }),
    compareAndSet: async (_, writes) => {
      if (commits.areLost) throw new Error('the process was killed')
      for (const write of writes) if ('set' in write) state = write.set
      return 'written' as const
    },
    clock: systemClock,
    log: createLog('silent'),
    policy: { liveSince: 0, isOff: () => false },
  })

  return {
    /** What is known already, by these bodies; nobody is told about them. */
    given: (...bodies: string[]) => {
      state = JSON.stringify(play(bodies).state)
    },
    /** Understands an event by its raw body. */
    interpret,
    corrected: corrected.noted,
    revoked: revoked.noted,
    commits,
    outcomes,
    state: (): CustomerState => (state === null ? play([]).state : JSON.parse(state)),
  }
}
