// A table of labels and values, on the page and in the text part. Values stand right, digits under digits.

import type { CSSProperties } from 'react'
import { light } from './palette.ts'
import { body, small, unbreakable } from './theme.ts'

/** A `fact` is looked up, an `item` paid for; `step`s lead from the items to the `result`; a `note` hangs on its line. */
export type Row = {
  look: 'fact' | 'item' | 'step' | 'result' | 'note'
  label: string
  value: string
}

type Props = {
  /** The headings of the two columns, where they aren't plain from the rows. */
  head?: [label: string, value: string]
  rows: Row[]
}

type Look = { className: string; style: CSSProperties }

const ink: Look = { className: 'ink line', style: { ...body, color: light.ink, fontWeight: 400 } }
const quiet: Look = {
  className: 'quiet line',
  style: { ...body, color: light.quiet, fontWeight: 400 },
}
const look = ({ className, style }: Look, more: CSSProperties): Look => ({
  className,
  style: { ...style, ...more },
})

// Of each pair, the side that holds a name from outside may break; the other keeps to one line.
const whole = { whiteSpace: 'nowrap' } as const
const strong = look(ink, { ...whole, fontSize: '18px', fontWeight: 600 })

const looks: Record<Row['look'], { label: Look; value: Look }> = {
  fact: { label: look(quiet, whole), value: look(ink, unbreakable) },
  item: { label: look(ink, unbreakable), value: look(ink, whole) },
  step: { label: look(quiet, unbreakable), value: look(quiet, whole) },
  result: { label: strong, value: strong },
  note: { label: look(quiet, small), value: look(quiet, { ...small, ...whole }) },
}

const label: CSSProperties = { paddingRight: '16px', textAlign: 'left', verticalAlign: 'top' }
const value: CSSProperties = {
  textAlign: 'right',
  verticalAlign: 'top',
  fontVariantNumeric: 'tabular-nums',
}

/** A line is drawn above every row that doesn't continue the one before it. */
const continues = (row: Row, before: Row | undefined) =>
  row.look === 'note' ||
  (row.look === 'step' && (before?.look === 'step' || before?.look === 'note'))

const space = (row: Row, before: Row | undefined, after: Row | undefined): CSSProperties => ({
  ...(continues(row, before)
    ? { paddingTop: '2px' }
    : { paddingTop: '12px', borderTop: `1px solid ${light.line}` }),
  paddingBottom: after && continues(after, row) ? '2px' : '12px',
})

const Head = ({ head }: { head: [string, string] }) => (
  <thead>
    <tr>
      <th
        className="quiet"
        scope="col"
        style={{ ...label, ...looks.note.label.style, paddingBottom: '8px' }}
      >
        {head[0]}
      </th>
      <th
        className="quiet"
        scope="col"
        style={{ ...value, ...looks.note.value.style, paddingBottom: '8px' }}
      >
        {head[1]}
      </th>
    </tr>
  </thead>
)

export const Table = ({ head, rows }: Props) => (
  <table
    data-text-format="ledger"
    width="100%"
    cellPadding={0}
    cellSpacing={0}
    style={{ borderCollapse: 'collapse', margin: '8px 0 28px' }}
  >
    {head && <Head head={head} />}
    <tbody>
      {rows.map((row, at) => {
        const { label: left, value: right } = looks[row.look]
        const around = space(row, rows[at - 1], rows[at + 1])
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
          <tr key={at}>
            <th
              className={left.className}
              dir="auto"
              scope="row"
              style={{ ...label, ...around, ...left.style }}
            >
              {row.label}
            </th>
            <td className={right.className} style={{ ...value, ...around, ...right.style }}>
              {row.value}
            </td>
          </tr>
        )
      })}
    </tbody>
  </table>
)
