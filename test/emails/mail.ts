// The mails of the tests: every kind and variant, rendered as the service renders them.

import { samples } from '../../emails/_kit/samples.ts'
import { type Kind, kinds, type PropsOf, type Rendered, renderEmail } from '../../emails/index.ts'

/** Any kind's props, seen as the ones that all kinds have in common. */
export type AnyProps = PropsOf[Kind]

export const standard = Object.fromEntries(kinds.map((kind) => [kind, samples[kind].standard])) as {
  [K in Kind]: PropsOf[K]
}

export const everyKind = kinds.map((kind) => ({ kind, props: standard[kind] as AnyProps }))

/** The email of a kind: its standard sample with whatever is different about it. */
export const mailOf = <K extends Kind>(
  kind: K,
  different: Partial<PropsOf[K]> = {},
  name?: string,
): Rendered => {
  const named = (samples[kind] as unknown as Record<string, PropsOf[K]>)[name ?? 'standard']
  if (named === undefined) throw new Error(`${kind} has no sample ${name}`)
  return renderEmail(kind, { ...named, ...different })
}

/** What an inbox shows beside the subject. */
export const preheaderOf = (html: string): string =>
  /data-skip-in-text="true"[^>]*>([^<]*)</.exec(html)?.[1] ?? ''

export const amountsIn = (text: string): string[] => text.match(/-?[$€¥]\d[\d,.]*\d/g) ?? []
