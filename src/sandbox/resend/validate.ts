// Validates one email or a batch of up to a hundred, and builds the response.

import { accept, type Email, type Problem, problemWith } from './email.ts'

export type RequestContext = { permissive: boolean; domain: string | undefined; at: string }
type Validated = { emails: Email[]; answer: object } | { problem: Problem }

const MAX_EMAILS = 100

const invalid = (message: string): Validated => ({
  problem: { statusCode: 422, name: 'validation_error', message },
})

export const validateOne = (body: unknown, { domain, at }: RequestContext): Validated => {
  const problem = problemWith(body, domain)
  if (problem !== undefined) return { problem }
  const email = accept(body as Record<string, unknown>, at)
  return { emails: [email], answer: { id: email.id } }
}

/**
 * Strict: one bad email refuses the batch. Permissive: the good ones are sent, `data` lists only those, in the
 * request's order, and `errors` lists the others by index. Attachments are silently dropped.
 */
export const validateBatch = (
  body: unknown,
  { permissive, domain, at }: RequestContext,
): Validated => {
  if (!Array.isArray(body)) return invalid('The request body must be an array.')
  if (body.length === 0 || body.length > MAX_EMAILS) {
    return invalid(`A batch must have between 1 and ${MAX_EMAILS} emails.`)
  }
  const emails: Email[] = []
  const errors: { index: number; message: string }[] = []
  for (const [index, item] of body.entries()) {
    const problem = problemWith(item, domain)
    if (problem === undefined) emails.push(accept({ ...item, attachments: undefined }, at))
    else if (permissive) errors.push({ index, message: problem.message })
    else return { problem }
  }
  const data = emails.map(({ id }) => ({ id }))
  return { emails, answer: permissive ? { data, errors } : { data } }
}
