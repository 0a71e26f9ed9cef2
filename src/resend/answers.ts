// Reads the answers of Resend's API. The SDK hands bodies on unread, so every field is checked before use.

import { SECOND } from '../runtime/clock.ts'
import type { ResendError } from './errors.ts'

/** A request with its answer: `ok`, the status of a refusal, or `none`. `took` in milliseconds. */
export type ResendCall = {
  call: 'send' | 'batch' | 'look_up' | 'unsuppress' | 'account'
  answer: string
  took: number
}

type Headers = Record<string, string> | null

export type Answer = { data: unknown; error: unknown; headers: Headers }

export type Refused = { error: ResendError }

/** `retry-after` as seconds or as a date, else the end of the window; in milliseconds. */
export const waitIn = (headers: Headers, now: number): number | null => {
  const value = headers?.['retry-after'] ?? headers?.['ratelimit-reset']
  if (!value) return null
  const seconds = Number(value)
  const wait = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * SECOND
  return Number.isNaN(wait) ? null : Math.max(0, wait)
}

export const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined

export const list = (of: unknown): unknown[] => (Array.isArray(of) ? of : [])

export const texts = (of: unknown): string[] => list(of).filter((one) => typeof one === 'string')

/** The answer in a word: `ok`, the status of a refusal, or `none`. */
export const answerIn = ({ data, error }: Answer): string => {
  if (data) return 'ok'
  const status = field(error, 'statusCode')
  return typeof status === 'number' ? `${status}` : 'none'
}
