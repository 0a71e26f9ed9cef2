// Prepares an email for the inbox pages.

import type { Email } from '../email.ts'

const SNIPPET = 110

/** `Acme` from `Acme <billing@acme.com>`. */
export const nameOf = (from: string) => /^\s*"?([^"<]+?)"?\s*</.exec(from)?.[1] ?? from

/** The preheader if the HTML has one, otherwise the first words of the text. */
export const snippetOf = ({ html, text }: Email) => {
  const hidden = /<div[^>]*display:\s*none[^>]*>([^<]{8,})/i.exec(html ?? '')?.[1]
  const words = decoded(hidden ?? text ?? '')
    // Invisible padding keeps mail clients from showing the text after the preheader.
    .replace(/\u00AD|\u034F|[\u200B-\u200F\u2007\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return words.length > SNIPPET ? `${words.slice(0, SNIPPET)}…` : words
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/** Decodes HTML entities; the page escapes the result again. */
const decoded = (text: string) =>
  text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex) => character(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, decimal) => character(Number(decimal)))
    .replace(/&([a-z]+);/gi, (entity, name) => ENTITIES[name] ?? entity)

const character = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

/**
 * The source of the frame: the unchanged email, with links that open in a new tab. The tag goes inside the head, since
 * before the doctype it would put the email into quirks mode.
 */
export const frameOf = ({ html, text }: Email) => {
  const base = '<base target="_blank">'
  if (html === null) return `${base}<pre style="white-space:pre-wrap">${escaped(text ?? '')}</pre>`
  return /<head[^>]*>/i.test(html)
    ? html.replace(/<head[^>]*>/i, (head) => `${head}${base}`)
    : `${base}${html}`
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Splits a text into URLs and the text between them. */
export const linkified = (text: string): { text: string; isUrl: boolean }[] =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((part, index) => ({ text: part, isUrl: index % 2 === 1 }))
