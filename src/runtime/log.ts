// Structured logs: one line per happening, past tense, with ids; never a body, an address or a token.

import { type Logger, pino } from 'pino'

export type Log = Logger

/** A logger on standard output, or on `destination` (a test's stream). */
export const createLog = (level: string, destination?: { write(line: string): void }): Log =>
  destination ? pino({ level }, destination) : pino({ level })

/** What a log line may say of an error: its class, its message when we wrote it ourselves, and where it happened. */
export const failure = (error: unknown) =>
  error instanceof Error
    ? { error: error.name, message: error.message, stack: error.stack }
    : { error: String(error) }
