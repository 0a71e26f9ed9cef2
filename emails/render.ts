// From the props of an email to what is sent: its subject, and HTML and text of one tree.

import { createElement, type FC, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Kind, PropsOf } from './_kit/props.ts'
import { htmlToText } from './_kit/text.ts'
import { templateOf } from './templates.ts'

/** What the oldest clients go by; without it they fall back to the ways of the nineties. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

/** React asks browsers to load pictures ahead, in a way that no email client knows and some filters frown upon. */
const preloads = /<link rel="preload"[^>]*>/g

const markup = (element: ReactElement): string =>
  renderToStaticMarkup(element).replace(preloads, '')

export type Rendered = { subject: string; html: string; text: string }

/** Throws what a template throws, such as a RangeError for a date that is none. */
export const renderEmail = <K extends Kind>(kind: K, props: PropsOf[K]): Rendered => {
  const { Template, subject } = templateOf(props.brand, kind)
  const html = DOCTYPE + markup(createElement(Template as FC<object>, props))
  return { subject: subject(props), html, text: htmlToText(html) }
}
