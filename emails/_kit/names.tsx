// A list of names, such as those of subscriptions.

import type { Email } from './prepare.ts'
import { themeOf } from './theme.ts'

/** Nobody has more, and mail clients cut off an email that is too long. */
const MAX_NAMES = 20

type Props = {
  email: Email
  /** Isolated already. */
  names: readonly string[]
  /** The line about those that are too many to list. */
  more: (count: number, shown: string) => string
}

export const Names = ({ email, names, more }: Props) => {
  const theme = themeOf(email)
  const left = names.length - MAX_NAMES
  const shown = names.slice(0, MAX_NAMES)
  return (
    <ul style={theme.list}>
      {[...shown, ...(left > 0 ? [more(left, email.count(left))] : [])].map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <li className="ink" key={at} style={theme.listItem}>
          {name}
        </li>
      ))}
    </ul>
  )
}
