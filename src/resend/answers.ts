// Reads single values of Resend's answers. The SDK hands bodies on unread, so every field is checked before use.

import type { ResendError } from './errors.ts'

export type Headers = Record<string, string> | null

export type Answer = { data: unknown; error: unknown; headers: Headers }

export type Refused = { error: ResendError }

export const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined

export const list = (of: unknown): unknown[] => (Array.isArray(of) ? of : [])

export const texts = (of: unknown): string[] => list(of).filter((one) => typeof one === 'string')
