// Structured logs: one line per happening, in the past tense, with ids. A line never holds a body,
// an address or a token.

import { type Logger, pino } from 'pino'
import { PosternError } from './errors.ts'

export type Log = Logger

/** A logger on standard output, or on `destination` (a test's stream). */
export const createLog = (level: string, destination?: { write(line: string): void }): Log =>
  destination ? pino({ level }, destination) : pino({ level })

/**
 * The fields that a log line may show of an error: its class and code, and where it was thrown. The
 * message of a foreign error may quote an address or a token, so only Postern's own errors show
 * theirs.
 */
export const failure = (error: unknown) => {
  if (!(error instanceof Error)) return { error: typeof error }
  const { name, message, stack = '' } = error
  const at = stack.indexOf('\n    at ')
  return {
    error: name,
    ...('code' in error && { code: String(error.code) }),
    // A Redis error begins with its code.
    ...(name === 'ReplyError' && { code: /^[A-Z]*/.exec(message)?.[0] }),
    ...(error instanceof PosternError ? { message } : at >= 0 && { stack: stack.slice(at + 1) }),
  }
}
