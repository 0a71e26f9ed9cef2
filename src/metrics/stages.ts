// Metrics of the stages of the work: what is due, how late it is, and the nudges on their way.

import type { Queues, StageLoad } from '../operator/queues.ts'
import { SECOND } from '../runtime/clock.ts'
import type { Kit, Sample } from './kit.ts'

export const stageMetrics = ({ gauge }: Kit, loads: Queues) => {
  let reading: Promise<StageLoad[]> | undefined
  /** One scrape reads once for all of its gauges. */
  const read = () => {
    reading ??= loads().finally(() => {
      reading = undefined
    })
    return reading
  }
  const of = (samples: (load: StageLoad) => Sample[]) => async () => (await read()).flatMap(samples)

  gauge(
    {
      name: 'postern_oldest_due_seconds',
      help: 'Seconds for which the first entry of a stage is overdue, of all processes; 0 if none is. An entry in work is due again ten seconds later.',
      labels: ['stage'],
    },
    of(({ name, lateBy }) => [{ labels: { stage: name }, value: (lateBy ?? 0) / SECOND }]),
  )
  gauge(
    {
      name: 'postern_due_entries',
      help: 'Entries of a stage that are due now or in work, and those that fall due later, of all processes.',
      labels: ['stage', 'when'],
    },
    of(({ name, due, later }) => [
      { labels: { stage: name, when: 'now' }, value: due },
      { labels: { stage: name, when: 'later' }, value: later },
    ]),
  )
  gauge(
    {
      name: 'postern_queue_jobs',
      help: 'Jobs of a stage that wait for a worker or are with one, of all processes.',
      labels: ['stage', 'priority'],
    },
    of(({ name, nudges }) =>
      Object.entries(nudges).map(([priority, value]) => ({
        labels: { stage: name, priority },
        value,
      })),
    ),
  )
}
