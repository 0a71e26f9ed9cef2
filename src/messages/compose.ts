// Composes the email of a message, shortly before it is claimed: checks that it is still wanted and allowed, finds its details,
// drafts its links and renders it.

import type { Brand, Kind } from '../../emails/index.ts'
import type { Composed, NotSent } from '../deliveries/composed.ts'
import { type Loaded, linksIn } from '../deliveries/store.ts'
import type { Links } from '../links/issue.ts'
import { type MailedLinks, placeholder } from '../links/link.ts'
import type { Organization } from '../polar/catalogue.ts'
import type { About, Email } from '../resend/email.ts'
import { mailAddress } from '../runtime/address.ts'
import type { Clock } from '../runtime/clock.ts'
import { createIsAllowed } from './allowlist.ts'
import type { Found } from './details.ts'
import type { Message, NotYet } from './message.ts'
import { missingIn } from './missing.ts'
import { render } from './render.ts'
import { messageIn } from './store.ts'

type ComposeParts = {
  /** Drafts the links of a message; those that are stored already stay as they are. */
  draftLinks: Links['draft']
  /** Whether an address bounced, or its owner has complained. */
  isSuppressed: (address: string) => Promise<boolean>
  /** Why a message is no longer wanted by what is known now; `null` if it still is. */
  staleReason: (message: Message) => Promise<NotSent | null>
  /** The message with the latest content. */
  withLatestContent: (message: Message) => Promise<Message>
  /** The details that the email shows beyond its event. */
  detailsOf: (message: Message) => Promise<Found<Kind> | NotYet>
  /** The email of an earlier message as it was sent, with its invoice; `null` where it can no longer be had. */
  sameEmail: (message: Message, sameAs: string) => Promise<Email | NotYet | null>
  brandOf: () => Promise<{ brand: Brand; organization: Organization | null }>
  sender: Pick<Email, 'from' | 'replyTo'>
  isShadow: boolean
  /** Addresses and domains, in lower case, that may be mailed; all may when it is absent. */
  allowlist: readonly string[] | undefined
  clock: Pick<Clock, 'now'>
}

/** A message that may be mailed. `message` has the latest content. */
type Ready = { to: string; message: Message; links: MailedLinks }

type Admitted = Ready | { notSent: NotSent }

/** Polar may suspend the renewals of an organization: then no email names a next renewal. */
export const withoutRenewal = (message: Message): Message => {
  const { content } = message
  if (!('plan' in content)) return message
  // A kind and its content fit each other; the union of all kinds can't say so of a part.
  return {
    ...message,
    content: { ...content, plan: { ...content.plan, renewsAt: null } },
  } as Message
}

type Receipt = { refund?: { value: number }; order?: { id?: string; paid?: number } | null }

/** The amount that an email says was paid or given back; the union of all kinds can't say so of its parts. */
const receiptIn = ({ content }: Message, details: object = {}) =>
  ({ ...details, ...content }) as Receipt

/** The receipt of a real payment or refund. Anybody can place as many free orders as they like, so those do not count. */
const isReceipt = ({ refund, order }: Receipt): boolean => (refund?.value ?? order?.paid ?? 0) > 0

/** The attachment of an email, and the order whose invoice it is. */
const attachedTo = (
  { order }: Receipt,
  attachment: Email['attachment'],
): Pick<Email, 'attachment' | 'attached'> => ({
  attachment,
  ...(attachment && order?.id && { attached: { filename: attachment.filename, order: order.id } }),
})

/** When Polar closes an organization, its subscriptions end. Polar mails nobody about that, and neither does Postern. */
const END_WITH_IT = new Set<Kind>(['subscription_cancellation', 'subscription_revoked'])

const orderOf = ({ content, target }: Message): string | undefined =>
  'order' in content && content.order && 'id' in content.order
    ? content.order.id
    : /^order:(.+)$/.exec(target)?.[1]

const aboutOf = (message: Message): About => {
  const { kind, subscriptionId } = message
  const order = orderOf(message)
  return {
    kind,
    ...(order && { order }),
    ...(subscriptionId && { subscription: subscriptionId }),
  }
}

/** All emails about a failed payment are one conversation. */
const threadOf = ({ kind, subscriptionId, content }: Message): string | null => {
  switch (kind) {
    case 'subscription_past_due':
    case 'payment_reminder':
    case 'payment_final_notice':
      return `${subscriptionId}.${Date.parse(content.pastDueAt)}`
    default:
      return null
  }
}

export const createCompose = (parts: ComposeParts) => {
  const { draftLinks, staleReason, detailsOf, brandOf, sender, isShadow, clock } = parts
  const isAllowed = createIsAllowed(parts.allowlist)

  /** Checks that a message may be mailed and is still wanted. */
  const admit = async (decided: Message, stored: MailedLinks | null): Promise<Admitted> => {
    const { customerId, address } = decided.recipient
    const to = mailAddress(address)
    if (to === null) return { notSent: 'invalid_address' }
    if (!isAllowed(to)) return { notSent: 'not_allowed' }
    const asKnown = async () => {
      const message = await parts.withLatestContent(decided)
      return { message, staleBecause: await staleReason(message) }
    }
    const [{ message, staleBecause }, isSuppressed, links] = await Promise.all([
      asKnown(),
      parts.isSuppressed(address),
      stored ?? draftLinks(customerId, address),
    ])
    if (staleBecause) return { notSent: staleBecause }
    return isSuppressed ? { notSent: 'suppressed' } : { to, message, links }
  }

  const isClosing = (organization: Organization | null, { kind }: Message) =>
    organization?.isClosing === true && END_WITH_IT.has(kind)

  /** The email of an earlier message once more: only the sender, the recipient and the links are those of today. */
  const composeSame = async ({ to, message, links }: Ready, sameAs: string): Promise<Composed> => {
    const [email, { organization }] = await Promise.all([
      parts.sameEmail(message, sameAs),
      brandOf(),
    ])
    if (email === null) return { notSent: 'not_kept' }
    if ('retryAt' in email) return email
    if (isClosing(organization, message)) return { notSent: 'organization_closing' }
    if (isShadow) return { notSent: 'shadow' }
    return { email: { ...email, ...sender, to }, links, isReceipt: isReceipt(receiptIn(message)) }
  }

  /** @throws {UnrenderableError} when no email can be made of it. */
  const composeAnew = async ({ to, message, links }: Ready): Promise<Composed> => {
    const [found, { brand, organization }] = await Promise.all([detailsOf(message), brandOf()])
    if ('retryAt' in found) return found
    if (isClosing(organization, message)) return { notSent: 'organization_closing' }
    const { details, invoice } = found
    const placeholders = { action: placeholder('action'), overview: placeholder('overview') }
    const shown = organization?.renews === false ? withoutRenewal(message) : message
    const rendered = render(shown, details, brand, placeholders, clock.now())
    const thread = threadOf(message)
    const receipt = receiptIn(message, details)
    const email = {
      ...{ ...sender, to, about: aboutOf(message), ...(thread && { thread }) },
      ...{ ...rendered, ...attachedTo(receipt, invoice?.attachment ?? null) },
    }
    if (isShadow) return { notSent: 'shadow', missing: missingIn(details, organization) }
    return { email, links, isReceipt: isReceipt(receipt) }
  }

  const compose = async (decided: Message, stored: MailedLinks | null): Promise<Composed> => {
    const ready = await admit(decided, stored)
    if ('notSent' in ready) return ready
    return decided.sameAs ? composeSame(ready, decided.sameAs) : composeAnew(ready)
  }

  /** The email of a message: `compose` renders it by what is known at that time. */
  return ({ id, record }: Loaded) => {
    const message = messageIn(id, record)
    return { about: aboutOf(message), compose: () => compose(message, linksIn(record)) }
  }
}
