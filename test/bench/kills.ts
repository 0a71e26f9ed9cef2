// Harms a side that has a backlog: it kills its worker, or cuts off Resend's answers.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Backlog, type Contender, openBacklog } from './backlog.ts'
import type { World } from './sides.ts'

/** Milliseconds that Resend takes for an answer, so that kills can fall between acceptance and answer. */
const ANSWER = 20

/** Milliseconds after which a dead worker's last requests are accepted, and a new worker has not begun. */
const WIRE = 50

/** Milliseconds in which a worker sends everything that it has claimed. */
const TAKEN = 1_000

/** One request in twenty. */
const CUT = 20

const DONE_POLL = 100

export type Harm = { twice: number; lost: number }

export type Task = { contender: Contender; world: World; count: number; timeout: number }

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

/** Waits until the side has nothing left to do, because it may still resend claimed emails, and then counts the harm. */
const harmTo = async (
  { tally, isDone }: Backlog,
  names: readonly string[],
  timeout: number,
): Promise<Harm> => {
  await tally.waitUntil(isDone, timeout, DONE_POLL)
  return { twice: tally.twice(), lost: tally.missing(names) }
}

/**
 * Kills the worker repeatedly while it drains, and restarts it at once.
 * @param task.meanwhile runs while the side waits for the jobs of its dead workers.
 * @returns the harm, and the longest time from a kill to the next acceptance, in milliseconds.
 */
export const killOften = <T>(task: Task & { kills: number; meanwhile: () => Promise<T> }) =>
  withBacklog(task, async (backlog) => {
    const { count, kills, timeout, meanwhile } = task
    const { tally, startWorker } = backlog
    const names = await backlog.fill('kill', count)
    let worker = startWorker()
    await worker.ready()
    const comebacks: number[] = []
    for (let kill = 1; kill <= kills; kill++) {
      const moment = (count * (kill - Math.random() / 2)) / (kills + 1)
      await tally.waitUntil(() => tally.reached() >= moment, timeout)
      await sleep(2 * ANSWER * Math.random())
      await worker.kill()
      const died = performance.now()
      worker = startWorker()
      await sleep(WIRE)
      const before = tally.emails()
      const isBack = await tally.waitUntil(() => tally.emails() > before, timeout)
      comebacks.push((isBack ? tally.lastAt() : performance.now()) - died)
    }
    const [harm, done] = await Promise.all([harmTo(backlog, names, timeout), meanwhile()])
    return { ...harm, longest: Math.max(...comebacks), meanwhile: done }
  })

/** Kills the worker while Resend hangs. Resolves with the milliseconds until all its emails are accepted, or `timeout`. */
export const killInHand = (task: Task) =>
  withBacklog(task, async ({ resend, tally, fill, startWorker }): Promise<number> => {
    const { count, timeout } = task
    await fill('in-hand', count)
    let wasCalled = false
    resend.fault = ({ path }) => {
      wasCalled ||= path.startsWith('/emails')
      return 'hang'
    }
    const worker = startWorker()
    if (!(await tally.waitUntil(() => wasCalled, timeout))) throw new Error('nothing was sent')
    await sleep(TAKEN)
    await worker.kill()
    const died = performance.now()
    resend.fault = undefined
    startWorker()
    const isAll = await tally.waitUntil(() => tally.reached() >= count, timeout)
    return (isAll ? tally.lastAt() : performance.now()) - died
  })

/** Cuts off one answer in twenty after its emails are accepted. */
export const cutAnswers = (task: Task) =>
  withBacklog(task, async (backlog): Promise<Harm> => {
    const names = await backlog.fill('cut', task.count)
    let calls = 0
    backlog.resend.fault = ({ path }) => {
      if (!path.startsWith('/emails')) return undefined
      calls += 1
      return calls % CUT === CUT / 2 ? 'drop-after-accept' : undefined
    }
    await backlog.startWorker().ready()
    return harmTo(backlog, names, task.timeout)
  })
