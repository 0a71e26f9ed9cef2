// One email or up to a hundred: which of them are accepted, and what the sender is told.

import { accept, type Email, type Problem, problemWith } from './email.ts'

export type Asked = { permissive: boolean; domain: string | undefined; at: string }
type Judged = { emails: Email[]; answer: object } | { problem: Problem }

const MOST = 100

const invalid = (message: string): Judged => ({
  problem: { statusCode: 422, name: 'validation_error', message },
})

export const judgeOne = (body: unknown, { domain, at }: Asked): Judged => {
  const problem = problemWith(body, domain)
  if (problem !== undefined) return { problem }
  const email = accept(body as Record<string, unknown>, at)
  return { emails: [email], answer: { id: email.id } }
}

/**
 * Strict: one bad email refuses them all. Permissive: the good ones are sent, `data` lists only those, in the
 * request's order, and `errors` says by index which were not. Attachments are dropped without a word.
 */
export const judgeBatch = (body: unknown, { permissive, domain, at }: Asked): Judged => {
  if (!Array.isArray(body)) return invalid('The request body must be an array.')
  if (body.length === 0 || body.length > MOST) {
    return invalid(`A batch must have between 1 and ${MOST} emails.`)
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
