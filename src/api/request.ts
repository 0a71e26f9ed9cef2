// What the merchant's own backend asks for in POST /api/links, read strictly: a misspelt field is told, not ignored.

import { z } from 'zod'
import type { Target } from '../links/link.ts'
import { SECOND } from '../runtime/clock.ts'

/** Life of a link unless something else is said, in seconds: from a click in the merchant's app to the portal. */
const LIFE = 600

/** An id of Polar's; three of these have room in a token. */
const ID = '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\\w-]{1,30})'

const TARGET = new RegExp(`^(?:overview|payment|(?:order|subscription):${ID})$`, 'i')

const id = z
  .string('must be a text')
  .min(1, 'must not be empty')
  .max(128, 'must have at most 128 characters')

/** Of one of the origins, and a page: an origin of its own has a `blob:` too. */
const isAt = (text: string, origins: readonly string[]): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, origin, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && origins.includes(origin) && !username && !password
}

export type LinkOrder = {
  of: { id: string } | { externalId: string }
  memberId: string | null
  target: Target
  /** Milliseconds. */
  life: number
  returnUrl: string | null
}

/**
 * Reads the body of a request for a link.
 * @param longest life of a link, in milliseconds.
 * @param origins that a `return_url` may name.
 */
export const createLinkOrders = (longest: number, origins: readonly string[]) => {
  const most = Math.floor(longest / SECOND)
  const seconds = `must be a whole number of seconds from 1 to ${most} (LINK_TTL_DAYS)`
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
        expires_in: z.int(seconds).min(1, seconds).max(most, seconds).default(LIFE),
        return_url: z
          .string('must be a text')
          .max(2048, 'must have at most 2,048 characters')
          .refine(
            (text) => isAt(text, origins),
            origins.length > 0
              ? `must be a URL of an origin in RETURN_URL_ORIGINS: ${origins.join(', ')}`
              : 'is not allowed: RETURN_URL_ORIGINS names no origin',
          )
          .optional(),
      },
      {
        error: (issue) =>
          issue.code === 'unrecognized_keys'
            ? `has fields that are not known: ${issue.keys.join(', ')}`
            : 'must be an object',
      },
    )
    .refine(
      (body) => (body.customer_id === undefined) !== (body.external_customer_id === undefined),
      'must have either customer_id or external_customer_id',
    )

  /** The order, or one sentence that says all that is wrong with it. */
  return (body: unknown): LinkOrder | { problem: string } => {
    const read = schema.safeParse(body)
    if (!read.success) {
      const problems = read.error.issues.map(
        ({ path, message }) => `${path.length > 0 ? path.join('.') : 'the body'} ${message}`,
      )
      return { problem: problems.join('; ') }
    }
    const { customer_id: known, external_customer_id: externalId = '' } = read.data
    return {
      of: known === undefined ? { externalId } : { id: known },
      memberId: read.data.member_id ?? null,
      target: read.data.target as Target,
      life: read.data.expires_in * SECOND,
      returnUrl: read.data.return_url ? new URL(read.data.return_url).href : null,
    }
  }
}
