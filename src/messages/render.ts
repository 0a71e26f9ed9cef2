// Renders the email of a message from its content, its details and the brand.

import {
  type Brand,
  type DetailsOf,
  type Kind,
  type Links,
  type Rendered,
  renderEmail,
} from '../../emails/index.ts'
import { UnrenderableError } from '../deliveries/composed.ts'
import type { Message } from './message.ts'

/** @param now milliseconds. @throws {UnrenderableError} */
export const render = (
  { kind, content, recipient }: Message,
  details: DetailsOf[Kind],
  brand: Brand,
  links: Links,
  now: number,
): Rendered => {
  const { locale, name, country = null } = recipient
  const reader = { locale: locale ?? '', customerName: name, country }
  const common = { ...reader, brand, links, now: new Date(now).toISOString() }
  const props = { ...common, ...content, ...details }
  try {
    // A message's kind, content and details belong together; the union of all kinds can't say so of its parts.
    return renderEmail(kind, props as never)
  } catch (cause) {
    throw new UnrenderableError(`${kind} cannot be rendered`, { cause })
  }
}
