// Clicks while Polar is in trouble: the share of customers who get a redirect or a page within four seconds.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import { type Answer, NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { percent } from './figures.ts'
import { someAddress } from './load/address.ts'
import type { LeanPolar, Trouble } from './polar/start.ts'
import type { Side } from './sides.ts'
import type { Line } from './table.ts'

/** After that, a person leaves. */
const TIMEOUT = 4 * SECOND

const TROUBLES: readonly [Trouble, string][] = [
  ['429', 'Polar limits (429)'],
  ['500', 'Polar fails (500)'],
  ['422', 'Polar refuses for an unknown reason (422)'],
  ['reset', 'Polar breaks connections'],
  ['hang', 'Polar hangs'],
]

/** How to start a side, and the links to click. */
export type Clicked = {
  start: () => Promise<Side>
  /** Paths of the links of `count` customers. */
  paths: (side: Side, count: number) => Promise<string[]>
}

/** A redirect, or a page with a link or a form. */
const isLanding = ({ status, location, body }: Answer) =>
  status === 302 || status === 303
    ? location !== ''
    : (status === 200 || status === 410) && /<a |<form /.test(body)

const lands = async (url: string): Promise<boolean> => {
  const answered = visit(url, {
    headers: { ...NAVIGATION, 'x-forwarded-for': someAddress() },
  }).then(isLanding, () => false)
  return Promise.race([answered, sleep(TIMEOUT, false)])
}

/** Starts a fresh side for each trouble, so that no cache from an earlier one helps. */
const landed = async ({ start, paths }: Clicked, clicks: number): Promise<number> => {
  const side = await start()
  try {
    const links = await paths(side, clicks)
    const landings = await Promise.all(links.map((path) => lands(side.url + path)))
    return landings.filter(Boolean).length / clicks
  } finally {
    await side.close()
  }
}

export const troubles = async (
  { postern, peer }: { postern: Clicked; peer: Clicked },
  polar: LeanPolar,
  isShort: boolean,
): Promise<Line[]> => {
  const clicks = isShort ? 10 : 40
  const lines: Line[] = []
  for (const [trouble, text] of TROUBLES) {
    await polar.set(trouble)
    const [ours, theirs] = await Promise.all([landed(postern, clicks), landed(peer, clicks)])
    lines.push({
      row: `click: lands within 4 s, ${text}`,
      postern: [ours],
      peer: [theirs],
      format: percent,
      aim: { text: '100 %', isMet: (share) => share === 1 },
    })
  }
  await polar.set(null)
  return lines
}
