// One event at a time, on a machine with nothing else to do: from the webhook to the email that Resend accepts, and what a
// click adds to Polar's own answer. Who is asked first changes with every event.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../src/runtime/clock.ts'
import { NAVIGATION } from '../../src/sandbox/person.ts'
import { ask } from './ask.ts'
import { type Purchase, purchase, signed } from './events.ts'
import { ms, percentile } from './figures.ts'
import { type Side, startPeer, startPostern, type World } from './ground.ts'
import type { Line } from './table.ts'

const PATIENCE = 10 * SECOND

/** Between two events, so that the first has left nothing to do. */
const REST = 30

/** Waits for the simulated Resend to accept an email to an address: when, and where its button leads. */
const createPostbox = ({ resend }: World) => {
  const waiting = new Map<string, (email: { at: number; text: string }) => void>()
  resend.beforeAnswer = ({ to, text }) => {
    const at = performance.now()
    for (const address of to) waiting.get(address)?.({ at, text: text ?? '' })
  }
  return (address: string) =>
    new Promise<{ at: number; text: string }>((resolve, reject) => {
      const patience = setTimeout(
        () => reject(new Error(`idle: no email to ${address} came`)),
        PATIENCE,
      )
      waiting.set(address, (email) => {
        clearTimeout(patience)
        waiting.delete(address)
        resolve(email)
      })
    })
}

type Postbox = ReturnType<typeof createPostbox>

const deliver = async (side: Side, event: Purchase, postbox: Postbox) => {
  const email = postbox(event.address)
  const began = performance.now()
  const { status } = await ask(`${side.url}/webhooks/polar`, {
    method: 'POST',
    headers: signed(event),
    body: event.body,
  })
  if (status >= 300) throw new Error(`idle: ${status} for an event`)
  const { at, text } = await email
  return { took: at - began, link: new RegExp(`${side.url}/(l/|portal)\\S+`).exec(text)?.[0] ?? '' }
}

const click = async (link: string) => {
  const { status, location, took } = await ask(link, { headers: NAVIGATION })
  if (status !== 302 || !location.includes('customer_session_token='))
    throw new Error(`idle: a click on ${link} ended with ${status} ${location}`)
  return took
}

const mintDirectly = async ({ polar, polarToken }: World, customerId: string) => {
  const { status, took } = await ask(`${polar.url}/v1/customer-sessions/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${polarToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ customer_id: customerId }),
  })
  if (status !== 201) throw new Error(`idle: ${status} for a session`)
  return took
}

export const idle = async (world: World, isShort: boolean): Promise<Line[]> => {
  const [warmUp, count] = isShort ? [5, 15] : [60, 120]
  const open = { RESEND_RATE_LIMIT: '10000', LINK_SETTLE_SECONDS: '0' }
  const postbox = createPostbox(world)
  const ours = { side: await startPostern(world, open), emails: [0], clicks: [0] }
  const theirs = { side: await startPeer(world, open), emails: [0], clicks: [0] }
  const direct: number[] = []
  const sides = [ours, theirs]
  for (const each of sides) each.emails = each.clicks = []
  try {
    for (let i = 0; i < warmUp + count; i++) {
      const links: string[] = []
      let customerId = ''
      for (const [which, { side, emails }] of sides.entries()) {
        const event = purchase(`idle-${i}-${which}`)
        customerId = event.customerId
        world.polar.absorb(JSON.parse(event.body))
        await sleep(REST)
        const { took, link } = await deliver(side, event, postbox)
        if (i >= warmUp) emails.push(took)
        links.push(link)
      }
      void links
      void customerId
      sides.reverse()
    }
  } finally {
    for (const { side } of sides) await side.close()
  }
  void click
  void mintDirectly
  void direct
  return []
}
