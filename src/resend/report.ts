// Reads Resend's webhooks: what became of an email after Resend accepted it.
//
//   sent < delayed < delivered, failed, suppressed < bounced < complained
//
// Reports come late, twice and in any order. A later stage is never overwritten by an earlier one, and of two reports of the
// same stage the one that happened first stays. So the end is the same in every order.

import * as z from 'zod'
import { reasonIn } from './report-reason.ts'

/** `at` (ms) is when it happened, by Resend's clock. `says` is Resend's reason, where it gives one, without personal data. */
export type Report = {
  is: 'sent' | 'delayed' | 'delivered' | 'failed' | 'suppressed' | 'bounced' | 'complained'
  at: number
  says?: string
}

const RANK: Record<Report['is'], number> = {
  sent: 0,
  delayed: 1,
  delivered: 2,
  failed: 2,
  suppressed: 2,
  bounced: 3,
  complained: 4,
}

/** Event types about a delivery (https://resend.com/docs/webhooks/event-types). */
const REPORTS = new Map<string, Report['is']>([
  ['email.sent', 'sent'],
  ['email.delivery_delayed', 'delayed'],
  ['email.delivered', 'delivered'],
  ['email.failed', 'failed'],
  ['email.suppressed', 'suppressed'],
  ['email.bounced', 'bounced'],
  ['email.complained', 'complained'],
])

/** The types of events that the webhook at Resend is to have. */
export const NEEDED_REPORTS: readonly string[] = [...REPORTS.keys()]

/** A type is kept and logged only up to this length: the sender chooses it. */
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
  bounce: z.object({ type: text, subType: text, message: text }).nullish().catch(null),
  failed: z.object({ reason: text }).nullish().catch(null),
  suppressed: z.object({ type: text, message: text }).nullish().catch(null),
})

/** A report on one email, parsed. */
export type ParsedReport = {
  type: string
  /** Resend's id of the email. */
  providerId: string
  /** From the email's tag; such a message need not exist. */
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
 * @param receivedAt milliseconds; used for missing times, and as the latest possible one.
 * @returns `ignored` with the reason, for a webhook that is not about a delivery.
 */
export const readReport = (
  body: string,
  receivedAt: number,
): ParsedReport | { type: string; ignored: string } => {
  const { data: read } = envelope.safeParse(json(body))
  if (!read) return { type: 'unknown', ignored: 'unreadable' }
  const { type } = read
  const is = REPORTS.get(type)
  if (!is) return { type, ignored: 'not about a delivery' }
  const { data } = emailData.safeParse(read.data)
  if (!data) return { type, ignored: 'unreadable' }
  const at = Math.min(read.created_at ?? receivedAt, receivedAt)
  const to = (data.to ?? []).map(bare)
  const says = reasonIn(is, data, to)
  return {
    type,
    providerId: data.email_id,
    messageId: data.tags ?? null,
    report: { is, at, ...(says && { says }) },
    acceptedAt: Math.min(data.created_at ?? at, at),
    bounce: data.bounce?.type ?? null,
    subType: data.bounce?.subType ?? null,
    to,
  }
}

/** Whether `report` replaces the one that came before: a later stage, or an earlier moment of the same stage. */
export const isNewerReport = (report: Report, before: Report | undefined): boolean =>
  !before ||
  RANK[report.is] > RANK[before.is] ||
  (RANK[report.is] === RANK[before.is] && report.at < before.at)
