// Every change of a batch: what may happen in each state, and what it leads to.

import { describe, expect, test } from 'vitest'
import {
  type Batch,
  type BatchHappening,
  batchTransition,
  openBatch,
} from '../../src/deliveries/batches/batch.ts'

const AT = Date.parse('2026-11-22T09:00:00Z')
const LATER = AT + 10_000
const IDS = ['msg_a', 'msg_b']

const destination = { to: 'waiting', notBefore: AT, goesAlone: false, because: 'test' } as const
const answers = [{ providerId: 're_1' }, { refused: 'Invalid `to` field' }]

const STATES = {
  open: openBatch(IDS, LATER),
  sealed: {
    ...{ state: 'sealed', attempts: 1, firstAttemptAt: AT, retryAt: LATER, ids: IDS, history: [] },
  },
  answered: { state: 'answered', answers, ids: IDS, history: [] },
  undone: { state: 'undone', destination, ids: IDS, history: [] },
} as const satisfies Record<Batch['state'], Batch>

const names = Object.keys(STATES) as Batch['state'][]

const TABLE: [string, BatchHappening, Partial<Record<Batch['state'], object>>][] = [
  [
    'a longer wait for its slot',
    { what: 'kept_open', at: AT, until: LATER + 1 },
    { open: { state: 'open', until: LATER + 1, ids: IDS } },
  ],
  [
    'its seal, with the messages that could be claimed',
    { what: 'sealed', at: AT, ids: ['msg_a'], retryAt: LATER },
    {
      open: {
        ...{ state: 'sealed', attempts: 1, firstAttemptAt: AT, retryAt: LATER, ids: ['msg_a'] },
      },
    },
  ],
  [
    'the same request again',
    { what: 'repeated', at: AT + 5, retryAt: LATER + 5 },
    {
      sealed: {
        ...{ state: 'sealed', attempts: 2, firstAttemptAt: AT, retryAt: LATER + 5, ids: IDS },
      },
    },
  ],
  [
    'a retry that is scheduled',
    { what: 'retry_scheduled', at: AT, retryAt: LATER + 7, because: 'application_error (500)' },
    {
      sealed: {
        ...{ state: 'sealed', attempts: 1, firstAttemptAt: AT, retryAt: LATER + 7, ids: IDS },
      },
    },
  ],
  [
    'an answer, which only a sealed batch can have',
    { what: 'answered', at: AT, answers },
    { sealed: { state: 'answered', answers, ids: IDS } },
  ],
  [
    'its undoing, unless its answer is there',
    { what: 'undone', at: AT, destination },
    {
      open: { state: 'undone', destination, ids: IDS },
      sealed: { state: 'undone', destination, ids: IDS },
    },
  ],
]

describe.each(TABLE)('%s', (_, happening, after) => {
  test.each(names)('in state %s leads where the table says, or nowhere', (name) => {
    const next = batchTransition(STATES[name], happening)
    const { history: _history, ...state } = next ?? { history: [] }
    expect(next && state).toEqual(after[name] ?? null)
  })
})

test('the history says what happened, when and why, and is bounded', () => {
  let batch: Batch | null = openBatch(IDS, LATER)
  batch = batchTransition(batch, { what: 'sealed', at: AT, ids: IDS, retryAt: LATER })
  for (let n = 1; n <= 60 && batch; n++) {
    const because = `no answer ${n}`
    batch = batchTransition(batch, {
      ...{ what: 'retry_scheduled', at: AT + n, retryAt: LATER, because },
    })
  }
  expect(batch?.history).toHaveLength(30)
  expect(batch?.history.at(-1)).toEqual({
    ...{ at: AT + 60, what: 'retry_scheduled', because: 'no answer 60' },
  })
})
