// npm run schedule: lists what falls due, soonest first, and why. With --cancel it cancels one reminder of the list.

import { createCancelReminder } from '../operator/cancel-reminder.ts'
import { sayWith } from '../operator/says.ts'
import { CANCELLED, cancelling, nameOf, scheduledText, whyOf } from '../operator/schedule-words.ts'
import { createUpcoming, customerOf, subjectOf, type Upcoming } from '../operator/upcoming.ts'
import { createDue } from '../redis/due.ts'
import { shardIdOf } from '../schedule/entries.ts'
import { parsed } from './arguments.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { type CommandOutput, minuteOf, output } from './output.ts'

const USAGE = [
  'npm run schedule                                  what falls due next',
  'npm run schedule -- <customer or subscription>    what falls due for it',
  'npm run schedule -- --cancel <reminder>           cancels a reminder, named as the list names it',
]

/** Entries of a list. */
const SHOWN = 50

type Given = { about: string | undefined } | { cancel: string }

const givenIn = (args: readonly string[]): Given | null => {
  const found = parsed(args, { cancel: { type: 'string' } })
  if (found.positionals.length > 1) return null
  const [about] = found.positionals
  const { cancel } = found.values
  if (cancel === undefined) return { about }
  return about === undefined && cancel !== '' ? { cancel } : null
}

const lineOf = (one: Upcoming, now: number): string => {
  const about = [customerOf(one.entry), subjectOf(one.entry)].filter((id) => id !== null)
  const plan = one.reminder?.plan ? ` (${one.reminder.plan})` : ''
  const whose = about.length > 0 ? `  ${about.join(' ')}` : ''
  const id = one.reminderId === null ? '' : `  ${one.reminderId}`
  return `${minuteOf(one.at)}  ${nameOf(one)}${plan}: ${sayWith(whyOf(one, now), minuteOf)}${whose}${id}`
}

const partsOf = (context: Context) => {
  const { redis, clock, note } = context
  const { customers, compareAndSet } = context.stores()
  const due = createDue(redis, 'schedule', clock, shardIdOf)
  return { due, customers, compareAndSet, clock, note, policy: context.reminderPolicy() }
}

type Parts = ReturnType<typeof partsOf>

const list = async (parts: Parts, about: string | undefined): Promise<CommandOutput> => {
  const { page, about: entriesAbout } = createUpcoming(parts, SHOWN)
  const { upcoming, next, total } =
    about === undefined
      ? await page(null)
      : { upcoming: await entriesAbout(about), next: null, total: 0 }
  const now = parts.clock.now()
  if (upcoming.length === 0)
    return output(
      about === undefined ? 'Nothing is scheduled.' : `Nothing is scheduled for ${about}.`,
    )
  const more = next
    ? [
        `${scheduledText(total)} in all.`,
        'More follow. Name a customer or a subscription to see what falls due for it.',
      ]
    : []
  return output(...upcoming.map((one) => lineOf(one, now)), ...more)
}

const cancelOne = async (parts: Parts, id: string): Promise<CommandOutput> => {
  const [subscription = ''] = id.split(':')
  const upcoming = await createUpcoming(parts, SHOWN).about(subscription)
  const found = upcoming.find(({ reminderId }) => reminderId === id)
  if (found?.entry.what !== 'subscription' || !found.reminder)
    return { lines: [], errors: [CANCELLED.changed] }
  const lines = [lineOf(found, parts.clock.now()), cancelling(found.reminder)]
  const done = await createCancelReminder(parts)(found.entry.ref, found.reminder.name)
  return done === 'cancelled'
    ? output(...lines, CANCELLED.cancelled)
    : { lines, errors: [CANCELLED[done]] }
}

export const schedule = command({
  usage: USAGE,
  given: givenIn,
  run: (context, given) => {
    const parts = partsOf(context)
    return 'cancel' in given ? cancelOne(parts, given.cancel) : list(parts, given.about)
  },
})
