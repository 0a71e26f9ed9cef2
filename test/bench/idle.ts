// Sends one event at a time: measures the time from the webhook to the accepted email, and the time that a click adds to Polar's
// own answer. Both sides take turns, and the first one changes each time. The limit of a click is a bare endpoint, which counts
// it, asks Polar and redirects.

import { setTimeout as sleep } from 'node:timers/promises'
import { createReleases } from '../../src/runtime/releases.ts'
import { NAVIGATION } from '../../src/sandbox/person.ts'
import { PRODUCT, type Purchase, purchase, signed } from './events.ts'
import { median, ms, percentile } from './figures.ts'
import { createPostbox, type Postbox } from './postbox.ts'
import { timedRequest } from './request.ts'
import { type Side, startBare, startPeer, startPostern, type World } from './sides.ts'
import type { Line } from './table.ts'

/** Before an event, so that the earlier one leaves no work. */
const REST = 25

/** Before a click: until Postern has recorded when the email was accepted, it takes any visitor for a scanner. */
const RECORDED = 100

/** Posts a webhook and waits for its email. Resolves with the time and the link in the email. */
const deliver = async ({ url }: Side, event: Purchase, postbox: Postbox) => {
  const arrival = postbox.expect(event.address)
  arrival.catch(() => {}) // ignored if the event itself was refused
  const headers = signed(event)
  const began = performance.now()
  const { status } = await timedRequest(`${url}/webhooks/polar`, {
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

/** Follows a link as a person, and checks that it leads into the portal, signed in. */
const click = async (link: string): Promise<number> => {
  const { status, location, took } = await timedRequest(link, { headers: NAVIGATION })
  if (status !== 302 || !location.includes('customer_session_token='))
    throw new Error(`a click ended with ${status}`)
  return took
}

const mint = async ({ polar, polarToken }: World, customerId: string): Promise<number> => {
  const { status, took } = await timedRequest(`${polar.url}/v1/customer-sessions/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${polarToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ customer_id: customerId }),
  })
  if (status !== 201) throw new Error(`Polar answered ${status} for a session`)
  return took
}

type Measured = { side: Side; emails: number[]; clicks: number[] }

/** The time of a click beyond that of a session which is minted directly at Polar, in milliseconds. */
const added = async (world: World, link: string, customerId: string): Promise<number> => {
  await sleep(RECORDED)
  const [clicked, minted] = [await click(link), await mint(world, customerId)]
  return clicked - minted
}

/** One purchase of a side with its email and a click, and a click of the same customer at the bare endpoint. */
const turn = async (
  world: World,
  postbox: Postbox,
  { side, emails, clicks }: Measured,
  bare: Measured,
) => {
  const event = purchase(`idle-${crypto.randomUUID()}`, PRODUCT)
  world.polar.applyEvent(JSON.parse(event.body))
  await sleep(REST)
  const { took, link } = await deliver(side, event, postbox)
  emails.push(took)
  clicks.push(await added(world, link, event.customerId))
  const bareLink = `${bare.side.url}/portal?customer=${event.customerId}`
  bare.clicks.push(await added(world, bareLink, event.customerId))
}

const lines = (ours: Measured, theirs: Measured, bare: Measured): Line[] => {
  const p90 = ({ emails }: Measured) => [percentile(emails, 0.9)]
  return [
    {
      row: 'idle: webhook to accepted email, p50',
      postern: [median(ours.emails)],
      peer: [median(theirs.emails)],
      format: ms,
      aim: {
        text: '≤ 1.1×, < 25 ms',
        isMet: (took, ratio) => ratio <= 1.1 && took < 25,
      },
    },
    { row: 'idle: the same, p90', postern: p90(ours), peer: p90(theirs), format: ms },
    {
      row: "idle: a click, beyond Polar's own answer",
      postern: [median(ours.clicks)],
      peer: [median(theirs.clicks)],
      limit: [median(bare.clicks)],
      format: ms,
      aim: { text: '< 2 ms', isMet: (added) => added < 2 },
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
    const bare = await measured(startBare(world))
    for (let i = 0; i < warmUp + count; i++) {
      for (const side of i % 2 ? [ours, theirs] : [theirs, ours])
        await turn(world, postbox, side, bare)
    }
    // The bare endpoint is clicked in both sides' turns.
    bare.clicks.splice(0, warmUp)
    for (const values of [ours, theirs, bare].flatMap(({ emails, clicks }) => [emails, clicks]))
      values.splice(0, warmUp)
    return lines(ours, theirs, bare)
  } finally {
    postbox.close()
    await releases.close()
  }
}
