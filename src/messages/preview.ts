// Composes the email of a stored message as today's template has it, to be looked at: nothing is stored or sent, and its links
// are placeholders.

import type { Brand, Kind, Language } from '../../emails/index.ts'
import { placeholder } from '../links/link.ts'
import type { Organization } from '../polar/catalogue.ts'
import type { Email } from '../resend/email.ts'
import type { Clock } from '../runtime/clock.ts'
import { withoutRenewal } from './compose.ts'
import type { Found } from './details.ts'
import { isNotYet } from './find.ts'
import type { Message, NotYet } from './message.ts'
import { render } from './render.ts'

/** An email to be looked at, its links placeholders. */
export type Preview = Pick<Email, 'from' | 'replyTo' | 'subject' | 'html' | 'text'>

type PreviewParts = {
  withLatestContent: (message: Message) => Promise<Message>
  detailsOf: (message: Message) => Promise<Found<Kind> | NotYet>
  brandOf: () => Promise<{ brand: Brand; organization: Organization | null }>
  sender: Pick<Email, 'from' | 'replyTo'>
  clock: Pick<Clock, 'now'>
}

export const createPreview = (parts: PreviewParts) => {
  const { withLatestContent, detailsOf, brandOf, sender, clock } = parts
  /**
   * @returns `null` while an order that it shows has not come yet.
   * @throws {UnrenderableError}
   */
  return async (stored: Message, locale: Language): Promise<Preview | null> => {
    const message = await withLatestContent(stored)
    const [found, { brand, organization }] = await Promise.all([detailsOf(message), brandOf()])
    if (isNotYet(found)) return null
    const recipient = { ...message.recipient, locale }
    const shown = organization?.renews === false ? withoutRenewal(message) : message
    const links = { action: placeholder('action'), overview: placeholder('overview') }
    const rendered = render({ ...shown, recipient }, found.details, brand, links, clock.now())
    return { ...sender, ...rendered }
  }
}
