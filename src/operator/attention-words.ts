// One sentence for each thing that needs attention, with its tone and the records that show more.

import type { HeldBy, PausedBecause } from '../resend/pause.ts'
import { type FindingName, sentenceOf } from '../watch/finding.ts'
import { type Attention, MOST_COUNTED, RECENT_DAYS } from './attention.ts'
import type { Says } from './says.ts'
import { inWords } from './words.ts'

export type Line = {
  key: string
  /** `quiet`: it needs no action. */
  tone: 'bad' | 'warn' | 'quiet'
  label: string
  says: Says
  /** Where to see more: messages of a state, or events of an outcome. */
  more?: { messages: string } | { events: string }
}

const HELD: Record<HeldBy, string> = {
  command: 'An operator holds all mail. Nothing is sent until all mail is released.',
  console: 'An operator holds all mail. Nothing is sent until all mail is released.',
  setting:
    'SEND_MODE=hold holds all mail. Nothing is sent until Postern starts in another mode, or all mail is released.',
  gap: 'Postern was away, and asks Resend what was sent since its last heartbeat: Redis may have been restored from an older backup. It releases mail by itself once that adds up.',
}

export const PAUSED: Record<PausedBecause, string> = {
  rate_limit: 'Resend asks for a slower pace.',
  quota: 'The quota at Resend is used up. A larger plan at Resend ends the pause.',
  configuration:
    'Resend refuses the key, the sender, the domain or the account. Correct RESEND_API_KEY, EMAIL_FROM or the domain at Resend.',
}

const FINDINGS: Record<FindingName, string> = {
  endpoint_missing:
    'Polar has no webhook endpoint of Postern’s, so no event arrives. Add it at Polar: Settings → Webhooks.',
  endpoint_disabled:
    'Polar has disabled the webhook endpoint, so no event arrives. Remove the cause, then run npm run webhooks -- --enable.',
  endpoint_format:
    'The webhook endpoint has a format that Postern cannot read. Set it to Raw at Polar: Settings → Webhooks.',
  endpoint_secret:
    'The secret of the webhook endpoint is not in POLAR_WEBHOOK_SECRET, so every webhook is refused. Put it there and restart.',
  endpoint_events:
    'Polar does not send every event that Postern needs. npm run webhooks names those that are missing.',
  deliveries_failing:
    'Polar’s latest attempts to deliver an event failed. npm run webhooks and the log say more.',
  silence:
    'No webhook has come for unusually long. Run npm run webhooks, and try /healthz from outside.',
}

const messages = (count: number) => (count === 1 ? '1 message' : `${count} messages`)
/** No more than that are counted. */
const atLeast = (count: number) =>
  count === MOST_COUNTED ? `${messages(count)} or more` : messages(count)
const events = (count: number) => (count === 1 ? '1 event' : `${count} events`)
const was = (count: number) => (count === 1 ? 'was' : 'were')

const IN_DAYS = `in the last ${RECENT_DAYS} days`

type Said = Omit<Line, 'key'>
type Counted = Extract<Attention, { count: number }>

const countedLine = ({ what, count }: Counted): Said => {
  const one = count === 1
  switch (what) {
    case 'held':
      return {
        ...{ tone: 'bad', label: 'Held', more: { messages: 'held' } },
        says: [`${messages(count)} ${one ? 'waits' : 'wait'} for your decision.`],
      }
    case 'waiting':
      return {
        ...{ tone: 'warn', label: 'Waiting', more: { messages: 'waiting' } },
        says: [`${atLeast(count)} ${one ? 'has' : 'have'} waited for longer than 10 minutes.`],
      }
    case 'failed':
      return {
        ...{ tone: 'bad', label: 'Failed', more: { messages: 'failed' } },
        says: [`${atLeast(count)} of the last ${RECENT_DAYS} days failed for good.`],
      }
    case 'bounced':
      return {
        ...{ tone: 'warn', label: 'Bounced', more: { messages: 'bounced' } },
        says: [
          `${atLeast(count)} of the last ${RECENT_DAYS} days could not be delivered. Addresses that bounced are suppressed.`,
        ],
      }
    case 'complained':
      return {
        ...{ tone: 'warn', label: 'Marked as spam', more: { messages: 'complained' } },
        says: [
          `${atLeast(count)} of the last ${RECENT_DAYS} days ${was(count)} marked as spam. These addresses are suppressed.`,
        ],
      }
    case 'unreadable':
      return {
        ...{ tone: 'bad', label: 'Unreadable', more: { events: 'unreadable' } },
        says: [`${events(count)} ${IN_DAYS} could not be read, so no email was decided.`],
      }
    case 'not mapped':
      return {
        ...{ tone: 'quiet', label: inWords('not_mapped'), more: { events: 'not_mapped' } },
        says: [`${events(count)} ${IN_DAYS} led to no email, since none is about them.`],
      }
    default:
      return what satisfies never
  }
}

const missedLine = (one: Extract<Attention, { what: 'webhooks missed' }>): Said => ({
  ...{ tone: 'warn', label: 'Missed', more: { events: '' } },
  says: [
    `${events(one.missed)} came without a webhook until `,
    { at: one.until },
    `. Postern made up for ${one.missed === 1 ? 'it' : 'them'}: `,
    `${messages(one.sent)} ${one.sent === 1 ? 'goes' : 'go'} out`,
    one.tooOld > 0 ? `, and ${one.tooOld} would come too late.` : '.',
  ],
})

const said = (one: Attention): Said => {
  switch (one.what) {
    case 'no worker':
      return {
        ...{ tone: 'bad', label: 'No worker' },
        says: [
          'No worker runs, so no event is interpreted and no email goes out. Start Postern with ROLE=all or ROLE=worker.',
        ],
      }
    case 'two modes':
      return {
        ...{ tone: 'bad', label: 'Two modes' },
        says: [
          `Workers run with SEND_MODE=${one.modes.join(' and ')} at once, so some messages go out and others do not. Restart all with one.`,
        ],
      }
    case 'two versions':
      return {
        ...{ tone: 'warn', label: 'Two versions' },
        says: [
          `Processes of the versions ${one.versions.join(' and ')} run at once. While you deploy, this is usual.`,
        ],
      }
    case 'all mail held':
      return { tone: 'bad', label: 'On hold', says: [HELD[one.by]] }
    case 'all mail paused':
      return {
        ...{ tone: one.because === 'rate_limit' ? 'warn' : 'bad', label: 'Paused' },
        says: [
          `Mail is paused. ${PAUSED[one.because]} The next attempt is `,
          { at: one.until },
          '.',
        ],
      }
    case 'endpoint':
      return { tone: 'bad', label: 'Webhooks', says: [FINDINGS[one.finding]] }
    case 'configuration':
      return {
        ...{ tone: one.found.severity === 'problem' ? 'bad' : 'warn', label: 'Configuration' },
        says: [`${sentenceOf(one.found)} (Checked `, { at: one.found.at }, '.)'],
      }
    case 'backfill denied':
      return {
        ...{ tone: 'bad', label: 'Scope' },
        says: [
          `The access token may not read ${one.sources.join(', ')}, so some missed webhooks stay unknown. Add the scope at Polar.`,
        ],
      }
    case 'webhooks missed':
      return missedLine(one)
    default:
      return countedLine(one)
  }
}

const keyOf = (one: Attention): string => {
  if (one.what === 'endpoint') return one.finding
  // A token may lack several scopes.
  return one.what === 'configuration' ? `${one.found.name} ${one.found.says}` : one.what
}

export const lineOf = (one: Attention): Line => ({
  key: keyOf(one),
  ...said(one),
})
