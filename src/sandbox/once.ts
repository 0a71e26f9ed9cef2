// Walks through the story without a browser and checks each step: webhook → message → email → click → session.

import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../runtime/clock.ts'
import { visit } from './person.ts'
import { playStory } from './story.ts'
import type { System } from './system.ts'

const TIMEOUT = 30 * SECOND

function check(holds: unknown, expected: string): asserts holds {
  if (!holds) throw new Error(`expected ${expected}`)
}

const until = async <T>(expected: string, find: () => T | undefined): Promise<T> => {
  const end = Date.now() + TIMEOUT
  for (;;) {
    const found = find()
    if (found !== undefined) return found
    check(Date.now() < end, expected)
    await sleep(10)
  }
}

/** The first link of an email's text part. */
const linkIn = (text: string, origin: string): string => {
  const link = text.match(/https?:\/\/\S+\/l\/[\w-]+/)?.[0]
  check(link?.startsWith(`${origin}/l/`), 'a tracked link in the text part')
  return link ?? ''
}

type Played = Awaited<ReturnType<typeof playStory>>[keyof Awaited<ReturnType<typeof playStory>>]

const CHAPTERS = [
  { name: 'A purchase', of: 'purchase', kind: 'order_confirmation', page: /\/portal\/orders\// },
  { name: 'A renewal', of: 'renewal', kind: 'subscription_cycled', page: /\/portal\/orders\// },
  {
    name: 'A declined card',
    of: 'failure',
    kind: 'subscription_past_due',
    page: /\/portal\/orders\//,
  },
] as const

const walk = async (
  system: System,
  played: Played,
  chapter: (typeof CHAPTERS)[number],
  say: (line: string) => void,
) => {
  const step = (name: string, text: string) => say(`  ${name.padEnd(8)} ${text}`)
  say(chapter.name)

  for (const { type, status } of played.deliveries)
    check(status === 202, `202 for ${type}, not ${status}`)
  step(
    'webhook',
    `${played.deliveries.map(({ type }) => type).join(', ')}: verified, stored, answered 202`,
  )

  const email = await until(`an email of kind ${chapter.kind}`, () =>
    system.resendWorld.inbox().find(({ tags }) => tags.some(({ value }) => value === chapter.kind)),
  )
  const message = email.tags.find(({ name }) => name === 'message')?.value
  step('message', `${chapter.kind} ${message}`)
  step('email', `"${email.subject}" to ${email.to.join(', ')}`)

  const link = linkIn(email.text ?? '', system.postern)
  const machine = await visit(link, { method: 'HEAD' })
  check(machine.status === 200, `200 for a machine, not ${machine.status}`)
  const { status, location } = await visit(link)
  check(status === 302, `302 for a person, not ${status}`)
  check(chapter.page.test(location), 'the right page of the portal')
  step(
    'click',
    `a scanner's HEAD mints no session; a person is redirected to ${new URL(location).pathname}`,
  )

  const session = system.polarWorld
    .sessions()
    .find(({ customer_id }) => customer_id === played.customerId)
  check(session, 'a session for the customer')
  const page = await fetch(location)
  check(page.status === 200, `the portal's page, not ${page.status}`)
  step('session', `minted at the click, valid until ${session.expires_at}; the portal page opens`)
}

/**
 * Plays the story and prints each step.
 * @throws at the first step that fails.
 */
export const walkStory = async (system: System, say: (line: string) => void) => {
  const story = await playStory(system.polarWorld)
  await until('three emails', () =>
    system.resendWorld.inbox().length === CHAPTERS.length ? true : undefined,
  )
  await system.settle()
  system.clock.advance(2 * MINUTE)
  for (const chapter of CHAPTERS) await walk(system, story[chapter.of], chapter, say)
  say('The story holds.')
}
