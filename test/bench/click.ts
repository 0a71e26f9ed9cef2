// Many people click at once, each on their own link, while Polar takes 40 ms for a session: measures sign-ins a second, latency
// and processor time. The limit is a bare endpoint, which counts the click, asks Polar and redirects. Then come clicks with Polar
// in trouble, and forged links.

import { SECOND } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { ms, percentile, rate } from './figures.ts'
import { forged } from './forged.ts'
import { makeLinks } from './links.ts'
import { fireVisits } from './load/fire.ts'
import { customerId } from './polar/customers.ts'
import { type LeanPolar, startLeanPolar } from './polar/start.ts'
import { type Side, startBare, startPeer, startPostern, type World } from './sides.ts'
import type { Line } from './table.ts'
import { type Clicked, troubles } from './troubles.ts'

const CONNECTIONS = 50

/** Milliseconds that Polar takes for a session. */
const POLAR_TAKES = 40

/** For either side: visitors have their own addresses behind a proxy, and the email is old enough for a click. */
const settings = (polar: LeanPolar) => ({
  POLAR_BASE_URL: polar.url,
  POLAR_RATE_LIMIT: '1000000',
  TRUSTED_PROXIES: '127.0.0.1/32',
  LINK_SETTLE_SECONDS: '0',
})

const byCustomer = async (_: Side, count: number) =>
  Array.from({ length: count }, (_, n) => `/portal?customer=${customerId(n)}`)

const sides = (world: World, polar: LeanPolar) => {
  const start = (side: typeof startPostern | typeof startPeer) => () =>
    side(world, settings(polar), ['web'])
  return {
    postern: { start: start(startPostern), paths: makeLinks },
    peer: { start: start(startPeer), paths: byCustomer },
    bare: { start: () => startBare(world, settings(polar)), paths: byCustomer },
  } satisfies Record<string, Clicked>
}

type Burst = { signedIn: number; p50: number; p99: number; cpu: number }

const burst = async ({ url, processes }: Side, paths: readonly string[]): Promise<Burst> => {
  const [web] = processes
  const usedBefore = (await web?.used()) ?? Number.NaN
  const fired = await fireVisits({ url, connections: CONNECTIONS, paths }, 'signed in')
  const used = ((await web?.used()) ?? Number.NaN) - usedBefore
  return {
    signedIn: (paths.length / fired.took) * SECOND,
    p50: percentile(fired.latencies, 0.5),
    p99: percentile(fired.latencies, 0.99),
    cpu: used / paths.length,
  }
}

const lines = (ours: Burst[], theirs: Burst[], bare: Burst[]): Line[] => {
  const beside = (of: keyof Burst) => ({
    postern: ours.map((burst) => burst[of]),
    peer: theirs.map((burst) => burst[of]),
    limit: bare.map((burst) => burst[of]),
  })
  return [
    {
      row: `click: signed in, ${CONNECTIONS} connections, Polar takes ${POLAR_TAKES} ms`,
      ...beside('signedIn'),
      format: rate,
      aim: { text: '≥ 1.05× the peer', isMet: (_, ratio) => ratio >= 1.05 },
    },
    { row: 'click: p50', ...beside('p50'), format: ms },
    {
      row: 'click: p99',
      ...beside('p99'),
      format: ms,
      aim: { text: '≤ 0.8× the peer', isMet: (_, ratio) => ratio <= 0.8 },
    },
    { row: "click: web process's own time a click", ...beside('cpu'), format: ms },
  ]
}

export const click = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [rounds, warmUp, count] = isShort ? [1, 100, 300] : [5, 1000, 2000]
  const releases = createReleases()
  try {
    const polar = releases.add(await startLeanPolar(POLAR_TAKES), ({ close }) => close())
    const all = sides(world, polar)
    const opened = async ({ start, paths }: Clicked) => {
      const side = releases.add(await start(), ({ close }) => close())
      // Each link is followed once.
      const links = await paths(side, warmUp + rounds * count)
      await burst(side, links.splice(0, warmUp))
      return { side, next: () => links.splice(0, count), bursts: [] as Burst[] }
    }
    const ours = await opened(all.postern)
    const theirs = await opened(all.peer)
    const bare = await opened(all.bare)
    for (let round = 0; round < rounds; round++) {
      const turns = round % 2 ? [ours, bare, theirs] : [theirs, bare, ours]
      for (const { side, next, bursts } of turns) bursts.push(await burst(side, next()))
    }
    return [
      ...lines(ours.bursts, theirs.bursts, bare.bursts),
      ...(await forged(ours.side, polar, isShort)),
      ...(await troubles(all, polar, isShort)),
    ]
  } finally {
    await releases.close()
  }
}
