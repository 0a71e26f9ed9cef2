// The emails of the simulated Resend: their shape, and the checks before one is accepted.

import { randomUUID } from 'node:crypto'

/** Events of an email, as in `last_event`. */
export type EmailEvent =
  | 'sent'
  | 'delivered'
  | 'delivery_delayed'
  | 'bounced'
  | 'complained'
  | 'failed'
  | 'suppressed'
  | 'opened'
  | 'clicked'

export type Tag = { name: string; value: string }

/** An accepted email. */
export type Email = {
  id: string
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  reply_to: string[]
  subject: string
  html: string | null
  text: string | null
  tags: Tag[]
  headers: Record<string, string>
  /** The content is in base64. */
  attachments: { filename: string; content_type: string; content: string }[]
  accepted_at: string
  last_event: EmailEvent | 'queued'
  /** Milliseconds since the epoch. */
  last_event_at: number
}

export type Problem = { statusCode: number; name: string; message: string }

const ADDRESS = /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/
const NAMED = /^[^<>\r\n]*<([^<>]+)>$/
const TAG = /^[A-Za-z0-9_-]{1,256}$/
const MAX_RECIPIENTS = 50

const invalid = (message: string, name = 'validation_error'): Problem => ({
  statusCode: 422,
  name,
  message,
})

/** Addresses that Resend refuses, for trying out a refusal. */
const REFUSED = /^refused@/i

/** `billing@acme.com` from `Acme <billing@acme.com>`; `undefined` if there is no address. */
const addressOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined
  const address = (NAMED.exec(value)?.[1] ?? value).trim()
  return ADDRESS.test(address) && !REFUSED.test(address) ? address : undefined
}

const list = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first fault of an email, if any. If `domain` is given, no other may send. */
export const problemWith = (email: unknown, domain?: string): Problem | undefined => {
  if (!isObject(email)) return invalid('The request body must be an object.')
  for (const field of ['from', 'to', 'subject']) {
    if (email[field] === undefined || email[field] === null) {
      return invalid(`Missing \`${field}\` field.`, 'missing_required_field')
    }
  }
  if (typeof email.html !== 'string' && typeof email.text !== 'string') {
    return invalid('Missing `html` or `text` field.', 'missing_required_field')
  }
  const from = addressOf(email.from)
  if (from === undefined) {
    return invalid(
      'Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.',
      'invalid_from_address',
    )
  }
  if (domain !== undefined && !from.endsWith(`@${domain}`)) {
    return {
      statusCode: 403,
      name: 'validation_error',
      message: `The ${from.split('@')[1]} domain is not verified. Please, add and verify your domain.`,
    }
  }
  return problemWithRecipients(email) ?? problemWithTags(email.tags) ?? problemWithRest(email)
}

const problemWithRecipients = (email: Record<string, unknown>): Problem | undefined => {
  for (const field of ['to', 'cc', 'bcc', 'reply_to']) {
    const addresses = list(email[field])
    if (field === 'to' && (addresses.length === 0 || addresses.length > MAX_RECIPIENTS)) {
      return invalid(`The \`to\` field must have between 1 and ${MAX_RECIPIENTS} recipients.`)
    }
    if (addresses.some((address) => addressOf(address) === undefined)) {
      return invalid(
        `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
      )
    }
  }
  return undefined
}

const problemWithTags = (tags: unknown): Problem | undefined => {
  for (const tag of list(tags)) {
    const { name, value } = isObject(tag) ? tag : {}
    if (
      typeof name !== 'string' ||
      !TAG.test(name) ||
      typeof value !== 'string' ||
      !TAG.test(value)
    ) {
      return invalid(
        'Tags should only contain ASCII letters, numbers, underscores, or dashes, and be at most 256 characters long.',
      )
    }
  }
  return undefined
}

const problemWithRest = ({ subject, headers }: Record<string, unknown>): Problem | undefined => {
  if (typeof subject !== 'string') return invalid('The `subject` field must be a string.')
  if (headers !== undefined && headers !== null && !isObject(headers)) {
    return invalid('The `headers` field must be an object.')
  }
  return undefined
}

/** Builds an accepted email. Resend derives a missing text from the HTML. */
export const accept = (email: Record<string, unknown>, acceptedAt: string): Email => ({
  id: randomUUID(),
  from: String(email.from),
  to: list(email.to).map(String),
  cc: list(email.cc).map(String),
  bcc: list(email.bcc).map(String),
  reply_to: list(email.reply_to).map(String),
  subject: String(email.subject),
  html: typeof email.html === 'string' ? email.html : null,
  text: typeof email.text === 'string' ? email.text : textOf(String(email.html)),
  tags: list(email.tags) as Tag[],
  headers: (email.headers ?? {}) as Record<string, string>,
  attachments: list(email.attachments).map((attachment) => {
    const { filename, content_type, content } = isObject(attachment) ? attachment : {}
    return {
      filename: String(filename ?? 'attachment'),
      content_type: String(content_type ?? typeOf(filename)),
      content: String(content ?? ''),
    }
  }),
  accepted_at: acceptedAt,
  last_event: 'queued',
  last_event_at: Date.parse(acceptedAt),
})

/** Resend derives a missing type from the file name. */
const typeOf = (filename: unknown) =>
  /\.pdf$/i.test(String(filename)) ? 'application/pdf' : 'application/octet-stream'

const textOf = (html: string) =>
  html
    .replace(/<(style|script|head)[\s\S]*?<\/\1>/gi, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
