// The text part, made from the HTML: a link's address on a line of its own, tables in columns, headings as they are.

import { toPlainText } from '@react-email/render'

/** As much of the converter's tree and builder as is used here; it comes without types of its own. */
type Node = { name?: string; children?: Node[]; attribs?: Record<string, string> }
type Builder = {
  openBlock(options: { leadingLineBreaks: number }): void
  closeBlock(options: { trailingLineBreaks: number }): void
  addInline(text: string, options: { noWordTransform: boolean }): void
  openTable(): void
  openTableRow(): void
  openTableCell(options: { maxColumnWidth: number }): void
  closeTableCell(): void
  closeTableRow(): void
  closeTable(options: { tableToString(rows: { text: string }[][]): string }): void
}
type Walk = (nodes: Node[] | undefined, builder: Builder) => void

/** A label longer than this goes on in the next line, so that a line with its amount fits a narrow window. */
const LABEL_WIDTH = 44
const GAP = '  '

/** The words of a link, and below them where it leads. A mail address needs no repeating. */
const link = (element: Node, walk: Walk, builder: Builder) => {
  walk(element.children, builder)
  const href = element.attribs?.href ?? ''
  if (href === '' || href.startsWith('mailto:')) return
  builder.openBlock({ leadingLineBreaks: 1 })
  builder.addInline(href, { noWordTransform: true })
  builder.closeBlock({ trailingLineBreaks: 1 })
}

const rowsOf = (node: Node): Node[] =>
  node.name === 'tr' ? [node] : (node.children ?? []).flatMap(rowsOf)

/** Labels to the left, values to the right; a value stands on the last line of its label. */
const columns = (rows: { text: string }[][]): string => {
  const lines = rows.flatMap((cells) => {
    const labels = (cells[0]?.text ?? '').split('\n')
    return labels.map((label, at) => ({
      label,
      value: at === labels.length - 1 ? (cells[1]?.text ?? '') : '',
    }))
  })
  const labelWidth = Math.min(LABEL_WIDTH, Math.max(...lines.map(({ label }) => label.length)))
  const valueWidth = Math.max(...lines.map(({ value }) => value.length))
  return lines
    .map(({ label, value }) =>
      `${label.padEnd(labelWidth)}${GAP}${value.padStart(valueWidth)}`.trimEnd(),
    )
    .join('\n')
}

const ledger = (element: Node, walk: Walk, builder: Builder) => {
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
  builder.closeTable({ tableToString: columns })
}

/** The text part of an email from its HTML. */
export const htmlToText = (html: string): string =>
  toPlainText(html, {
    formatters: { link, ledger },
    selectors: [
      { selector: 'a', format: 'link' },
      { selector: '[data-text-format="ledger"]', format: 'ledger' },
      { selector: 'h1', options: { uppercase: false, leadingLineBreaks: 2 } },
      { selector: 'h2', options: { uppercase: false, leadingLineBreaks: 2 } },
    ],
  })
