// What comes with a product: a list of names, each with the merchant's note as it was written.

import type { Letter } from './letter.ts'
import { lookOf } from './look.ts'
import type { Benefit } from './props.ts'
import { Lines, Subtitle } from './prose.tsx'

/** More than any product has. */
const MOST = 30

/** Characters for all notes together: a list without an end would get the email cut off. */
const ROOM = 2000

/** The benefits that are shown; once the room is used up they go on without notes. */
const shown = (benefits: readonly Benefit[]): Benefit[] => {
  let left = ROOM
  return benefits.slice(0, MOST).map(({ name, note }) => {
    left -= note?.length ?? 0
    return { name, note: left >= 0 ? note : null }
  })
}

const Note = ({ letter, note }: { letter: Letter; note: string }) => (
  <div className="quiet" dir="auto" style={lookOf(letter).note}>
    <Lines of={note.split('\n')} />
  </div>
)

type Props = { letter: Letter; benefits: readonly Benefit[] }

export const Benefits = ({ letter, benefits }: Props) => {
  if (benefits.length === 0) return null
  const look = lookOf(letter)
  return (
    <>
      <Subtitle letter={letter}>{letter.common.benefits}</Subtitle>
      <ul style={look.list}>
        {shown(benefits).map(({ name, note }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
          <li className="ink" key={at} style={look.listed}>
            {letter.piece(name)}
            {note && <Note letter={letter} note={note} />}
          </li>
        ))}
      </ul>
    </>
  )
}
