// A table of labels and values, in the HTML and in the text part. Values are aligned at the end, digit under digit.

import type { CSSProperties } from 'react'
import type { Email } from './prepare.ts'
import { type Theme, themeOf } from './theme.ts'

/**
 * A `fact` is a detail, and a `day` is one that must not wrap. An `item` has a price, `step`s lead from the items to the
 * `result`, and a `note` belongs to the row before it.
 */
export type Row = {
  kind: 'fact' | 'day' | 'item' | 'step' | 'result' | 'note'
  label: string
  value: string
}

type Props = {
  email: Email
  /** Headings of the two columns, if the rows alone are not clear. */
  head?: readonly [label: string, value: string]
  rows: readonly Row[]
}

type Cells = { label: CSSProperties; value: CSSProperties }

/** A rule is drawn above every row that does not continue the one before it. */
const continues = (row: Row, before: Row | undefined) =>
  row.kind === 'note' ||
  (row.kind === 'step' && (before?.kind === 'step' || before?.kind === 'note'))

// A name from outside may break anywhere, our own text only between words. Amounts and days do not wrap.
const noWrap = { whiteSpace: 'nowrap' } as const

const textStyles = ({
  ink,
  quiet,
  quietSmall,
  strong,
  breakable,
}: Theme): Record<Row['kind'], Cells> => ({
  fact: { label: quiet, value: { ...ink, ...breakable } },
  day: { label: quiet, value: { ...ink, ...noWrap } },
  item: { label: { ...ink, ...breakable }, value: { ...ink, ...noWrap } },
  step: { label: { ...quiet, ...breakable }, value: { ...quiet, ...noWrap } },
  result: { label: strong, value: { ...strong, ...noWrap, fontSize: '18px' } },
  note: { label: quietSmall, value: { ...quietSmall, ...noWrap } },
})

const classes: Record<Row['kind'], readonly [label: string, value: string]> = {
  fact: ['quiet line fact', 'ink line fact'],
  day: ['quiet line fact', 'ink line fact'],
  item: ['ink line', 'ink line'],
  step: ['quiet line', 'quiet line'],
  result: ['ink line', 'ink line'],
  note: ['quiet line', 'quiet line'],
}

// A day does not wrap, and so leaves its label little space on a small phone.
const gaps = { fact: '8px', day: '8px', item: '16px', step: '16px', result: '8px', note: '16px' }

const createCells = (theme: Theme) => {
  const cache = new Map<string, Cells>()
  const text = textStyles(theme)

  const create = (row: Row['kind'], above: string, below: string, isRuled: boolean): Cells => {
    const rule = isRuled && { borderTop: `1px solid ${theme.line}` }
    const gap = gaps[row]
    const padding =
      theme.start === 'left' ? `${above} ${gap} ${below} 0` : `${above} 0 ${below} ${gap}`
    const label = { padding, ...rule, ...theme.label, ...text[row].label }
    return {
      label,
      value: { padding: `${above} 0 ${below}`, ...rule, ...theme.value, ...text[row].value },
    }
  }

  /** Two styles for each look and each way of standing between its neighbours. */
  return (row: Row, before: Row | undefined, after: Row | undefined): Cells => {
    const isRuled = !continues(row, before)
    const isFollowed = after !== undefined && continues(after, row)
    const key = `${row.kind} ${isRuled} ${isFollowed}`
    let cells = cache.get(key)
    if (cells === undefined) {
      cells = create(row.kind, isRuled ? '12px' : '2px', isFollowed ? '2px' : '12px', isRuled)
      cache.set(key, cells)
    }
    return cells
  }
}

const cellsByTheme = new WeakMap<Theme, ReturnType<typeof createCells>>()

const cellsOf = (theme: Theme) => {
  let cells = cellsByTheme.get(theme)
  if (cells === undefined) {
    cells = createCells(theme)
    cellsByTheme.set(theme, cells)
  }
  return cells
}

export const Table = ({ email, head, rows }: Props) => {
  const theme = themeOf(email)
  const cells = cellsOf(theme)
  return (
    <table
      cellPadding={0}
      cellSpacing={0}
      data-text-format="ledger"
      dir={email.dir}
      style={theme.table}
      width="100%"
    >
      {head && (
        <thead>
          <tr>
            <th className="quiet" scope="col" style={theme.labelHead}>
              {head[0]}
            </th>
            <th className="quiet" scope="col" style={theme.valueHead}>
              {head[1]}
            </th>
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row, at) => {
          const styles = cells(row, rows[at - 1], rows[at + 1])
          const [label, value] = classes[row.kind]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
            <tr key={at}>
              <th className={label} dir="auto" scope="row" style={styles.label}>
                {row.label}
              </th>
              <td className={value} style={styles.value}>
                {row.value}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
