// The time of each page of the operator's console with a long history, from the request to its last byte, at two lengths. Both
// services run side by side and take turns.

import type { Message } from '../../src/messages/message.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { median } from './figures.ts'
import { compareHistories } from './history/compare.ts'
import { CONSOLE_PASSWORD, type History, openHistories } from './history/open.ts'
import type { World } from './sides.ts'
import type { Line } from './table.ts'

/** Milliseconds. */
const AIM = 100

/** Loads of a page in a round. */
const TIMES = 15

const HERE = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' }

type Console = History & { cookie: string }

const signIn = async (history: History): Promise<Console> => {
  const { status, headers } = await visit(`${history.side.url}/console/sign-in`, {
    method: 'POST',
    headers: { ...HERE, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ password: CONSOLE_PASSWORD }).toString(),
  })
  if (status !== 303) throw new Error(`signing in ended with ${status}`)
  return { ...history, cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' }
}

const load = async ({ side, cookie }: Console, path: string): Promise<string> => {
  const { status, body } = await visit(`${side.url}${path}`, { headers: { ...HERE, cookie } })
  if (status !== 200) throw new Error(`${path} answered ${status}`)
  return body
}

/** A page in the middle of all messages: an operator goes on by "Older" from a day. */
const inTheMiddle = (day: number) => {
  const until = new Date(Date.now() - day * 86_400_000).toISOString().slice(0, 10)
  return `/console/messages?until=${until}`
}

const someMessage = ({ latest }: Console) =>
  latest[Math.floor(Math.random() * latest.length)] as Message

const PAGES: Record<string, (console: Console) => string> = {
  'the overview': () => '/console?days=90',
  'the newest messages': () => '/console/messages',
  'messages of 150 days ago': () => inTheMiddle(150),
  'what bounced': () => '/console/messages?state=bounced',
  'a message': (console) => `/console/messages/${someMessage(console).id}`,
  'a customer': (console) => `/console/customers/${someMessage(console).recipient.customerId}`,
  'the newest events': () => '/console/events',
}

const measure = async (console: Console, name: string) => {
  const path = PAGES[name] as (typeof PAGES)[string]
  const took: number[] = []
  for (let n = 0; n < TIMES; n++) {
    const began = performance.now()
    await load(console, path(console))
    took.push(performance.now() - began)
  }
  return median(took)
}

export const consolePages = async (world: World, isShort: boolean): Promise<Line[]> => {
  const { short, long } = await openHistories(world, isShort)
  return compareHistories({
    ...{ row: 'console', short: await signIn(short), long: await signIn(long) },
    names: Object.keys(PAGES),
    rounds: isShort ? 3 : 5,
    measure,
    aimOf: () => ({ text: `< ${AIM} ms`, isMet: (took) => took < AIM }),
  })
}
