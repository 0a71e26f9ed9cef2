// The mails of the tests: every kind and variant, rendered as the service renders them.

import { samples } from '../../emails/_kit/samples.ts'
import {
  createBrand,
  defaultBrand,
  type Kind,
  kinds,
  type PropsOf,
  type Rendered,
  renderEmail,
} from '../../emails/index.ts'

/** Any kind's props, seen as the ones that all kinds have in common. */
export type AnyProps = PropsOf[Kind]

const noBrand = createBrand()

/** A sample in no brand of its own, so that what is promised of our words holds whatever a merchant has set. */
const unbranded = <P extends AnyProps>(props: P): P =>
  props.brand === defaultBrand ? { ...props, brand: noBrand } : props

export const standard = Object.fromEntries(
  kinds.map((kind) => [kind, unbranded(samples[kind].standard as AnyProps)]),
) as {
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
  return renderEmail(kind, { ...unbranded(named), ...different })
}

/** The text that an inbox shows beside the subject. */
export const preheaderOf = (html: string): string =>
  /data-skip-in-text="true"[^>]*>([^<]*)</.exec(html)?.[1] ?? ''

export const amountsIn = (text: string): string[] => text.match(/-?[$€¥]\d[\d,.]*\d/g) ?? []

/** As a reader sees it: without the marks that keep names and amounts in one piece, every blank alike. */
export const plain = (text: string): string =>
  text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/[\u00a0\u202f]/g, ' ')
