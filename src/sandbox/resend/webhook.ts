// Builds the webhook for an event of an email, in the shape of Resend's SDK.

import type { Email, EmailEvent } from './email.ts'

export type ReportType = `email.${EmailEvent}`

export type Details = {
  bounce?: { type?: 'Permanent' | 'Transient' | 'Undetermined'; subType?: string; message?: string }
  suppressed?: { type?: string; message?: string }
  failed?: { reason?: string }
  click?: { ipAddress?: string; link?: string; timestamp?: string; userAgent?: string }
}

/** An event of an email; `at` is in milliseconds since the epoch. */
export type Report = { email: Email; type: ReportType; at: number; details: Details }

export const lastEvent = (type: ReportType) => type.slice('email.'.length) as EmailEvent

export const messageId = (id: string) => `<${id}@eu-west-1.amazonses.com>`

/** A bounce is permanent unless its details say otherwise. */
export const isHardBounce = ({ type, details }: Report) =>
  type === 'email.bounced' && (details.bounce?.type ?? 'Permanent') === 'Permanent'

const BOUNCE = {
  type: 'Permanent',
  subType: 'General',
  message: "The recipient's email provider sent a hard bounce message.",
}
const SUPPRESSED = {
  type: 'OnAccountSuppressionList',
  message: 'Resend has suppressed sending to this address: it is on the suppression list.',
}
const CLICK = {
  ipAddress: '203.0.113.7',
  link: 'https://example.com/',
  userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
}

/** The details of an event beside the email: the given ones, and defaults. */
const detailsOf = ({ type, at, details }: Report) => {
  switch (type) {
    case 'email.bounced':
      return { bounce: { ...BOUNCE, ...details.bounce } }
    case 'email.suppressed':
      return { suppressed: { ...SUPPRESSED, ...details.suppressed } }
    case 'email.failed':
      return { failed: { reason: 'reached_daily_quota', ...details.failed } }
    case 'email.clicked':
      return { click: { ...CLICK, timestamp: new Date(at).toISOString(), ...details.click } }
    default:
      return {}
  }
}

/** The tags are a list in the request and a map here. */
export const webhookOf = (report: Report, withTags = true) => {
  const { id, from, to, subject, tags, accepted_at } = report.email
  return {
    type: report.type,
    created_at: new Date(report.at).toISOString(),
    data: {
      // With microseconds and an offset, where the webhook's own has neither.
      created_at: accepted_at.replace('Z', '000+00:00'),
      email_id: id,
      message_id: messageId(id),
      from,
      to,
      subject,
      ...(withTags &&
        tags.length > 0 && {
          tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])),
        }),
      ...detailsOf(report),
    },
  }
}

export type Webhook = ReturnType<typeof webhookOf>
