// Renders an email from its props: the subject, and HTML and text from the same tree.

import { createElement, type FC, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Kind, PropsOf } from './_kit/props.ts'
import { htmlToText } from './_kit/text.ts'
import { templateOf } from './templates.ts'

/** Without it, the oldest clients render in quirks mode. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

/** React adds preload links for images. Mail clients do not support them, and some spam filters count them. */
const preloads = /<link rel="preload"[^>]*>/g

const markup = (element: ReactElement): string =>
  renderToStaticMarkup(element).replace(preloads, '')

export type Rendered = { subject: string; html: string; text: string }

/** @throws everything that a template throws, such as a RangeError for an invalid date. */
export const renderEmail = <K extends Kind>(kind: K, props: PropsOf[K]): Rendered => {
  const { Template, subject } = templateOf(props.brand, kind)
  const html = DOCTYPE + markup(createElement(Template as FC<object>, props))
  return { subject: subject(props), html, text: htmlToText(html) }
}
