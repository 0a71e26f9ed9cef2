// The list of a product's benefits, each with the merchant's note.

import type { Email } from './prepare.ts'
import type { Benefit } from './props.ts'
import { Lines, Subtitle } from './prose.tsx'
import { themeOf } from './theme.ts'

/** No real product has more. */
const MAX_BENEFITS = 30

/** Characters of all notes together: mail clients cut off an email that is too long. */
const MAX_NOTES_LENGTH = 2000

/** The benefits to show. After `MAX_NOTES_LENGTH` characters of notes, the others have none. */
const shown = (benefits: readonly Benefit[]): Benefit[] => {
  let left = MAX_NOTES_LENGTH
  return benefits.slice(0, MAX_BENEFITS).map(({ name, note }) => {
    left -= note?.length ?? 0
    return { name, note: left >= 0 ? note : null }
  })
}

const Note = ({ email, note }: { email: Email; note: string }) => (
  <div className="quiet" dir="auto" style={themeOf(email).note}>
    <Lines of={note.split('\n')} />
  </div>
)

type Props = { email: Email; benefits: readonly Benefit[] }

export const Benefits = ({ email, benefits }: Props) => {
  if (benefits.length === 0) return null
  const theme = themeOf(email)
  return (
    <>
      <Subtitle email={email}>{email.common.benefits}</Subtitle>
      <ul style={theme.list}>
        {shown(benefits).map(({ name, note }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
          <li className="ink" key={at} style={theme.listItem}>
            {email.isolate(name)}
            {note && <Note email={email} note={note} />}
          </li>
        ))}
      </ul>
    </>
  )
}
