// Finds what needs an operator's attention, the gravest first.

import type { BackfillFound } from '../backfill/reconcile.ts'
import { type Progress, progressLabel } from '../deliveries/labels.ts'
import type { FindingName as ConfigurationFinding } from '../doctor/finding.ts'
import type { Kept, KeptFinding } from '../doctor/store.ts'
import { modesIn, versionsIn, workersIn } from '../processes/differences.ts'
import type { RunningProcess } from '../processes/store.ts'
import type { Due } from '../redis/due.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import type { HeldBy, PausedBecause, PauseState } from '../resend/pause.ts'
import { type Clock, DAY, MINUTE } from '../runtime/clock.ts'
import type { PaymentCounts } from '../schedule/payment-counts.ts'
import { type FindingName, FINDINGS as SEEN_BY_WATCH } from '../watch/finding.ts'
import { dayOf } from './figures.ts'

/** Messages that failed or bounced are counted for so many days. */
export const RECENT_DAYS = 7

/** A message that waits for longer is listed. */
const LONG_WAIT = 10 * MINUTE

/** More are not counted. */
export const MOST_COUNTED = 100

/** Times in milliseconds. Bounces and failures are of the latest days, without the messages that were sent again. */
export type Attention =
  | { what: 'no worker' }
  | { what: 'two modes'; modes: readonly string[] }
  | { what: 'two versions'; versions: readonly string[] }
  | { what: 'all mail held'; by: HeldBy }
  | { what: 'all mail paused'; because: PausedBecause; until: number }
  | { what: 'endpoint'; finding: FindingName }
  | { what: 'configuration'; found: KeptFinding }
  | { what: 'held' | 'failed' | 'bounced' | 'complained'; count: number }
  | { what: 'waiting'; count: number }
  | { what: 'unreadable' | 'not mapped'; count: number }
  | { what: 'backfill denied'; sources: readonly string[] }
  | { what: 'webhooks missed'; missed: number; sent: number; tooOld: number; until: number }

/** The state of things beside it, whether it needs attention or not. */
export type Standing = {
  pause: PauseState
  running: readonly RunningProcess[]
  /** Messages that wait to be sent, or are being sent. */
  waiting: number
  backfill: BackfillFound | null
  payments: Awaited<ReturnType<PaymentCounts['read']>>
  /** When the doctor checked the configuration last; `null`: never. */
  checkedAt: number | null
}

type AttentionParts = {
  /** The processes that run. */
  running: () => Promise<readonly RunningProcess[]>
  pauseState: () => Promise<PauseState>
  waiting: Pick<Due, 'count'>
  index: Pick<RecordIndex, 'size' | 'list'>
  eventIndex: Pick<RecordIndex, 'counts'>
  findings: () => Promise<readonly FindingName[]>
  /** The findings of the doctor, or of the last start. */
  kept: () => Promise<Kept>
  lastBackfill: () => Promise<BackfillFound | null>
  payments: Pick<PaymentCounts, 'read'>
  clock: Pick<Clock, 'now'>
}

const ofProcesses = (running: readonly RunningProcess[]): Attention[] => {
  if (workersIn(running).length === 0) return [{ what: 'no worker' }]
  const [modes, versions] = [modesIn(running), versionsIn(running)]
  return [
    ...(modes.length > 1 ? [{ what: 'two modes' as const, modes }] : []),
    ...(versions.length > 1 ? [{ what: 'two versions' as const, versions }] : []),
  ]
}

const ofPause = (state: PauseState): Attention[] => {
  if (!state) return []
  return 'held' in state
    ? [{ what: 'all mail held', by: state.held }]
    : [{ what: 'all mail paused', ...state }]
}

/** The overview knows more of these by itself, and when they are over. */
const SHOWN_ANYWAY: readonly ConfigurationFinding[] = [
  ...SEEN_BY_WATCH,
  ...(['mail_held', 'mail_paused', 'messages_held'] as const),
  ...(['worker_missing', 'processes_differ'] as const),
]

const ofConfiguration = (kept: readonly KeptFinding[]): Attention[] =>
  kept
    .filter(({ name }) => !SHOWN_ANYWAY.includes(name))
    .map((found) => ({ what: 'configuration', found }))

/** Messages that did not reach their recipients. */
const UNREACHED = {
  failed: ['failed'],
  bounced: ['bounced', 'undelivered'],
  complained: ['complained'],
} as const satisfies Partial<Record<Attention['what'], readonly Progress[]>>

type Unreached = keyof typeof UNREACHED

const ALL_UNREACHED = Object.keys(UNREACHED) as Unreached[]

const ofBackfill = (last: BackfillFound | null): Attention[] => {
  if (!last) return []
  const { missed, sent, tooOld, denied, window } = last
  return [
    ...(denied.length > 0 ? [{ what: 'backfill denied' as const, sources: denied }] : []),
    ...(missed > 0 && !last.isImport
      ? [
          {
            ...{ what: 'webhooks missed' as const, missed, sent, tooOld },
            until: Date.parse(window.until),
          },
        ]
      : []),
  ]
}

export const createAttention = (parts: AttentionParts) => {
  const { index, eventIndex, clock } = parts

  const waitingLong = async (): Promise<number> => {
    const until = clock.now() - LONG_WAIT
    const label = progressLabel('waiting')
    const { found } = await index.list({ label, until, limit: MOST_COUNTED })
    return found.length
  }

  /** Messages of the latest days that nobody has sent again. */
  const unreached = async (what: Unreached): Promise<Attention> => {
    const { found } = await index.list({
      label: UNREACHED[what].map(progressLabel),
      from: clock.now() - RECENT_DAYS * DAY,
      limit: MOST_COUNTED,
    })
    return { what, count: found.length }
  }

  /** Events of the latest days by their outcome. */
  const eventCounts = async (): Promise<(outcome: string) => number> => {
    const now = clock.now()
    const days = await eventIndex.counts(dayOf(now - (RECENT_DAYS - 1) * DAY), dayOf(now))
    return (outcome) =>
      Object.values(days).reduce((sum, counts) => sum + (counts[`outcome:${outcome}`] ?? 0), 0)
  }

  return async (): Promise<{ attention: Attention[]; standing: Standing }> => {
    const [
      running,
      pause,
      waiting,
      held,
      long,
      failed,
      events,
      findings,
      kept,
      backfill,
      payments,
    ] = await Promise.all([
      parts.running(),
      parts.pauseState(),
      parts.waiting.count(),
      index.size(progressLabel('held')),
      waitingLong(),
      Promise.all(ALL_UNREACHED.map(unreached)),
      eventCounts(),
      parts.findings(),
      parts.kept(),
      parts.lastBackfill(),
      parts.payments.read(),
    ])
    const all: Attention[] = [
      ...ofProcesses(running),
      ...ofPause(pause),
      ...findings.map((finding) => ({ what: 'endpoint' as const, finding })),
      ...ofConfiguration(kept.findings),
      { what: 'held', count: held },
      { what: 'waiting', count: long },
      ...failed,
      { what: 'unreadable', count: events('unreadable') },
      ...ofBackfill(backfill),
      { what: 'not mapped', count: events('not_mapped') },
    ]
    const { checkedAt } = kept
    const attention = all.filter((one) => !('count' in one) || one.count > 0)
    return { attention, standing: { running, pause, waiting, backfill, payments, checkedAt } }
  }
}

export type ReadAttention = ReturnType<typeof createAttention>
