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
  brandOf: () => Promise<{ brand: Brand; organization: Organization | null }>
  sender: Pick<Email, 'from' | 'replyTo'>
  isShadow: boolean
  /** Addresses and domains, in lower case, that may be mailed; all may when it is absent. */
  allowlist: readonly string[] | undefined
  clock: Pick<Clock, 'now'>
}

/** Polar may suspend the renewals of an organization: then no email names a next renewal. */
const withoutRenewal = (message: Message): Message => {
  const { content } = message
  if (!('plan' in content)) return message
  // A kind and its content fit each other; the union of all kinds can't say so of a part.
  return {
    ...message,
    content: { ...content, plan: { ...content.plan, renewsAt: null } },
  } as Message
}

type Receipt = { refund?: { value: number }; order?: { paid?: number } | null }

/** The receipt of a real payment or refund. Anybody can place as many free orders as they like, so those do not count. */
const isReceipt = ({ content }: Message, details: Found<Kind>['details']): boolean => {
  const { refund, order } = { ...details, ...content } as Receipt
  return (refund?.value ?? order?.paid ?? 0) > 0
}

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

  /** @throws {UnrenderableError} when no email can be made of it. */
  const compose = async (decided: Message, stored: MailedLinks | null): Promise<Composed> => {
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
    if (isSuppressed) return { notSent: 'suppressed' }
    const [found, { brand, organization }] = await Promise.all([detailsOf(message), brandOf()])
    if ('retryAt' in found) return found
    if (organization?.isClosing && END_WITH_IT.has(message.kind))
      return { notSent: 'organization_closing' }
    const isSuspended = organization?.renews === false
    const placeholders = { action: placeholder('action'), overview: placeholder('overview') }
    const shown = isSuspended ? withoutRenewal(message) : message
    const rendered = render(shown, found.details, brand, placeholders, clock.now())
    const attachment = found.invoice?.attachment ?? null
    const thread = threadOf(message)
    const about = { about: aboutOf(message), ...(thread && { thread }) }
    const email = { ...sender, to, ...about, ...rendered, attachment }
    if (isShadow) return { notSent: 'shadow', missing: missingIn(found.details, organization) }
    return { email, links, isReceipt: isReceipt(message, found.details) }
  }

  /** The email of a message: `compose` renders it by what is known at that time. */
  return ({ id, record }: Loaded) => {
    const message = messageIn(id, record)
    return { about: aboutOf(message), compose: () => compose(message, linksIn(record)) }
  }
}
