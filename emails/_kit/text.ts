// Makes the text part from the HTML: URLs on lines of their own, tables in columns, headings unchanged.

import { compile, type FormatCallback } from 'html-to-text'
import { columns, LABEL_WIDTH } from './columns.ts'

/** The link's text, and its URL on the next line. A mail address is not repeated. */
const link: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder)
  const href = element.attribs?.href ?? ''
  if (href === '' || href.startsWith('mailto:')) return
  builder.openBlock({ leadingLineBreaks: 1 })
  builder.addInline(href, { noWordTransform: true })
  builder.closeBlock({ trailingLineBreaks: 1 })
}

const picture: FormatCallback = (element, _walk, builder) => {
  if (element.attribs?.alt) builder.addInline(element.attribs.alt)
}

type Node = Parameters<FormatCallback>[0]

const rowsOf = (node: Node): Node[] =>
  node.name === 'tr' ? [node] : (node.children ?? []).flatMap(rowsOf)

const ledger: FormatCallback = (element, walk, builder) => {
  builder.openTable()
  for (const row of rowsOf(element)) {
    builder.openTableRow()
    for (const cell of row.children ?? []) {
      builder.openTableCell({ maxColumnWidth: LABEL_WIDTH })
      walk(cell.children, builder)
      builder.closeTableCell()
    }
    builder.closeTableRow()
  }
  builder.closeTable({ tableToString: columns as never })
}

const heading = { uppercase: false, leadingLineBreaks: 2 }

let convert: ((html: string) => string) | undefined

/** Removing styles first halves the work. React quotes every attribute and escapes quotes in it. */
const styleAttributes = / style="[^"]*"/g

export const htmlToText = (html: string): string => {
  convert ??= compile({
    formatters: { link, ledger, picture },
    selectors: [
      { selector: '[data-skip-in-text="true"]', format: 'skip' },
      { selector: 'img', format: 'picture' },
      { selector: 'a', format: 'link' },
      { selector: '[data-text-format="ledger"]', format: 'ledger' },
      { selector: 'h1', options: heading },
      { selector: 'h2', options: heading },
      { selector: 'ul', options: { itemPrefix: '- ', leadingLineBreaks: 2 } },
    ],
    wordwrap: false,
  })
  // A list indents its blank lines too.
  const body = html.slice(Math.max(0, html.indexOf('<body'))).replace(styleAttributes, '')
  return convert(body).replace(/ +$/gm, '')
}
