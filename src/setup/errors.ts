// The error that ends a setup, and the sentences for what Polar and Resend answer.

import type { FindingName } from '../doctor/finding.ts'
import { isLimit, refusalOf } from '../doctor/resend.ts'
import { PolarRefusedError, PolarUnavailableError, wasRefused } from '../polar/call.ts'
import type { ResendError } from '../resend/errors.ts'
import { PosternError } from '../runtime/errors.ts'
import { scrub } from '../runtime/scrub.ts'

/** The message says what is wrong and what to do. */
export class SetupError extends PosternError {
  override readonly name = 'SetupError'
}

/** A problem may be of several sentences, which end with a full stop. */
export const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** The refusal in an error of the client; `null` where Polar gave no answer. */
export const refusalIn = (error: unknown): PolarRefusedError | null => {
  if (error instanceof PolarRefusedError) return error
  const isWrapped = error instanceof PolarUnavailableError && wasRefused(error)
  return isWrapped ? (error.cause as PolarRefusedError) : null
}

const LATER_AT_POLAR =
  'Wait a minute, and run the command again. If it fails again, see the status page of Polar, and whether this machine reaches it.'

const MENDS_AT_POLAR: Record<number, string> = {
  401: 'Make a new organization access token at Polar, set POLAR_ACCESS_TOKEN, and run the command again.',
  403: 'Add the scope to the access token at Polar, and run the command again.',
}

/** @param byHand what the operator can do instead, as a sentence. */
export const polarError = (error: unknown, byHand = ''): unknown => {
  const refused = refusalIn(error)
  if (!refused && !(error instanceof PolarUnavailableError)) return error
  if (!refused) {
    const says = asSentence((error as Error).message)
    return new SetupError(`${says} ${LATER_AT_POLAR}`, { cause: error })
  }
  const { status, message } = refused
  const mend = MENDS_AT_POLAR[status] ?? 'Run the command again.'
  const instead = status === 401 ? '' : byHand // without a token nothing else works either
  return new SetupError(`${asSentence(message)} ${mend} ${instead}`.trim(), { cause: error })
}

const NEW_KEY =
  'Make a key with full access at Resend, set RESEND_API_KEY, and run the command again.'

const BY_HAND_AT_RESEND =
  'Mend what it says, and run the command again. Or add the webhook by hand, as docs/setup.md says under “By hand”.'

/** By what the doctor would find. */
const MENDS_AT_RESEND: Partial<Record<FindingName, string>> = {
  resend_key_only_sends: NEW_KEY,
  resend_key_refused: NEW_KEY,
  resend_account_refused:
    'See at Resend what the account lacks, mend it there, and run the command again.',
}

export const resendError = (error: ResendError): SetupError => {
  const { status, name, message } = error
  if (isLimit(error))
    return new SetupError(
      'Resend had too many requests within a moment. Wait a minute, and run the command again.',
    )
  const isDown = name === 'application_error' || status === null || status >= 500
  const finding = refusalOf(error)
  if (isDown && finding === null)
    return new SetupError(
      `Resend gave no usable answer${status === null ? '' : ` (status ${status})`}. Run the command again. If it fails again, see the status page of Resend, and whether this machine reaches it.`,
    )
  const mend = (finding && MENDS_AT_RESEND[finding]) ?? BY_HAND_AT_RESEND
  return new SetupError(
    `Resend refused with ${status}, ${asSentence(`${name}: ${scrub(message)}`)} ${mend}`,
  )
}
