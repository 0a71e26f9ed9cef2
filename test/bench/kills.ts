// What is done to a side that has a backlog: its worker is killed, or the answers of Resend are cut off.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Backlog, type Contender, openBacklog } from './backlog.ts'
import type { World } from './ground.ts'

/** Long enough for kills to fall between an acceptance and its answer. */
const ANSWER = 20

/** What a dead worker had on the wire is accepted by then, and no new one can have begun. */
const WIRE = 50

/** For Resend to be asked for all that a worker takes in hand. */
const TAKEN = 1_000

/** One request in twenty. */
const CUT = 20

const LOOK_INTO_BOOKS = 100

export type Harm = { twice: number; lost: number }

export type Task = { contender: Contender; world: World; count: number; patience: number }

const withBacklog = async <T>(
  { contender, world }: Task,
  task: (backlog: Backlog) => Promise<T>,
): Promise<T> => {
  const backlog = await openBacklog(contender, { world, answerAfter: ANSWER })
  try {
    return await task(backlog)
  } finally {
    await backlog.close()
  }
}

/** Once the side has nothing left to do: before, what it has in hand may still be sent again. */
const harmTo = async (
  { tally, isDone }: Backlog,
  names: readonly string[],
  patience: number,
): Promise<Harm> => {
  await tally.soon(isDone, patience, LOOK_INTO_BOOKS)
  return { twice: tally.twice(), lost: tally.missing(names) }
}

/**
 * Kills the worker so many times while it drains, and starts it again at once.
 * @param task.meanwhile what can be done while the side only waits for what its dead workers had in hand.
 * @returns the harm done, and the most milliseconds from a kill until the next acceptance.
 */
export const killOften = <T>(task: Task & { kills: number; meanwhile: () => Promise<T> }) =>
  withBacklog(task, async (backlog) => {
    const { count, kills, patience, meanwhile } = task
    const { tally, startWorker } = backlog
    const names = await backlog.fill('kill', count)
    let worker = startWorker()
    await worker.ready()
    const comebacks: number[] = []
    for (let kill = 1; kill <= kills; kill++) {
      const moment = (count * (kill - Math.random() / 2)) / (kills + 1)
      await tally.soon(() => tally.reached() >= moment, patience)
      await sleep(2 * ANSWER * Math.random())
      await worker.kill()
      const died = performance.now()
      worker = startWorker()
      await sleep(WIRE)
      const before = tally.emails()
      const isBack = await tally.soon(() => tally.emails() > before, patience)
      comebacks.push((isBack ? tally.lastAt() : performance.now()) - died)
    }
    const [harm, done] = await Promise.all([harmTo(backlog, names, patience), meanwhile()])
    return { ...harm, longest: Math.max(...comebacks), meanwhile: done }
  })

/** Kills the worker while Resend hangs: milliseconds from then until all that it had in hand is accepted, `patience` at most. */
export const killInHand = (task: Task) =>
  withBacklog(task, async ({ resend, tally, fill, startWorker }): Promise<number> => {
    const { count, patience } = task
    await fill('in-hand', count)
    let isAsked = false
    resend.fault = ({ path }) => {
      isAsked ||= path.startsWith('/emails')
      return 'hang'
    }
    const worker = startWorker()
    if (!(await tally.soon(() => isAsked, patience))) throw new Error('nothing was sent')
    await sleep(TAKEN)
    await worker.kill()
    const died = performance.now()
    resend.fault = undefined
    startWorker()
    const isAll = await tally.soon(() => tally.reached() >= count, patience)
    return (isAll ? tally.lastAt() : performance.now()) - died
  })

/** Cuts off one answer in twenty, its emails accepted. */
export const cutAnswers = (task: Task) =>
  withBacklog(task, async (backlog): Promise<Harm> => {
    const names = await backlog.fill('cut', task.count)
    let asked = 0
    backlog.resend.fault = ({ path }) => {
      if (!path.startsWith('/emails')) return undefined
      asked += 1
      return asked % CUT === CUT / 2 ? 'drop-after-accept' : undefined
    }
    await backlog.startWorker().ready()
    return harmTo(backlog, names, task.patience)
  })
