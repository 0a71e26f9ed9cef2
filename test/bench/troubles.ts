// A click while Polar is in trouble: the share of customers who get somewhere within four seconds.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import { type Answer, NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { percent } from './figures.ts'
import type { Side } from './ground.ts'
import { someAddress } from './load/address.ts'
import type { LeanPolar, Trouble } from './polar/start.ts'
import type { Line } from './table.ts'

/** After that a person looks at a blank page, and leaves. */
const PATIENCE = 4 * SECOND

const TROUBLES: readonly [Trouble, string][] = [
  ['429', 'Polar limits (429)'],
  ['500', 'Polar fails (500)'],
  ['422', 'Polar refuses what nobody foresaw (422)'],
  ['reset', 'Polar breaks connections'],
  ['hang', 'Polar hangs'],
]

/** How a side is started, and what is clicked there. */
export type Clicked = {
  start: () => Promise<Side>
  /** Paths of the links of so many customers. */
  paths: (side: Side, count: number) => Promise<string[]>
}

/** A redirect, or a page with a way on. */
const isLanding = ({ status, location, body }: Answer) =>
  status === 302 || status === 303
    ? location !== ''
    : (status === 200 || status === 410) && /<a |<form /.test(body)

const lands = async (url: string): Promise<boolean> => {
  const answered = visit(url, {
    headers: { ...NAVIGATION, 'x-forwarded-for': someAddress() },
  }).then(isLanding, () => false)
  return Promise.race([answered, sleep(PATIENCE, false)])
}

/** A side that was just started, so that what one trouble taught it is no help with the next. */
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
  for (const [trouble, words] of TROUBLES) {
    await polar.set(trouble)
    const [ours, theirs] = await Promise.all([landed(postern, clicks), landed(peer, clicks)])
    lines.push({
      row: `click: lands within 4 s, ${words}`,
      postern: [ours],
      peer: [theirs],
      say: percent,
      aim: { words: '100 %', isMet: (share) => share === 1 },
    })
  }
  await polar.set(null)
  return lines
}
