// What Resend reports of an email after it accepted it, read for what we need; and what a report makes of a delivery.
//
//   sent < delayed < delivered, failed, suppressed < bounced < complained
//
// Reports come late, twice and in any order: a later stage is never overwritten by an earlier one, and of two of the same
// stage the one that happened first stays. So whatever the order, the end is the same.

import { z } from 'zod'
import type { Delivery, In, Report } from '../deliveries/delivery.ts'
import type { Suppression } from '../suppressions/store.ts'

const RANK: Record<Report['is'], number> = {
  sent: 0,
  delayed: 1,
  delivered: 2,
  failed: 2,
  suppressed: 2,
  bounced: 3,
  complained: 4,
}

/** The types that tell how a delivery fares (https://resend.com/docs/webhooks/event-types). */
const TOLD_BY = new Map<string, Report['is']>([
  ['email.sent', 'sent'],
  ['email.delivery_delayed', 'delayed'],
  ['email.delivered', 'delivered'],
  ['email.failed', 'failed'],
  ['email.suppressed', 'suppressed'],
  ['email.bounced', 'bounced'],
  ['email.complained', 'complained'],
])

/** A type is only kept and logged as far as this: it is not ours to choose. */
const LONGEST_TYPE = 64

const text = z.string().min(1).nullish().catch(null)
const instant = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => Date.parse(value ?? '') || null)
const messageTag = z
  .union([
    z.object({ message: z.string() }).transform((tags) => tags.message),
    // As they were sent.
    z
      .array(z.object({ name: z.string(), value: z.string() }))
      .transform((tags) => tags.find(({ name }) => name === 'message')?.value),
  ])
  .nullish()
  .catch(null)

const envelope = z.object({
  type: z.string().transform((type) => type.slice(0, LONGEST_TYPE)),
  created_at: instant,
  data: z.unknown().optional(),
})

const emailData = z.object({
  email_id: z.string().min(1),
  created_at: instant,
  to: z.array(z.string()).nullish().catch(null),
  tags: messageTag,
  bounce: z.object({ type: text, subType: text }).nullish().catch(null),
})

/** What a report says of one email. */
export type Told = {
  type: string
  /** Resend's id of the email. */
  providerId: string
  /** As its tag has it; whether there is such a message is not known yet. */
  messageId: string | null
  report: Report
  /** When Resend accepted the email, in milliseconds. */
  acceptedAt: number
  /** For a bounce: `Permanent`, `Transient` or `Undetermined`. */
  bounce: string | null
  /** Says more of a bounce, such as `MailboxFull`. */
  subType: string | null
  /** Addresses, bare. */
  to: readonly string[]
}

const json = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // not JSON: the envelope says so
  }
}

const bare = (address: string) => /<([^<>]+)>\s*$/.exec(address)?.[1] ?? address

/**
 * Reads a raw report.
 * @param receivedAt stands in for times that are missing, and nothing happened later; milliseconds.
 * @returns `ignored` with the reason, for what tells nothing of a delivery.
 */
export const readReport = (
  body: string,
  receivedAt: number,
): Told | { type: string; ignored: string } => {
  const { data: read } = envelope.safeParse(json(body))
  if (!read) return { type: 'unknown', ignored: 'unreadable' }
  const { type } = read
  const is = TOLD_BY.get(type)
  if (!is) return { type, ignored: 'not about a delivery' }
  const { data } = emailData.safeParse(read.data)
  if (!data) return { type, ignored: 'unreadable' }
  const at = Math.min(read.created_at ?? receivedAt, receivedAt)
  return {
    type,
    providerId: data.email_id,
    messageId: data.tags ?? null,
    report: { is, at },
    acceptedAt: Math.min(data.created_at ?? at, at),
    bounce: data.bounce?.type ?? null,
    subType: data.bounce?.subType ?? null,
    to: (data.to ?? []).map(bare),
  }
}

/** Bounces that no mailbox has made: a list of addresses that bounced before has (https://resend.com/docs/dashboard/emails/email-bounces). */
const BY_A_LIST = new Set(['Suppressed', 'OnAccountSuppressionList'])

/** Why its recipient is not to be mailed any more; `null` for what says nothing against it. */
export const suppressionIn = ({ report, bounce, subType }: Told): Suppression['because'] | null => {
  switch (report.is) {
    case 'complained':
    case 'suppressed':
      return report.is
    case 'bounced':
      if (bounce !== 'Permanent') return null
      return subType !== null && BY_A_LIST.has(subType) ? 'suppressed' : 'bounced'
    default:
      return null
  }
}

const isNews = (report: Report, before: Report | undefined) =>
  !before ||
  RANK[report.is] > RANK[before.is] ||
  (RANK[report.is] === RANK[before.is] && report.at < before.at)

/** Why a report leaves a delivery as it is. */
export type Unmoved = 'known already' | 'another email of this message' | 'never sent'

/**
 * What a report makes of the delivery that it names. Whatever we believed, who reports on an email has it: that is the end
 * of every doubt whether it was sent.
 */
export const next = (
  delivery: Delivery,
  { providerId, report, acceptedAt }: Told,
): In<'accepted'> | Unmoved => {
  const resolved: In<'accepted'> = {
    v: 1,
    state: 'accepted',
    at: acceptedAt,
    providerId,
    links: [],
    reported: report,
  }
  switch (delivery.state) {
    case 'accepted':
      if (delivery.providerId !== providerId) return 'another email of this message'
      return isNews(report, delivery.reported) ? { ...delivery, reported: report } : 'known already'
    case 'sending':
    case 'batched':
    case 'unconfirmed':
    case 'failed':
      return resolved
    case 'waiting':
    case 'held':
      return delivery.generation > 0 ? resolved : 'never sent'
    case 'not_sent':
      return 'never sent'
    default:
      return delivery satisfies never
  }
}
