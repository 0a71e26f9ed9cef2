// Builds Resend's error responses.

import type { Context } from 'hono'
import type { Problem } from './email.ts'

export const problem = (statusCode: number, name: string, message: string): Problem => ({
  statusCode,
  name,
  message,
})

export const NOT_FOUND = problem(404, 'not_found', 'The requested endpoint does not exist')

export const answer = (c: Context, { statusCode, name, message }: Problem) =>
  c.json({ statusCode, name, message }, statusCode as 422)
