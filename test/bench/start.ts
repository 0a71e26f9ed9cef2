// Start-up time and idle memory: Postern's two roles in one process beside the peer's two processes.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import { mib, ms } from './figures.ts'
import { type Side, startPeer, startPostern, type World } from './sides.ts'
import type { Line } from './table.ts'

/** The first start of a side does not count, because the file cache is cold. */
const one = async (begin: () => Promise<Side>, idle: number) => {
  const side = await begin()
  try {
    await sleep(idle)
    const each = await Promise.all(side.processes.map((process) => process.resident()))
    return { ready: side.startedIn, resident: each.reduce((sum, size) => sum + size, 0) }
  } finally {
    await side.close()
  }
}

export const start = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [rounds, idle] = isShort ? [1, 0.5 * SECOND] : [5, 3 * SECOND]
  const ours: Awaited<ReturnType<typeof one>>[] = []
  const theirs: typeof ours = []
  await one(() => startPostern(world), 0)
  await one(() => startPeer(world), 0)
  for (let round = 0; round < rounds; round++) {
    ours.push(await one(() => startPostern(world), idle))
    theirs.push(await one(() => startPeer(world), idle))
  }
  return [
    {
      row: 'start: spawn to ready, both roles',
      postern: ours.map(({ ready }) => ready),
      peer: theirs.map(({ ready }) => ready),
      format: ms,
      aim: { text: '< 1,000 ms', isMet: (took) => took < SECOND },
    },
    {
      row: 'start: resident memory when idle',
      postern: ours.map(({ resident }) => resident),
      peer: theirs.map(({ resident }) => resident),
      format: mib,
      aim: { text: '< 120 MiB', isMet: (size) => size < 120 },
    },
  ]
}
