// From a message to the words and pictures of its email.

import { render as renderReact } from '@react-email/render'
import { createElement } from 'react'
import { type Brand, htmlToText, type Links, type PropsOf, templates } from '../../emails/index.ts'
import type { Kind, Message } from './message.ts'

type Rendered = { subject: string; html: string; text: string }

const renderKind = async <K extends Kind>(kind: K, props: PropsOf[K]): Promise<Rendered> => {
  const { Template, subject } = templates[kind]
  const html = await renderReact(createElement(Template, props))
  return { subject: subject(props), html, text: htmlToText(html) }
}

/** HTML and text come from one tree; all copy is English as yet, whatever the recipient's locale. */
export const render = (
  { kind, content, recipient }: Message,
  brand: Brand,
  links: Links,
): Promise<Rendered> =>
  // A message's kind and content belong together; the union of all kinds can't say so of its parts.
  renderKind(kind, {
    brand,
    locale: 'en-US',
    customerName: recipient.name,
    links,
    ...content,
  } as never)
