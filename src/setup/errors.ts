// The error that ends a setup, and the sentences for what Polar and Resend answer.

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

/** @param byHand what the operator can do instead, as a sentence. */
export const polarError = (error: unknown, byHand = ''): unknown => {
  const refused = refusalIn(error)
  if (!refused && !(error instanceof PolarUnavailableError)) return error
  if (!refused)
    return new SetupError(`${asSentence((error as Error).message)} Run the command again.`, {
      cause: error,
    })
  const { status, message } = refused
  const mend =
    status === 401
      ? 'Make a new organization access token at Polar.'
      : status === 403
        ? `Add the scope to the access token at Polar. ${byHand}`
        : byHand
  return new SetupError(`${asSentence(message)} ${mend}`.trim(), { cause: error })
}

export const resendError = ({ name, status, message }: ResendError): SetupError => {
  if (status === null) return new SetupError('Resend gave no usable answer. Run the command again.')
  return new SetupError(`Resend refused with ${status}, ${name}: ${scrub(message)}`)
}
