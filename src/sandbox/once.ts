// The story without a browser: for each of its emails webhook → message → email → click → session, checked at every step.

import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../runtime/clock.ts'
import { visit } from './person.ts'
import { tellStory } from './story.ts'
import type { System } from './system.ts'

const PATIENCE = 30 * SECOND

function check(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(`expected ${what}`)
}

const until = async <T>(what: string, look: () => T | undefined): Promise<T> => {
  const end = Date.now() + PATIENCE
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    check(Date.now() < end, what)
    await sleep(10)
  }
}

/** The first link of an email's text part. */
const linkIn = (text: string, origin: string): string => {
  const link = text.match(/https?:\/\/\S+\/l\/[\w-]+/)?.[0]
  check(link?.startsWith(`${origin}/l/`), 'a tracked link in the text part')
  return link ?? ''
}

type Told = Awaited<ReturnType<typeof tellStory>>[keyof Awaited<ReturnType<typeof tellStory>>]

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
  told: Told,
  chapter: (typeof CHAPTERS)[number],
  say: (line: string) => void,
) => {
  const step = (name: string, words: string) => say(`  ${name.padEnd(8)} ${words}`)
  say(chapter.name)

  for (const { type, status } of told.deliveries)
    check(status === 202, `202 for ${type}, not ${status}`)
  step('webhook', `${told.deliveries.map(({ type }) => type).join(', ')}: signed, stored, 202`)

  const email = await until(`an email of kind ${chapter.kind}`, () =>
    system.resendWorld.inbox().find(({ tags }) => tags.some(({ value }) => value === chapter.kind)),
  )
  const message = email.tags.find(({ name }) => name === 'message')?.value
  step('message', `${chapter.kind} ${message}`)
  step('email', `"${email.subject}" to ${email.to.join(', ')}`)

  const link = linkIn(email.text ?? '', system.postern)
  const machine = await visit(link, { method: 'HEAD' })
  check(machine.status === 200, 'no session for a machine')
  const { status, location } = await visit(link)
  check(status === 302, `302 for a person, not ${status}`)
  check(chapter.page.test(location), 'the right page of the portal')
  step('click', `HEAD mints nothing; a person goes to ${new URL(location).pathname}`)

  const session = system.polarWorld
    .sessions()
    .find(({ customer_id }) => customer_id === told.customerId)
  check(session, 'a session for the customer')
  const page = await fetch(location)
  check(page.status === 200, `the portal's page, not ${page.status}`)
  step('session', `minted at the click, lives until ${session.expires_at}; the portal opens`)
}

/**
 * Walks the story and says each step.
 * @throws at the first step that is not as it should be.
 */
export const walkStory = async (system: System, say: (line: string) => void) => {
  const story = await tellStory(system.polarWorld)
  await until('three emails', () =>
    system.resendWorld.inbox().length === CHAPTERS.length ? true : undefined,
  )
  await system.settle()
  system.clock.advance(2 * MINUTE)
  for (const chapter of CHAPTERS) await walk(system, story[chapter.of], chapter, say)
  say('The story holds.')
}
