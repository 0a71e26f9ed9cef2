// The pieces that pages are made of.

import type { ReactNode } from 'react'
import type { Says } from '../../operator/says.ts'
import { MessageLink } from './links.tsx'
import { CsrfField } from './shell.tsx'

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'quiet'

export const Badge = ({ tone = 'quiet', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`badge ${tone}`}>{children}</span>
)

/** A time in UTC; the script shows it as the operator's clock has it. @param at milliseconds. */
export const Time = ({ at }: { at: number }) => {
  const iso = new Date(at).toISOString()
  return (
    <time className="nowrap" dateTime={iso}>{`${iso.slice(0, 19).replace('T', ' ')} UTC`}</time>
  )
}

/** An id: a click selects it whole, and the script gives it a button that copies it. */
export const Id = ({ of }: { of: string }) => <code className="id">{of}</code>

/** An address that breaks behind its signs, and so inside no word. */
export const WholeAddress = ({ of }: { of: string }) =>
  of.split(/(?<=[@._+-])/).reduce<ReactNode>(
    (before, piece) =>
      before === null ? (
        piece
      ) : (
        <>
          {before}
          <wbr />
          {piece}
        </>
      ),
    null,
  )

/** An address in a table: a long one is cut off, and its title has it whole. */
export const Address = ({ of }: { of: string }) => (
  <span className="address" title={of}>
    <WholeAddress of={of} />
  </span>
)

/** A sentence, with its times. */
export const Said = ({ says }: { says: Says }) => (
  <>
    {says.map((piece) => {
      if (typeof piece === 'string') return piece
      return 'at' in piece ? (
        <Time key={piece.at} at={piece.at} />
      ) : (
        <MessageLink key={piece.message} id={piece.message} />
      )
    })}
  </>
)

export const Card = (props: { title?: ReactNode; aside?: ReactNode; children: ReactNode }) => (
  <section className="card">
    {props.title && (
      <header>
        <h2>{props.title}</h2>
        {props.aside}
      </header>
    )}
    {props.children}
  </section>
)

export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="empty">
    <strong>{title}</strong>
    {children}
  </div>
)

type Column<Row> = {
  name: string
  isNumber?: boolean
  cell: (row: Row) => ReactNode
}

/** @param caption what the rows are, for a screen reader. */
export const Table = <Row,>(props: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
}) => (
  // A wide table scrolls by itself, by keyboard too. On a phone each cell has its own line, with the name of its column.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
  <section className="scroll" tabIndex={0} aria-label={props.caption}>
    <table>
      <thead>
        <tr>
          {props.columns.map(({ name, isNumber }) => (
            <th key={name} scope="col" className={isNumber ? 'num' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={props.keyOf(row)}>
            {props.columns.map(({ name, isNumber, cell }) => (
              <td key={name} className={isNumber ? 'num' : undefined} data-name={name}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** The value of a field is left out where it is `null`. */
export const Fields = ({ of }: { of: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="fields">
    {of.map(
      ([name, value]) =>
        value !== null &&
        value !== undefined && [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>],
    )}
  </dl>
)

type PagesParts = {
  /** The path of the list, with its filters and without a cursor. */
  path: string
  isFirst: boolean
  cursor: string | null
  /** Names of the first page, and of the one that follows. */
  names?: readonly [first: string, next: string]
}

/** The links under a page of a list. */
export const Pages = (props: PagesParts) => {
  const { path, isFirst, cursor, names: [first, next] = ['Newest', 'Older'] } = props
  if (isFirst && cursor === null) return null
  const joiner = path.includes('?') ? '&' : '?'
  return (
    <nav className="pages" aria-label="Pages">
      {isFirst ? <span /> : <a href={path}>{first}</a>}
      {cursor === null ? (
        <span className="quiet">The list ends here</span>
      ) : (
        <a href={`${path}${joiner}cursor=${encodeURIComponent(cursor)}`}>{next}</a>
      )}
    </nav>
  )
}

type ActionParts = {
  path: string
  label: string
  look?: 'primary' | 'danger'
  /** Fields beside the button. */
  children?: ReactNode
}

/** A button that acts at once. */
export const Action = ({ path, label, look, children }: ActionParts) => (
  <form method="post" action={path} className="row">
    <CsrfField />
    {children}
    <button type="submit" className={look}>
      {label}
    </button>
  </form>
)

type CarefulActionParts = ActionParts & {
  summary: string
  because: ReactNode
  /** One action of a group is open at a time. */
  group?: string
}

/** An action that opens first, and says what it will do. */
export const CarefulAction = (props: CarefulActionParts) => (
  <details className="act" name={props.group}>
    <summary>{props.summary}</summary>
    <div>
      <p className="quiet small">{props.because}</p>
      <Action path={props.path} label={props.label} look={props.look ?? 'primary'}>
        {props.children}
      </Action>
    </div>
  </details>
)
