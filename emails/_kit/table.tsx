// A table of labels and values, on the page and in the text part. Values stand at the end, digits under digits.

import type { CSSProperties } from 'react'
import type { Letter } from './letter.ts'
import { type Look, lookOf } from './look.ts'

/**
 * A `fact` is looked up, a `day` is a fact that keeps to one line, an `item` is paid for; `step`s lead from the items to the
 * `result`; a `note` hangs on its line.
 */
export type Row = {
  look: 'fact' | 'day' | 'item' | 'step' | 'result' | 'note'
  label: string
  value: string
}

type Props = {
  letter: Letter
  /** The headings of the two columns, where they aren't plain from the rows. */
  head?: readonly [label: string, value: string]
  rows: readonly Row[]
}

type Cells = { label: CSSProperties; value: CSSProperties }

/** A line is drawn above every row that doesn't continue the one before it. */
const continues = (row: Row, before: Row | undefined) =>
  row.look === 'note' ||
  (row.look === 'step' && (before?.look === 'step' || before?.look === 'note'))

// A name from outside may break anywhere, words of ours only between each other; an amount and a day keep to one line.
const whole = { whiteSpace: 'nowrap' } as const

const texts = ({
  ink,
  quiet,
  quietSmall,
  strong,
  breakable,
}: Look): Record<Row['look'], Cells> => ({
  fact: { label: quiet, value: { ...ink, ...breakable } },
  day: { label: quiet, value: { ...ink, ...whole } },
  item: { label: { ...ink, ...breakable }, value: { ...ink, ...whole } },
  step: { label: { ...quiet, ...breakable }, value: { ...quiet, ...whole } },
  result: { label: strong, value: { ...strong, ...whole, fontSize: '18px' } },
  note: { label: quietSmall, value: { ...quietSmall, ...whole } },
})

const classes: Record<Row['look'], readonly [label: string, value: string]> = {
  fact: ['quiet line fact', 'ink line fact'],
  day: ['quiet line fact', 'ink line fact'],
  item: ['ink line', 'ink line'],
  step: ['quiet line', 'quiet line'],
  result: ['ink line', 'ink line'],
  note: ['quiet line', 'quiet line'],
}

// A day that keeps to one line leaves its label little room on a small phone.
const gaps = { fact: '8px', day: '8px', item: '16px', step: '16px', result: '8px', note: '16px' }

const createCells = (look: Look) => {
  const known = new Map<string, Cells>()
  const text = texts(look)

  const create = (row: Row['look'], above: string, below: string, isRuled: boolean): Cells => {
    const rule = isRuled && { borderTop: `1px solid ${look.line}` }
    const gap = gaps[row]
    const padding =
      look.start === 'left' ? `${above} ${gap} ${below} 0` : `${above} 0 ${below} ${gap}`
    const label = { padding, ...rule, ...look.label, ...text[row].label }
    return {
      label,
      value: { padding: `${above} 0 ${below}`, ...rule, ...look.value, ...text[row].value },
    }
  }

  /** Two styles for each look and each way of standing between its neighbours. */
  return (row: Row, before: Row | undefined, after: Row | undefined): Cells => {
    const isRuled = !continues(row, before)
    const isFollowed = after !== undefined && continues(after, row)
    const key = `${row.look} ${isRuled} ${isFollowed}`
    let cells = known.get(key)
    if (cells === undefined) {
      cells = create(row.look, isRuled ? '12px' : '2px', isFollowed ? '2px' : '12px', isRuled)
      known.set(key, cells)
    }
    return cells
  }
}

const made = new WeakMap<Look, ReturnType<typeof createCells>>()

const cellsOf = (look: Look) => {
  let cells = made.get(look)
  if (cells === undefined) {
    cells = createCells(look)
    made.set(look, cells)
  }
  return cells
}

export const Table = ({ letter, head, rows }: Props) => {
  const look = lookOf(letter)
  const cells = cellsOf(look)
  return (
    <table
      cellPadding={0}
      cellSpacing={0}
      data-text-format="ledger"
      dir={letter.dir}
      style={look.table}
      width="100%"
    >
      {head && (
        <thead>
          <tr>
            <th className="quiet" scope="col" style={look.labelHead}>
              {head[0]}
            </th>
            <th className="quiet" scope="col" style={look.valueHead}>
              {head[1]}
            </th>
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row, at) => {
          const styles = cells(row, rows[at - 1], rows[at + 1])
          const [label, value] = classes[row.look]
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
