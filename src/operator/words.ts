// Names, reasons, endings and evidence in words, as an operator reads them: in the console and in the commands alike.

import type { Kind } from '../../emails/index.ts'
import type { Ending } from '../clicks/store.ts'
import type { Evidence } from '../clicks/verdict.ts'
import type { NotSent } from '../deliveries/composed.ts'
import type { Held } from '../deliveries/delivery.ts'
import type { Outcome } from '../events/outcome.ts'
import type { Ignored } from '../events/row.ts'
import type { Revoked } from '../links/link.ts'
import type { Suppression } from '../suppressions/store.ts'
import type { MessageState } from './message-list.ts'

/** Polar's words for the state of a subscription that say less than they should. */
type Status = 'past_due' | 'canceled' | 'trialing'

/** Names that do not say enough by themselves. Most kinds are named as Polar names its switches. */
const NAMES: Partial<Record<Kind | MessageState | Ignored | Status, string>> = {
  subscription_cycled: 'Renewal receipt',
  subscription_cycled_after_trial: 'First receipt after a trial',
  subscription_usage_invoice: 'Usage invoice',
  subscription_final_invoice: 'Final invoice',
  subscription_updated: 'Subscription changed',
  subscription_cancellation: 'Subscription cancelled',
  subscription_uncanceled: 'Cancellation taken back',
  subscription_revoked: 'Subscription ended',
  subscription_past_due: 'Renewal payment failed',
  subscription_renewal_reminder: 'Renewal reminder',
  subscription_trial_conversion_reminder: 'Trial reminder',
  payment_final_notice: 'Final notice',
  payment_method_expiration_reminder: 'Card reminder',

  complained: 'Marked as spam',
  undelivered: 'Dropped by Resend',
  unconfirmed: 'Not known if sent',

  not_mapped: 'No email for it',
  unchanged: 'Nothing new',
  folded: 'Said by another event',
  stale: 'Out of date',
  before_live: 'Before LIVE_SINCE',
  switched_off: 'Email switched off',

  past_due: 'Payment overdue',
  canceled: 'Cancelled',
  trialing: 'In trial',
}

/** A name of ours or of Polar's in words: `order_confirmation` as "Order confirmation". */
export const inWords = (name: string): string =>
  (NAMES as Record<string, string>)[name] ??
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')

/** `1,200 messages` */
export const countText = (count: number, name: string): string =>
  `${count.toLocaleString('en-US')} ${name}${count === 1 ? '' : 's'}`

const languages = new Intl.DisplayNames('en', { type: 'language' })

/** `de-AT` as "Austrian German"; a text that is no language as it is. */
export const languageName = (language: string): string => {
  try {
    return languages.of(language) ?? language
  } catch {
    return language // Polar stores whatever the merchant's app gave it
  }
}

export const NOT_SENT: Record<NotSent, string> = {
  shadow: 'SEND_MODE is shadow: it was only rehearsed.',
  before_live: 'It happened before LIVE_SINCE.',
  too_old: 'Its webhook was missed, and the backfill found it too late to say it.',
  invalid_address: 'No mail server takes such an address.',
  not_allowed: 'Its address is not on EMAIL_ALLOWLIST.',
  suppressed: 'Its address was suppressed.',
  recovered: 'The payment came after all.',
  taken_back: 'It was taken back before its turn came.',
  ended: 'The subscription had ended when its turn came.',
  stale: 'It was no longer true when its turn came.',
  customer_deleted: 'Its customer was deleted at Polar, or erased here.',
  organization_closing: 'Polar closes the organization.',
  not_kept: 'The email that was to go out once more, or its invoice, could no longer be had.',
}

export const HELD: Record<Held, string> = {
  too_many: 'Its address had too many emails within an hour. It was not sent.',
  unconfirmed: 'It is not known whether it was sent. Releasing it may send it a second time.',
}

export const SUPPRESSED: Record<Suppression['because'], string> = {
  bounced: 'Mail bounced for good',
  complained: 'Marked as spam',
  suppressed: 'Refused by Resend',
}

export const IGNORED: Record<Ignored, string> = {
  not_mapped: 'Events like this one lead to no email.',
  unreadable: 'The event lacks what the email is about.',
  unchanged: 'It says nothing new.',
  folded: 'Another event says the same, or says more.',
  stale: 'It was out of date already.',
  free_renewal: 'It is the renewal of a free plan.',
  switched_off: 'This kind of email is switched off.',
  before_live: 'It happened before LIVE_SINCE.',
  too_old: 'Its webhook was missed, and the backfill found it too late to say it.',
  customer_deleted: 'Its customer was deleted at Polar, or erased here.',
  no_recipient: 'There is nobody to write to.',
}

/** The outcome of an event in a sentence. */
export const outcomeText = (outcome: Outcome): string => {
  if ('ignored' in outcome) return `${IGNORED[outcome.ignored]} (${outcome.because})`
  const { length } = outcome.messages
  return length === 1 ? 'It led to one message.' : `It led to ${length} messages.`
}

/** Who revoked links, or what did. */
export const REVOKED: Record<Revoked['because'], string> = {
  address_changed: 'by Postern, since the address changed',
  customer_gone: 'by Postern, since the customer is gone',
  member_gone: 'by Postern, since the member is gone',
  by_hand: 'by your own backend, through /api',
  by_operator: 'by an operator, in the console',
}

export const EVIDENCE: Record<Evidence, string> = {
  pressed: 'the button Continue was pressed',
  pressed_once: 'the button was pressed too soon, behind a mail gateway',
  head: 'a HEAD request asks for no page',
  prefetch: 'it came ahead of anybody’s click',
  bot_user_agent: 'the client names itself as a known bot',
  no_user_agent: 'the client does not say what it is',
  client_hints: 'its client hints contradict its user agent, or name a headless browser',
  known_browser: 'somebody has pressed the button in this browser before',
  no_navigation: 'it was not a browser that opens a page in a tab',
  strict: 'LINK_CONFIRM is strict',
  too_soon: 'it came sooner than LINK_SETTLE_SECONDS after the email',
  gateway: 'the recipient’s mail gateway follows links',
  burst: 'another link of the email was opened within ten seconds',
  repeated: 'it was the fourth visit or more within ten minutes',
  navigation: 'a browser opened the page in a tab',
  vouched_for: 'the merchant’s own app vouched for the customer',
}

export const ENDINGS: Record<Ending, string> = {
  button_shown: 'It got the page with the button Continue. No session was made.',
  signed_in: 'It went straight to the portal.',
  expired: 'The link had expired, so it led to Polar’s sign-in page.',
  revoked: 'The link was revoked, so it led to the page that says so.',
  address_changed: 'The customer has another address now, so it led to Polar’s sign-in page.',
  customer_gone: 'The customer is gone, so it led to the page that says so.',
  no_member: 'Its member is gone from the customer, so it led to Polar’s sign-in page.',
  polar_unavailable: 'Polar did not answer in time, so it led to Polar’s sign-in page.',
  polar_refused: 'Polar refused a session, so it led to Polar’s sign-in page.',
  limited: 'The link or its visitor came too often, and was asked to wait.',
  unknown: 'Postern did not know the link, so it led to Polar’s sign-in page.',
  failed: 'Postern could not follow the link, so it led to Polar’s sign-in page.',
}
