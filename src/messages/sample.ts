// Renders the sample email of a kind as this deployment would send it: with its templates, its brand and its sender.

import {
  type Brand,
  type Kind,
  type Language,
  renderEmail,
  standardSamples,
} from '../../emails/index.ts'
import { placeholder } from '../links/link.ts'
import type { Email } from '../resend/email.ts'

type SampleParts = {
  /** The brand as it is known by now. */
  brand: () => Brand
  sender: Pick<Email, 'from' | 'replyTo'>
}

const ID = '00000000-0000-4000-8000-000000000000'

export const createSample =
  ({ brand, sender }: SampleParts) =>
  /** @throws everything that a template throws. */
  (kind: Kind, language: Language | null): Email => {
    const links = { action: placeholder('action'), overview: placeholder('overview') }
    const props = { ...standardSamples[kind], brand: brand(), locale: language ?? '', links }
    const about = { kind, order: ID, subscription: ID }
    // A kind and its sample belong together; the union of all kinds can't say so of its parts.
    const rendered = renderEmail(kind, props as never)
    return { ...sender, to: 'customer@example.com', about, ...rendered, attachment: null }
  }
