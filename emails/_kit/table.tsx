// A table of labels and values, on the page and in the text part. Values stand at the end, digits under digits.

import type { CSSProperties } from 'react'
import type { Letter } from './letter.ts'
import { type Look, lookOf } from './look.ts'

/** A `fact` is looked up, an `item` paid for; `step`s lead from the items to the `result`; a `note` hangs on its line. */
export type Row = {
  look: 'fact' | 'item' | 'step' | 'result' | 'note'
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

// Of each pair, the side that holds a name from outside may break; the other keeps to one line.
const whole = { whiteSpace: 'nowrap' } as const

const pairs = (look: Look): Record<Row['look'], Cells> => ({
  fact: {
    label: { ...look.rowQuiet, ...whole },
    value: { ...look.rowInk, ...look.breakable },
  },
  item: {
    label: { ...look.rowInk, ...look.breakable },
    value: { ...look.rowInk, ...whole },
  },
  step: {
    label: { ...look.rowQuiet, ...look.breakable },
    value: { ...look.rowQuiet, ...whole },
  },
  result: { label: look.rowStrong, value: look.rowStrong },
  note: { label: look.rowNote, value: { ...look.rowNote, ...whole } },
})

/** Two styles for each look and each way of standing between its neighbours. */
const createCells = (look: Look) => {
  const known = new Map<string, Cells>()
  const pair = pairs(look)
  return (row: Row, before: Row | undefined, after: Row | undefined): Cells => {
    const isJoined = continues(row, before)
    const isFollowed = after !== undefined && continues(after, row)
    const key = `${row.look} ${isJoined} ${isFollowed}`
    let cells = known.get(key)
    if (cells === undefined) {
      const around = {
        ...(isJoined ? { paddingTop: '2px' } : look.rule),
        paddingBottom: isFollowed ? '2px' : '12px',
      }
      cells = {
        label: { ...look.label, ...around, ...pair[row.look].label },
        value: { ...look.value, ...around, ...pair[row.look].value },
      }
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

const isInk = { fact: [false, true], item: [true, true], step: [false, false] } as const
const classesOf = ({ look }: Row): readonly [label: string, value: string] => {
  const [label, value] =
    look === 'result' ? [true, true] : look === 'note' ? [false, false] : isInk[look]
  return [label ? 'ink line' : 'quiet line', value ? 'ink line' : 'quiet line']
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
            <th className="quiet" scope="col" style={{ ...look.label, ...look.head }}>
              {head[0]}
            </th>
            <th className="quiet" scope="col" style={{ ...look.value, ...look.head }}>
              {head[1]}
            </th>
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row, at) => {
          const styles = cells(row, rows[at - 1], rows[at + 1])
          const [label, value] = classesOf(row)
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
