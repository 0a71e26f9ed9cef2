// Structured logs: one line per happening, past tense, with ids; never a body, an address or a token.

import { type Logger, pino } from 'pino'

export type Log = Logger

/** A logger on standard output, or on `destination` (a test's stream). */
export const createLog = (level: string, destination?: { write(line: string): void }): Log =>
  destination ? pino({ level }, destination) : pino({ level })

/** Classes whose messages are words of our own: facts and ids, nothing of a customer's. */
const OURS = new Set([
  'PolarRefused',
  'PolarUnavailable',
  'RedisUnfit',
  'Unanswered',
  'Unrenderable',
])

/** What a log line may say of an error: what it is and where it happened; its message only where it is ours. */
export const failure = (error: unknown) => {
  if (!(error instanceof Error)) return { error: typeof error }
  const { name, message, stack = '' } = error
  const at = stack.indexOf('\n    at ')
  return {
    error: name,
    ...('code' in error && { code: String(error.code) }),
    ...(name === 'ReplyError' && { code: /^[A-Z]*/.exec(message)?.[0] }), // Redis begins with it
    ...(OURS.has(name) && { message }),
    ...(at >= 0 && !OURS.has(name) && { stack: stack.slice(at + 1) }),
  }
}
