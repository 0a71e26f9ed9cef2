// An email's HTML as a tree, and what people see of it.

import { parseDocument } from 'htmlparser2'

type Node = {
  type: string
  name?: string
  data?: string
  attribs?: Record<string, string>
  children?: Node[]
}

export type Element = {
  name: string
  attributes: Record<string, string>
  /** From `html` down to the parent. */
  ancestors: Element[]
  /** Its own text, not that of what it holds. */
  text: string
}

const collect = (nodes: Node[], ancestors: Element[]): Element[] =>
  nodes.flatMap((node) => {
    if (node.name === undefined) return []
    const children = node.children ?? []
    const text = children.map(({ type, data }) => (type === 'text' ? data : '')).join('')
    const element = { name: node.name, attributes: node.attribs ?? {}, ancestors, text }
    return [element, ...collect(children, [...ancestors, element])]
  })

/** Every element, in the order of the document. */
export const elementsOf = (html: string): Element[] =>
  collect(parseDocument(html).childNodes as Node[], [])

export const isWithin = (element: Element, name: string): boolean =>
  element.ancestors.some((ancestor) => ancestor.name === name)

const isHiding = ({ attributes }: Element) => /display:\s*none/.test(attributes.style ?? '')

/** The outermost elements of the body that are there and not shown. */
export const hiddenAmong = (elements: Element[]): Element[] =>
  elements.filter(
    (element) =>
      isWithin(element, 'body') && isHiding(element) && !element.ancestors.some(isHiding),
  )

/** The text that an inbox shows beside the subject. */
export const preheaderAmong = (elements: Element[]): string =>
  hiddenAmong(elements)[0]?.text.trim() ?? ''

export const preheaderOf = (html: string): string => preheaderAmong(elementsOf(html))

const shownIn = (nodes: Node[]): string =>
  nodes
    .map((node) => {
      if (node.type === 'text') return node.data ?? ''
      if (node.name === undefined || node.name === 'head') return ''
      if (/display:\s*none/.test(node.attribs?.style ?? '')) return ''
      const inside = shownIn(node.children ?? [])
      return /^(a|b|i|em|span|strong|bdi)$/.test(node.name) ? inside : `\n${inside}\n`
    })
    .join('')

/** The words that a reader sees, blocks apart from each other. */
export const visibleIn = (html: string): string =>
  shownIn(parseDocument(html).childNodes as Node[]).replace(/\s*\n\s*/g, '\n')

/** Words that something failed to turn into text for people. */
export const unresolved =
  /\bundefined\b|NaN|Invalid Date|\[object|\bnull\b|[{}]|\d{4}-\d{2}-\d{2}T\d/

const MARK = '[\\u200e\\u200f\\u061c]*'
/** A space before or after a currency never breaks a line. */
const GAP = '[\\u00a0\\u202f]?'
const CURRENCY = '(?:[A-Z]{0,3}\\p{Sc}|円|kr\\b)'
const amount = new RegExp(
  `${MARK}[-−]?${MARK}${CURRENCY}?${GAP}[-−]?\\p{Nd}(?:[.,٫٬\\u00a0\\u202f]?\\p{Nd})*${MARK}(?:${GAP}${CURRENCY})?`,
  'gu',
)

/** Amounts of money, however the language writes them, in the order they stand in. */
export const amountsIn = (text: string): string[] =>
  (text.match(amount) ?? [])
    .filter((found) => new RegExp(CURRENCY, 'u').test(found))
    .map((found) => found.replace(/[\s\u200e\u200f\u061c]/g, ''))

export const linksIn = (text: string): string[] => text.match(/https?:\/\/\S+/g) ?? []
