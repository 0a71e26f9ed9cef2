// The results of composing a message: an email, a reason not to send it, or a time to try again.

import type { MailedLinks } from '../links/link.ts'
import type { Email } from '../resend/email.ts'
import { PosternError } from '../runtime/errors.ts'

/** Why a message was not sent. */
export type NotSent =
  | 'shadow'
  | 'before_live'
  | 'too_old'
  | 'invalid_address'
  | 'not_allowed'
  | 'suppressed'
  | 'recovered'
  | 'taken_back'
  | 'ended'
  | 'stale'
  | 'customer_deleted'
  | 'organization_closing'
  | 'not_kept'

/** Things that an email goes without, because Polar did not answer in time or denied the call. */
export type Missing = 'invoice' | 'card' | 'amount' | 'reason' | 'plan' | 'organization'

/** The result of composing a message; `retryAt` (ms) is when it may be complete. */
export type Composed =
  | {
      email: Email
      /** The links whose placeholders it has, to be stored with the claim. */
      links: MailedLinks
      /** It is the receipt of money that was paid or given back, which no flood is made of. */
      isReceipt: boolean
    }
  | {
      notSent: NotSent
      /** Things that the email would have gone without, where one was composed. */
      missing?: readonly Missing[]
    }
  | { retryAt: number }

/** An email cannot be made of what is known; trying again would not change that. */
export class UnrenderableError extends PosternError {
  override readonly name = 'UnrenderableError'
}
