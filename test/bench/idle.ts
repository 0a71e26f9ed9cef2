// One event at a time, with nothing else to do: from the webhook to the email that Resend accepts, and what a click adds to
// Polar's own answer. Both sides get each in turn, and who goes first changes every time.

import { setTimeout as sleep } from 'node:timers/promises'
import { createReleases } from '../../src/runtime/releases.ts'
import { NAVIGATION } from '../../src/sandbox/person.ts'
import { ask } from './ask.ts'
import { PRODUCT, type Purchase, purchase, signed } from './events.ts'
import { median, ms, percentile } from './figures.ts'
import { type Side, startPeer, startPostern, type World } from './ground.ts'
import { createPostbox, type Postbox } from './postbox.ts'
import type { Line } from './table.ts'

/** Before an event, so that the one before it has left nothing to do. */
const REST = 25

/** From a webhook to its email, and the link in it. */
const tell = async ({ url }: Side, event: Purchase, postbox: Postbox) => {
  const arrival = postbox.expect(event.address)
  arrival.catch(() => {}) // of no interest when the event itself was refused
  const headers = signed(event)
  const began = performance.now()
  const { status } = await ask(`${url}/webhooks/polar`, {
    method: 'POST',
    headers,
    body: event.body,
  })
  if (status !== 200 && status !== 202) throw new Error(`an event was answered with ${status}`)
  const { at, text } = await arrival
  const link = text.match(/http:\/\/[\d.:]+\/(?:l\/|portal\?customer=)[\w-]+/)?.[0]
  if (!link) throw new Error('an email has no link')
  return { took: at - began, link }
}

/** A person follows a link and is sent into the portal, signed in. */
const click = async (link: string): Promise<number> => {
  const { status, location, took } = await ask(link, { headers: NAVIGATION })
  if (status !== 302 || !location.includes('customer_session_token='))
    throw new Error(`a click ended with ${status}`)
  return took
}

const mint = async ({ polar, polarToken }: World, customerId: string): Promise<number> => {
  const { status, took } = await ask(`${polar.url}/v1/customer-sessions/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${polarToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ customer_id: customerId }),
  })
  if (status !== 201) throw new Error(`Polar answered ${status} for a session`)
  return took
}

type Measured = { side: Side; emails: number[]; clicks: number[] }

/** One purchase for a side, its email, and a click on it: beside the same session minted directly. */
const turn = async (world: World, postbox: Postbox, { side, emails, clicks }: Measured) => {
  const event = purchase(`idle-${crypto.randomUUID()}`, PRODUCT)
  world.polar.applyEvent(JSON.parse(event.body))
  await sleep(REST)
  const { took, link } = await tell(side, event, postbox)
  await sleep(REST)
  const [clicked, minted] = [await click(link), await mint(world, event.customerId)]
  emails.push(took)
  clicks.push(clicked - minted)
}

const lines = (ours: Measured, theirs: Measured): Line[] => {
  const p90 = ({ emails }: Measured) => [percentile(emails, 0.9)]
  return [
    {
      row: 'idle: webhook to accepted email, p50',
      postern: [median(ours.emails)],
      peer: [median(theirs.emails)],
      say: ms,
      aim: {
        words: '≤ 1.1×, < 25 ms',
        isMet: (took, ratio) => ratio <= 1.1 && took < 25,
      },
    },
    { row: 'idle: the same, p90', postern: p90(ours), peer: p90(theirs), say: ms },
    {
      row: "idle: a click, beyond Polar's own answer",
      postern: [median(ours.clicks)],
      peer: [median(theirs.clicks)],
      say: ms,
      aim: { words: '< 2 ms', isMet: (added) => added < 2 },
    },
  ]
}

export const idle = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [warmUp, count] = isShort ? [5, 15] : [50, 100]
  const open = { RESEND_RATE_LIMIT: '10000', LINK_SETTLE_SECONDS: '0' }
  const postbox = createPostbox(world)
  const releases = createReleases()
  const measured = async (starting: Promise<Side>): Promise<Measured> => {
    const side = releases.add(await starting, ({ close }) => close())
    return { side, emails: [], clicks: [] }
  }
  try {
    const ours = await measured(startPostern(world, open))
    const theirs = await measured(startPeer(world, open))
    for (let i = 0; i < warmUp + count; i++) {
      for (const side of i % 2 ? [ours, theirs] : [theirs, ours]) await turn(world, postbox, side)
    }
    for (const values of [ours, theirs].flatMap(({ emails, clicks }) => [emails, clicks]))
      values.splice(0, warmUp)
    return lines(ours, theirs)
  } finally {
    postbox.close()
    await releases.close()
  }
}
