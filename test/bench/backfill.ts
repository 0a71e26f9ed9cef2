// How `npm run backfill` makes up for a week in which Polar made no webhooks: its calls to Polar, its memory as it goes on, and
// whether it finds the same after it was killed twice. Interpreting what it found is left out: other rows measure that.

import { setImmediate as turn } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { systemClock } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { POSTERN_COMMANDS } from './compile.ts'
import { count, mib, rate } from './figures.ts'
import { startListingPolar } from './polar/lists.ts'
import { type Started, startProcess } from './processes.ts'
import { environment, ofPostern, type World } from './sides.ts'
import type { Line } from './table.ts'

const MANY = 50_000
const FEW = 1_000

/** Calls for each order: one page of events and two of orders for a hundred, and as much again to spare. */
const MAX_CALLS = 0.06

const MAX_RATIO = 1.25

/** A call reads the events of a page, the next one their orders. */
const CALLS_OF = { event: 2 / 100 }

/** Memory is read each time so many calls were made, for the first time after a thousand orders. */
const EACH = FEW * CALLS_OF.event

type Measured = { found: number; calls: number; took: number; residents: number[] }

/** @param kills the shares (0 to 1) of the calls at which the command is killed. */
const run = async (world: World, orders: number, kills: readonly number[]): Promise<Measured> => {
  const releases = createReleases()
  try {
    const redis = releases.add(await startRedis(), ({ close }) => close())
    const until = systemClock.now()
    const polar = releases.add(await startListingPolar(orders, until), ({ close }) => close())
    const client = releases.add(new Redis(redis.url), (one) => one.disconnect())
    const settings = {
      ...{ ...environment(world, redis.url, 0), ...ofPostern(world) },
      ...{ POLAR_BASE_URL: polar.url, POLAR_RATE_LIMIT: '1000000' },
    }
    const residents: number[] = []
    let command: Started | undefined
    const isDue = kills.map((share) => Math.round(share * orders * CALLS_OF.event))
    polar.called = (n) => {
      if (isDue.includes(n)) void command?.kill()
      if (n % EACH === 0)
        command?.resident().then(
          (size) => residents.push(size),
          () => {},
        )
    }
    const began = performance.now()
    for (let n = 0; n <= kills.length; n++) {
      command = startProcess(['--enable-source-maps', POSTERN_COMMANDS, 'backfill'], settings, {
        line: 'calls to Polar',
      })
      await command.ended()
      await turn()
    }
    if (!command?.output().includes('events were missed')) throw new Error(command?.stderr())
    const took = performance.now() - began
    const { length: found } = await client.keys('postern:*:event:*')
    return { found, calls: polar.calls(), took, residents }
  } finally {
    await releases.close()
  }
}

export const backfill = async (world: World, isShort: boolean): Promise<Line[]> => {
  const orders = isShort ? FEW : MANY
  const { found, calls, took, residents } = await run(world, orders, [])
  if (found !== orders) throw new Error(`${found} of ${orders} orders were found`)
  const killed = await run(world, orders, [0.3, 0.7])
  const [early = Number.NaN] = residents
  return [
    {
      row: `backfill: calls to Polar, for ${count(orders)} orders`,
      ...{ postern: [calls], format: count },
      aim: {
        text: `≤ ${MAX_CALLS} an order`,
        isMet: (calls) => calls <= MAX_CALLS * orders,
      },
    },
    {
      row: 'backfill: orders found a second',
      ...{ postern: [(found / took) * 1_000], format: rate },
    },
    {
      row: `backfill: resident memory at the end, beside ${count(FEW)} orders`,
      ...{ postern: [residents.at(-1) ?? Number.NaN], base: [early], format: mib },
      aim: { text: `≤ ${MAX_RATIO}×`, isMet: (_, ratio) => ratio <= MAX_RATIO },
    },
    {
      row: 'backfill: orders found, killed twice on the way',
      ...{ postern: [killed.found], base: [found], format: count },
      aim: { text: 'as many', isMet: (number) => number === orders },
    },
  ]
}
