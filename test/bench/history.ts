// Whether what Postern does costs more with a long history: an event, a click, a page of a list, a look-up, a sweep and a
// scrape, each at two lengths. Both Redis servers run side by side and take turns, so that the ratio is of rounds under similar
// conditions.

import { randomUUID } from 'node:crypto'
import { createTokens } from '../../src/links/token.ts'
import type { Message } from '../../src/messages/message.ts'
import { partsOfMessageId } from '../../src/records/message-id.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { NAVIGATION, press, visit } from '../../src/sandbox/person.ts'
import { count, median } from './figures.ts'
import { compareHistories } from './history/compare.ts'
import { type History, METRICS_TOKEN, openHistories } from './history/open.ts'
import { BOUNCED } from './history/seed.ts'
import { purchaseOf } from './history/templates.ts'
import { LINK_SECRET, type World } from './sides.ts'
import type { Aim, Line } from './table.ts'

/** Entries of a page: no more than bounced. */
const PAGE = BOUNCED

const MAX_RATIO = 1.2

/** Milliseconds. A scrape counts bitmaps, so it grows with the history. */
const MAX_SCRAPE = 100

const tokens = createTokens([LINK_SECRET])

const pathOf = ({ id, recipient, target }: Message, createdAt: number) => {
  const { customerId, memberId } = recipient
  const { recordId } = partsOfMessageId(id)
  return `/l/${tokens.sign({ recordId, customerId, memberId, target, createdAt })}`
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** A customer of the history, each time another. */
const someone = ({ length }: History) => Math.floor(Math.random() * length)

const interpretOne = async (history: History) => {
  const { events, interpret } = history.engine
  const id = randomUUID()
  await events.add(id, Buffer.from(purchaseOf(someone(history))))
  const took = await timed(() => interpret(id))
  const outcome = (await events.load(id))?.outcome
  if (!outcome || 'ignored' in outcome)
    throw new Error(`an event led to no message: ${JSON.stringify(outcome)}`)
  return took
}

/** GET, and POST as the button does, while Polar answers at once. */
const clickOne = async ({ side, latest }: History) => {
  const message = latest[Math.floor(Math.random() * latest.length)] as Message
  const url = `${side.url}${pathOf(message, Math.floor(message.plannedAt / SECOND))}`
  const address = Array.from({ length: 3 }, () => Math.floor(Math.random() * 256)).join('.')
  const headers = { ...NAVIGATION, 'x-forwarded-for': `10.${address}` }
  return timed(async () => {
    const page = await visit(url, { headers })
    const { status, location } = await press(url, page.body, {
      ...headers,
      'sec-fetch-site': 'same-origin',
    })
    if (page.status !== 200 || !location.includes('customer_session_token='))
      throw new Error(`a click ended with ${page.status} and ${status}`)
  })
}

const listOne = (label: string) => (history: History) =>
  timed(async () => {
    const { index, list } = history.engine
    const { found } = await index.list({ label, limit: PAGE })
    const listed = await Promise.all(found.map(list.load))
    if (listed.filter((one) => one !== null).length !== PAGE)
      throw new Error(`a page of ${label} has ${listed.length} messages`)
  })

const findOne = async (history: History) => {
  const { latest, engine } = history
  const { recipient } = latest[Math.floor(Math.random() * latest.length)] as Message
  return timed(async () => {
    const { lines } = await engine.find(recipient.address)
    if (lines.length === 0) throw new Error('a look-up found nothing')
  })
}

/** All ids that are due: of the messages that were decided while this was measured. */
const sweepOne = async ({ engine, advance }: History) => {
  advance(11 * SECOND) // by then what was taken before is due again
  return timed(async () => {
    const { events, deliveries } = engine.due
    const taken = [await deliveries.take('high'), await deliveries.take('low')]
    if (taken.flat().length === 0) throw new Error('nothing was due')
    await events.take('high')
    await events.take('low')
  })
}

const scrapeOne = ({ side }: History) =>
  timed(async () => {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
    const { status, body } = await visit(`${side.url}/metrics`, { headers })
    if (status !== 200 || !/^postern_messages\{/m.test(body))
      throw new Error(`a scrape was answered with ${status}`)
  })

/** `most` is in milliseconds; without it the aim is a ratio. */
type Step = { times: number; one: (history: History) => Promise<number>; most?: number }

const STEPS: Record<string, Step> = {
  'an event interpreted': { times: 50, one: interpretOne },
  'a click (GET and POST)': { times: 25, one: clickOne },
  'a page of what was delivered': { times: 25, one: listOne('delivery:delivered') },
  'a page of what bounced': { times: 25, one: listOne('delivery:bounced') },
  'a look-up by address': { times: 25, one: findOne },
  'a sweep': { times: 25, one: sweepOne },
  'a scrape of the metrics': { times: 15, one: scrapeOne, most: MAX_SCRAPE },
}

/** The median of a step in a round. */
const measure = async (history: History, name: string) => {
  const { times, one } = STEPS[name] as (typeof STEPS)[string]
  const took: number[] = []
  for (let n = 0; n < times; n++) took.push(await one(history))
  return median(took)
}

const aimOf = (name: string, few: number): Aim => {
  const most = STEPS[name]?.most
  return most === undefined
    ? { text: `≤ ${MAX_RATIO}× of ${count(few)}`, isMet: (_, ratio) => ratio <= MAX_RATIO }
    : { text: `< ${most} ms`, isMet: (took) => took < most }
}

export const history = async (world: World, isShort: boolean): Promise<Line[]> => {
  const { short, long } = await openHistories(world, isShort)
  return compareHistories({
    ...{ row: 'history', short, long },
    names: Object.keys(STEPS),
    rounds: isShort ? 3 : 7,
    measure,
    aimOf: (name) => aimOf(name, short.length),
  })
}
