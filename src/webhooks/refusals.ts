// The causes for which a webhook is refused, with the answer to its sender and the line in the log.

import { MINUTE } from '../runtime/clock.ts'
import type { NotReceived } from './body.ts'

export type Cause = 'no_signature' | 'malformed' | 'timestamp' | 'wrong_secret' | NotReceived

/** Causes that point to a wrong setting, clock or proxy: if they last, an operator has to act. */
export const SIGNATURE_CAUSES: ReadonlySet<Cause> = new Set<Cause>([
  'no_signature',
  'malformed',
  'timestamp',
  'wrong_secret',
])

/** Seconds; senders keep to their own retry schedule in any case. */
export const RETRY_AFTER = '5'

export type Answer = { status: 400 | 403 | 408 | 413 | 503; error: string }

export const ANSWERS: Record<Cause, Answer> = {
  no_signature: { status: 403, error: 'the id, timestamp or signature header is missing' },
  malformed: { status: 403, error: 'the timestamp or signature header cannot be read' },
  timestamp: { status: 403, error: 'the timestamp is more than five minutes away from our time' },
  wrong_secret: { status: 403, error: 'the signature does not verify' },
  too_large: { status: 413, error: 'the body is larger than 1 MiB' },
  too_slow: { status: 408, error: 'the body did not arrive in time' },
  no_room: { status: 503, error: 'too many unfinished requests; send it again' },
  cut_off: { status: 400, error: 'the body is incomplete' },
}

/** In whole minutes. */
export const minutesApart = (apart: number) => Math.round(Math.abs(apart) / MINUTE)

/** The sender of a webhook, and the setting with the secrets that verify it. */
export type Origin = { sender: string; setting: string }

const LINES: Record<Exclude<Cause, 'timestamp'>, (origin: Origin) => string> = {
  no_signature: () =>
    'webhook refused: a signature header is missing; a proxy may have dropped it, or somebody else sent the request',
  malformed: () => 'webhook refused: its timestamp or signature header cannot be read',
  wrong_secret: ({ sender, setting }) =>
    `webhook refused: its signature fits no secret in ${setting}; compare it with the secret that ${sender} shows for this endpoint`,
  too_large: () => 'webhook refused: its body is larger than 1 MiB',
  too_slow: () => 'webhook refused: its body did not arrive in time',
  no_room: () => 'webhook refused: unfinished requests hold too much memory',
  cut_off: () => 'webhook cut off by its sender',
}

const timestampLine = (apart: number, genuine: boolean) =>
  genuine
    ? `webhook refused: the sender's clock and ours are ${minutesApart(apart)} minutes apart; check the time of this machine`
    : `webhook refused: its timestamp is ${minutesApart(apart)} minutes away from our time; its signature was not verified`

/** `genuine` where the signature was verified and fits; `apart` is our time minus the sender's, in milliseconds. */
export type Refusal =
  | { cause: Exclude<Cause, 'timestamp'> }
  | { cause: 'timestamp'; apart: number; genuine: boolean }

export const lineOf = (refusal: Refusal, origin: Origin): string =>
  refusal.cause === 'timestamp'
    ? timestampLine(refusal.apart, refusal.genuine)
    : LINES[refusal.cause](origin)
