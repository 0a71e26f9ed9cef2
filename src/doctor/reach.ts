// Asks for an address as the world outside would, without following a redirect.

import { SECOND } from '../runtime/clock.ts'
import { whyUnread } from './read-account.ts'

export type Reached =
  | { status: number; location: string | null; body: string }
  /** Why nobody answered, in a few words. */
  | { failed: string }

export type Reach = (url: string) => Promise<Reached>

const PATIENCE = 5 * SECOND

/** More of a strange answer is not read. */
const MOST = 10_000

const codeOf = (error: unknown): string => {
  const { cause } = error as { cause?: { code?: unknown } }
  return typeof cause?.code === 'string' ? cause.code : whyUnread(error)
}

export const reach: Reach = async (url) => {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
      headers: { 'user-agent': 'postern-doctor' },
    })
    const body = (await response.text()).slice(0, MOST)
    return { status: response.status, location: response.headers.get('location'), body }
  } catch (error) {
    return { failed: codeOf(error) }
  }
}
