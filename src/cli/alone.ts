// Runs long work in this process, alone: refuses while other long work runs, says whose it is, and shows how far it has come.

import { hostname } from 'node:os'
import { createDrive } from '../operator/long-work/drive.ts'
import { createStartAndStop } from '../operator/long-work/start-and-stop.ts'
import { createWorkStore } from '../operator/long-work/store.ts'
import {
  foundText,
  hasEnded,
  nameOf,
  type Order,
  type Perform,
  percentOf,
  type Report,
  type Work,
} from '../operator/long-work/work.ts'
import { createDue } from '../redis/due.ts'
import type { Clock } from '../runtime/clock.ts'
import { thisProcess } from '../runtime/process-start.ts'
import { shardIdOf } from '../schedule/entries.ts'
import type { Context } from './context.ts'
import { minuteOf } from './output.ts'
import { createProgress, type Screen } from './progress.ts'

/** `refused`: it did not begin, or went over to another process. */
export type Alone = (order: Order, perform: Perform) => Promise<Work | { refused: string }>

const whoRuns = ({ by, from }: Work) =>
  by === 'console' ? `by an operator in the console (${from})` : `by command (${from})`

const refusal = (busy: Work): string =>
  `Nothing was begun: a ${nameOf(busy)} runs since ${minuteOf(busy.beganAt)}, ${whoRuns(busy)}. It is at ${percentOf(busy)}${busy.found.length > 0 ? `: ${foundText(busy.found)}` : ''}. Wait until it is done, or stop it in the console under Work.`

/** Performs, and shows each progress on a screen before it is noted. */
export const performOn =
  (screen: Screen, clock: Pick<Clock, 'now'>, perform: Perform): Perform =>
  async (work, report, signal) => {
    const progress = createProgress(screen, clock)
    const shown: Report = (reached) => {
      progress.show(reached.share, foundText(reached.found))
      return report(reached)
    }
    const performed = await perform(work, shown, signal)
    progress.end()
    return performed
  }

export const createAlone = ({ redis, clock, note, screen }: Context): Alone => {
  const due = createDue(redis, 'schedule', clock, shardIdOf)
  const store = createWorkStore({ redis, due, clock })
  const { start } = createStartAndStop({ store, note })
  const { drive, owner } = createDrive({ store, clock })
  return async (order, perform) => {
    const begun = await start(order, {
      ...{ by: 'command', from: `${hostname()}, process ${process.pid}`, owner },
      process: thisProcess(),
    })
    if ('busy' in begun) return { refused: refusal(begun.busy) }
    const work = await drive(begun.begun, performOn(screen, clock, perform))
    if (work && hasEnded(work)) return work
    return { refused: 'It was ended: other long work has begun. The console shows which.' }
  }
}

/** The sentence where work was stopped from the console; none where it was done. */
export const stoppedText = (work: Work): string[] =>
  work.state === 'stopped' ? ['It was stopped in the console. What was done so far is kept.'] : []
