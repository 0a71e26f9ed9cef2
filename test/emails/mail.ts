// The mails of the tests: every kind and variant, rendered as the service renders them.

import { render } from '@react-email/render'
import { createElement, type FC } from 'react'
import { samples } from '../../emails/_kit/samples.ts'
import { htmlToText, type Kind, type PropsOf, templates } from '../../emails/index.ts'

export const kinds = Object.keys(templates) as Kind[]

/** Any kind's props, seen as the ones that all kinds have in common. */
export type AnyProps = PropsOf[Kind]

export const variantsOf = (kind: Kind): [name: string, props: AnyProps][] =>
  Object.entries(samples[kind])

export const everyVariant = kinds.flatMap((kind) =>
  variantsOf(kind).map(([name, props]) => ({ kind, name, props })),
)

export const mailOf = async (kind: Kind, props: AnyProps) => {
  const { Template, subject } = templates[kind] as {
    Template: FC<AnyProps>
    subject(props: AnyProps): string
  }
  const html = await render(createElement(Template, props))
  return { html, text: htmlToText(html), subject: subject(props) }
}

/** What stands in the body, tags taken out and the few entities that React writes put back. */
export const visible = (html: string): string =>
  html
    .replace(/^[\s\S]*<body/, '<body')
    .replace(/<div[^>]*data-skip-in-text[\s\S]*?<\/div><\/div>/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

export const preheaderOf = (html: string): string =>
  /data-skip-in-text="true">([^<]*)</.exec(html)?.[1] ?? ''

export const amountsIn = (text: string): string[] => text.match(/-?[$€¥]\d[\d,.]*\d/g) ?? []
