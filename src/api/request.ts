// Validates the body of POST /api/links. An unknown field is an error, so that a misspelt one is
// noticed.

import * as z from 'zod'
import type { Target } from '../links/link.ts'
import { SECOND } from '../runtime/clock.ts'

/** Seconds, from a click in the merchant's app to the portal. */
const DEFAULT_LIFE = 600

/** An id at Polar. A token has room for three of this length. */
const ID = '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\\w-]{1,30})'

const TARGET = new RegExp(`^(?:overview|payment|(?:order|subscription):${ID})$`, 'i')

const id = z
  .string('must be a text')
  .min(1, 'must not be empty')
  .max(128, 'must have at most 128 characters')

/**
 * Whether `text` is an http(s) URL at one of the origins. A `blob:` URL has an origin too, but is
 * no page.
 */
const isOfOrigin = (text: string, origins: readonly string[]): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, origin, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && origins.includes(origin) && !username && !password
}

export type LinkRequest = {
  customer: { id: string } | { externalId: string }
  memberId: string | null
  target: Target
  /** Milliseconds. */
  life: number
  returnUrl: string | null
}

/**
 * Creates the reader of a parsed body.
 * @param maxLife of a link, in milliseconds.
 * @param origins allowed in `return_url`.
 */
export const createLinkRequestReader = (maxLife: number, origins: readonly string[]) => {
  const maxSeconds = Math.floor(maxLife / SECOND)
  const seconds = `must be a whole number of seconds from 1 to ${maxSeconds} (LINK_TTL_DAYS)`
  const schema = z
    .strictObject(
      {
        customer_id: id.optional(),
        external_customer_id: id.optional(),
        member_id: id.regex(new RegExp(`^${ID}$`, 'i'), "must be an id of Polar's").optional(),
        target: z
          .string('must be a text')
          .regex(TARGET, 'must be overview, payment, order:<id> or subscription:<id>')
          .default('overview'),
        expires_in: z.int(seconds).min(1, seconds).max(maxSeconds, seconds).default(DEFAULT_LIFE),
        return_url: z
          .string('must be a text')
          .max(2048, 'must have at most 2,048 characters')
          .refine(
            (text) => isOfOrigin(text, origins),
            origins.length > 0
              ? `must be a URL of an origin in RETURN_URL_ORIGINS: ${origins.join(', ')}`
              : 'is not allowed: RETURN_URL_ORIGINS names no origin',
          )
          .optional(),
      },
      {
        error: (issue) =>
          issue.code === 'unrecognized_keys'
            ? `has unknown fields: ${issue.keys.join(', ')}`
            : 'must be an object',
      },
    )
    .refine(
      (body) => (body.customer_id === undefined) !== (body.external_customer_id === undefined),
      'must have either customer_id or external_customer_id',
    )

  /** The request, or one sentence that names every problem. */
  return (body: unknown): LinkRequest | { problem: string } => {
    const read = schema.safeParse(body)
    if (!read.success) {
      const problems = read.error.issues.map(
        ({ path, message }) => `${path.length > 0 ? path.join('.') : 'the body'} ${message}`,
      )
      return { problem: problems.join('; ') }
    }
    const { customer_id: customerId, external_customer_id: externalId = '' } = read.data
    return {
      customer: customerId === undefined ? { externalId } : { id: customerId },
      memberId: read.data.member_id ?? null,
      target: read.data.target as Target,
      life: read.data.expires_in * SECOND,
      returnUrl: read.data.return_url ? new URL(read.data.return_url).href : null,
    }
  }
}
