// The timeline of a message in words: from Polar's event to the session in its portal. Pure.

import type { Click } from '../clicks/store.ts'
import { type InterpretedEvent, isInterpreted, type StoredEvent } from '../events/record.ts'
import type { Step } from './story.ts'
import { ENDINGS, EVIDENCE, HELD, inWords, NOT_SENT, outcomeText } from './words.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'quiet'

/** One line of a timeline. `at` in milliseconds; `event` or `message` is the id of what it is about. */
export type Moment = {
  at: number
  tone: Tone
  title: string
  text?: string
  event?: string
  message?: string
}

type Words = Omit<Moment, 'at' | 'event'>

const REPORTED: Record<string, Tone> = {
  delivered: 'good',
  delayed: 'warn',
  bounced: 'bad',
  complained: 'bad',
  failed: 'bad',
  suppressed: 'bad',
}

const VISITORS: Record<Click['visitor'], Words> = {
  person: { tone: 'accent', title: 'A person followed a link' },
  machine: { tone: 'quiet', title: 'A machine opened a link' },
  unsure: { tone: 'quiet', title: 'Somebody opened a link, a person or a machine' },
}

const evidenceText = ({ evidence, ending }: Click): string => {
  const because = evidence.map((one) => EVIDENCE[one]).join('; ')
  return `${because ? `Because ${because}. ` : ''}${ENDINGS[ending]}`
}

const detail = (because: string | undefined): Pick<Words, 'text'> =>
  because === undefined ? {} : { text: `Because: ${because}` }

/** A reason in words; as it is kept where no words are known for it. */
const said = (words: Record<string, string>, because = ''): string => words[because] ?? because

const AGAIN = 'Sent again by an operator'

/** The words for what happened to a delivery. */
const DELIVERY: Record<string, (because: string | undefined, says: string | undefined) => Words> = {
  claimed: () => ({
    ...{ tone: 'quiet', title: 'Email composed' },
    text: 'It goes to Resend in a request of its own.',
  }),
  batched: () => ({
    ...{ tone: 'quiet', title: 'Email composed' },
    text: 'It goes to Resend in a batch.',
  }),
  repeated: () => ({ tone: 'quiet', title: 'Tried again, under the same idempotency key' }),
  retry_scheduled: (because) => ({
    ...{ tone: 'warn', title: 'Attempt failed, to be repeated' },
    ...detail(because),
  }),
  requeued: (because) => ({
    ...{ tone: 'warn', title: 'Not sent, to be composed again' },
    ...detail(because),
  }),
  unconfirmed: (because) => ({
    ...{ tone: 'warn', title: 'Not known whether it was sent: Postern asks Resend' },
    ...detail(because),
  }),
  accepted: () => ({ tone: 'accent', title: 'Accepted by Resend' }),
  adopted: () => ({
    ...{ tone: 'accent', title: 'Accepted by Resend' },
    text: 'Redis had forgotten it: it was restored from an older backup. Postern learned it from Resend.',
  }),
  reported: (because = '', says) => ({
    tone: REPORTED[because] ?? 'quiet',
    title: `Resend reports: ${inWords(because).toLowerCase()}`,
    ...(says && { text: says }),
  }),
  not_sent: (because) => ({ tone: 'quiet', title: 'Not sent', text: said(NOT_SENT, because) }),
  held: (because) => ({ tone: 'warn', title: 'Held until you decide', text: said(HELD, because) }),
  failed: (because) => ({ tone: 'bad', title: 'Refused for good', ...detail(because) }),
  released: () => ({ tone: 'accent', title: 'Released by an operator' }),
  sent_again: (as = '') => ({ tone: 'accent', title: AGAIN, text: 'As', message: as }),
}

const clickMoments = (at: number, click: Click): Moment[] => {
  const visit = { at, ...VISITORS[click.visitor], text: evidenceText(click) }
  const session: Moment = { at, tone: 'good', title: 'Session at Polar’s portal begun' }
  return click.ending === 'signed_in' ? [visit, session] : [visit]
}

const wordsOf = ({ source, what, because, says }: Step): Words => {
  if (what === 'sent again') return { tone: 'accent', title: AGAIN, text: `It is ${because}.` }
  if (source === 'message')
    return { tone: 'accent', title: 'Message decided', text: `It is about ${because}` }
  return (
    DELIVERY[what]?.(because, says) ?? { tone: 'quiet', title: inWords(what), ...detail(because) }
  )
}

const momentsOf = (step: Step, eventId: string | null): Moment[] => {
  const { at, source, because = '' } = step
  if (step.click) return clickMoments(at, step.click)
  if (source !== 'event') return [{ at, ...wordsOf(step) }]
  const words: Words = eventId
    ? { tone: 'quiet', title: 'Event received', text: because.split(' ')[0] ?? '' }
    : { tone: 'quiet', title: 'Fell due by the schedule', text: because }
  return [{ at, ...words, ...(eventId && { event: eventId }) }]
}

/** The outcome stands before the message that it brought; a later interpretation changes nothing in that. */
const interpreted = (event: InterpretedEvent, decidedAt: number): Moment => ({
  at: Math.min(event.interpretedAt, decidedAt),
  tone: 'quiet',
  title: 'Event interpreted',
  text: `${event.isBackfilled ? 'Its webhook never came; the backfill found it. ' : ''}${outcomeText(event.outcome)}`,
})

/**
 * The moments of a message's story, oldest first.
 * @param event the stored event that the message was decided for; `null` where it has none, or it is gone.
 */
export const timelineOf = (
  steps: readonly Step[],
  eventId: string | null,
  event: StoredEvent | null,
): Moment[] =>
  steps.flatMap((step) => {
    const moments = momentsOf(step, eventId)
    const isDecided = step.what === 'message decided' && isInterpreted(event)
    return isDecided ? [interpreted(event, step.at), ...moments] : moments
  })
