// Lays outages of webhooks over what happens to customers, side by side in one system: each customer lives through a story, and
// loses other webhooks of it.

import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import type { TestSystem } from './system.ts'

/** The customer's address, and the ids of what the story has made last. */
export type Shopper = { email: string; customerId: string; subscriptionId: string; orderId: string }

type Scenario = TestSystem['polarWorld']['scenario']

/** Something that happens at Polar. It resolves with the ids that it made. */
export type Happening = (scenario: Scenario, shopper: Shopper) => Promise<object>

export type Story = readonly Happening[]

/** A point in a story: webhooks of a happening, counted from 0. */
export type Point = { happening: number; webhook: number }

/** `from` and `to` are lost too. */
export type Loss = { from: Point; to: Point }

export type Customer = { story: Story; loss: Loss | null }

/** `minutes`: Polar tries again; `hour`: it gives up; `disabled`: it makes no webhooks. */
export type Trouble = 'minutes' | 'hour' | 'disabled'

/** Between two happenings. Postern looks for missed webhooks once a day. */
export const GAP = DAY + 2 * HOUR

/** One email: its kind and subject, after which happening it came, and its message. */
export type Mail = { kind: string; what: string; happening: number; message: string }

const isBefore = (a: Point, b: Point) =>
  a.happening < b.happening || (a.happening === b.happening && a.webhook < b.webhook)

const isIn = (loss: Loss | null, point: Point): boolean =>
  loss !== null && !isBefore(point, loss.from) && !isBefore(loss.to, point)

/** Plays a happening, some of whose webhooks may be lost. @returns how many Polar made. */
const happen = async (
  { polarWorld: { webhooks, scenario } }: TestSystem,
  { customer: { story, loss }, shopper }: Life,
  happening: number,
  trouble: Trouble,
): Promise<number> => {
  let webhook = 0
  const isLost = () => isIn(loss, { happening, webhook })
  const enable = () => {
    if (trouble === 'disabled') webhooks.change({ enabled: !isLost() })
  }
  webhooks.fault = () => {
    const fault = isLost() ? 'unreachable' : undefined
    webhook += 1
    enable()
    return fault
  }
  enable()
  Object.assign(shopper, await story[happening]?.(scenario, shopper))
  webhooks.fault = undefined
  webhooks.change({ enabled: true })
  return webhook
}

/** Time goes on. As long as the trouble lasts, Polar tries again in vain. */
const goOn = async (system: TestSystem, trouble: Trouble) => {
  const { webhooks } = system.polarWorld
  await system.settle()
  if (trouble !== 'disabled') {
    webhooks.fault = 'unreachable'
    await system.advance(trouble === 'hour' ? HOUR : 5 * MINUTE)
    webhooks.fault = undefined
    // Polar disables an endpoint that failed too often, and its merchant enables it again.
    webhooks.change({ enabled: true })
  }
  await system.advance(GAP)
}

type Life = { customer: Customer; shopper: Shopper }

const tagOf = (tags: readonly { name: string; value: string }[], name: string) =>
  tags.find((tag) => tag.name === name)?.value ?? ''

/** Emails by address. `starts` has the time at which each happening began. */
const mailsOf = (system: TestSystem, starts: readonly number[]): Map<string, Mail[]> => {
  const mails = new Map<string, Mail[]>()
  for (const { to, tags, subject, accepted_at } of system.mails()) {
    const kind = tagOf(tags, 'kind')
    const at = Date.parse(accepted_at)
    const mail = {
      ...{ kind, what: `${kind}: ${subject}`, message: tagOf(tags, 'message') },
      happening: starts.findLastIndex((start) => start <= at),
    }
    mails.set(to[0] ?? '', [...(mails.get(to[0] ?? '') ?? []), mail])
  }
  return mails
}

/** @param after each happening. @returns how many webhooks each happening of a customer had, and their emails so far. */
export const live = async (
  system: TestSystem,
  customers: readonly Customer[],
  trouble: Trouble,
  after: typeof goOn = goOn,
) => {
  const lives = customers.map((customer, n): Life => {
    const ids = { customerId: '', subscriptionId: '', orderId: '' }
    return { customer, shopper: { email: `shopper-${n}@example.com`, ...ids } }
  })
  const made: number[][] = customers.map(() => [])
  const starts: number[] = []
  for (let n = 0; n < Math.max(...customers.map(({ story }) => story.length)); n++) {
    starts.push(system.clock.now())
    for (const [at, life] of lives.entries())
      if (n < life.customer.story.length) made[at]?.push(await happen(system, life, n, trouble))
    await after(system, trouble)
  }
  const emails = () => {
    const mails = mailsOf(system, starts)
    return lives.map(({ shopper }) => mails.get(shopper.email) ?? [])
  }
  return { made, emails }
}

/** The texts that are in `some` more often than in `others`. */
export const beyond = (some: readonly string[], others: readonly string[]): string[] => {
  const left = [...others]
  return some.filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
