// What comes with a product: a list of names, each with the merchant's note as it was written.

import { Fragment } from 'react'
import type { Letter } from './letter.ts'
import { lookOf } from './look.ts'
import type { Benefit } from './props.ts'
import { Lines, Subtitle } from './prose.tsx'

/** More than any product has; a list without an end would be cut off by the client. */
const MOST = 30

export const Benefits = ({ letter, benefits }: { letter: Letter; benefits: Benefit[] }) => {
  if (benefits.length === 0) return null
  const look = lookOf(letter)
  return (
    <>
      <Subtitle letter={letter}>{letter.common.benefits}</Subtitle>
      <ul style={look.list}>
        {benefits.slice(0, MOST).map(({ name, note }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
          <li className="ink" key={at} style={look.listed}>
            {name}
            {note && (
              <Fragment>
                <br />
                <span className="quiet" dir="auto" style={look.note}>
                  <Lines of={note.split('\n')} />
                </span>
              </Fragment>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
