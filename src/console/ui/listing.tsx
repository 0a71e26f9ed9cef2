// A list with its filters, a page at a time.

import type { ReactNode } from 'react'
import type { Query } from '../../operator/filters.ts'
import { cutShortText, type Listing } from '../../operator/listing.ts'
import { countText, inWords } from '../../operator/words.ts'
import { Card, Empty, Pages } from './parts.tsx'

/** One filter: a field of the query, and what can be chosen. */
export type Choice = { name: string; label: string; options: readonly string[] }

const nameOf = (option: string) => (option.includes('.') ? option : inWords(option))

const WITHIN = { '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' }

const fieldsOf = (choices: readonly Choice[]) => [
  ...choices.map(({ name }) => name),
  ...['within', 'from', 'until'],
]

/** The path of a list with the filters of a query. */
const filteredPath = (path: string, query: Query, choices: readonly Choice[]): string => {
  const given = fieldsOf(choices).flatMap((name): [string, string][] =>
    query[name] ? [[name, query[name]]] : [],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

type ListPageParts<Row> = {
  path: string
  query: Query
  choices: readonly Choice[]
  found: Listing<Row> | { problem: string }
  /** The table of its rows. */
  table: (rows: readonly Row[]) => ReactNode
  /** One word for a row. */
  name: string
  /** Says what will appear here. */
  empty: ReactNode
}

type FiltersParts = Pick<ListPageParts<never>, 'path' | 'query' | 'choices'>

const Form = ({ path, query, choices }: FiltersParts) => (
  <form method="get" action={path} className="filters">
    {choices.map(({ name, label, options }) => (
      <label key={name}>
        {label}
        <select name={name} defaultValue={query[name] ?? ''}>
          <option value="">Any</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {nameOf(option)}
            </option>
          ))}
        </select>
      </label>
    ))}
    <label>
      Within
      <select name="within" defaultValue={query.within ?? ''}>
        <option value="">Any time</option>
        {Object.entries(WITHIN).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label>
      From
      <input type="date" name="from" defaultValue={query.from} />
    </label>
    <label>
      Until
      <input type="date" name="until" defaultValue={query.until} />
    </label>
    <button type="submit">Filter</button>
    {filteredPath(path, query, choices) !== path && <a href={path}>Clear</a>}
  </form>
)

/** On a phone they are closed while none is chosen, so that the list stands below the title. */
const Filters = (parts: FiltersParts) => (
  <details
    className="filter"
    open={filteredPath(parts.path, parts.query, parts.choices) !== parts.path}
  >
    <summary className="button">Filters</summary>
    <Form {...parts} />
  </details>
)

const Rows = <Row,>(props: Omit<ListPageParts<Row>, 'found'> & { found: Listing<Row> }) => {
  const { path, query, choices, found, table, name, empty } = props
  const { rows, cursor, total } = found
  const cutShort = cutShortText(found)
  const filtered = filteredPath(path, query, choices)
  const isFiltered = filtered !== path
  return (
    <Card>
      {cutShort && <p className="aside">{cutShort}</p>}
      {total !== null && total > 0 && <p className="aside">{countText(total, name)}</p>}
      {rows.length > 0 && table(rows)}
      {rows.length === 0 && !cutShort && (
        <Empty title={isFiltered || query.cursor ? 'Nothing fits' : 'Nothing here yet'}>
          {isFiltered || query.cursor ? 'Choose other filters, or clear them.' : empty}
        </Empty>
      )}
      <Pages path={filtered} isFirst={!query.cursor} cursor={cursor} />
    </Card>
  )
}

export const ListPage = <Row,>({ found, ...props }: ListPageParts<Row>) => (
  <>
    <Filters {...props} />
    {'problem' in found ? (
      <p className="notice bad" role="alert">
        {found.problem}
      </p>
    ) : (
      <Rows {...props} found={found} />
    )}
  </>
)
