// Puts values into the text of a file of settings, and leaves all other lines as they are. Pure.

import { parseEnv } from 'node:util'
import { SetupError } from './errors.ts'

export type Values = Readonly<Record<string, string>>

/** The values that are set and not empty. */
export const valuesIn = (text: string): Values =>
  Object.fromEntries(
    Object.entries(parseEnv(text)).filter((entry): entry is [string, string] => !!entry[1]?.trim()),
  )

/**
 * Whether Node, Compose and systemd all read a value in these quotes as it is. Only Node knows backticks. Node begins a comment at
 * any # outside of quotes, Compose replaces $NAME unless single quotes are around it, and a backslash escapes what follows it.
 */
const FORMS: readonly [quote: string, isLiteral: (value: string) => boolean][] = [
  ['', (value) => !/[#$\\\n\r]|^["'`\s]|\s$/.test(value)],
  ["'", (value) => !/['\n\r]|\\$/.test(value)],
  ['"', (value) => !/["$`\\\n\r]/.test(value)],
]

/** The line that is read as this value: without quotes where it can be, since `docker run` keeps them. */
const lineOf = (name: string, value: string, file: string): string => {
  const [quote] = FORMS.find(([, isLiteral]) => isLiteral(value)) ?? []
  if (quote !== undefined) return `${name}=${quote}${value}${quote}`
  throw new SetupError(
    `${name} cannot be written into ${file}: Node, Compose and systemd would not read the same. Choose a value without quotes, $ and backslashes, and run the command again.`,
  )
}

/** The place of a name: its last line, or else the first that is switched off with a #. */
const placeOf = (lines: readonly string[], name: string): number => {
  const on = lines.findLastIndex((line) =>
    new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`).test(line),
  )
  return on >= 0 ? on : lines.findIndex((line) => new RegExp(`^#\\s*${name}=`).test(line))
}

/** Lines of a value that spans several, or a name inside of one, are not understood. */
const assertKept = (before: string, after: string, values: Values, file: string): string => {
  const [wanted, found] = [{ ...parseEnv(before), ...values }, parseEnv(after)]
  const wrong = Object.keys({ ...wanted, ...found }).filter((name) => wanted[name] !== found[name])
  if (wrong.length === 0) return after
  throw new SetupError(
    `${file} has a value of several lines, beside which ${wrong.join(', ')} cannot be written. Put each value on one line, and run the command again.`,
  )
}

/** @param file its name. @throws {SetupError} where the text would not be read as it should. */
export const withValues = (text: string, values: Values, file: string): string => {
  const lines = text.split('\n')
  const added: string[] = []
  for (const [name, value] of Object.entries(values)) {
    const place = placeOf(lines, name)
    if (place >= 0) lines[place] = lineOf(name, value, file)
    else added.push(lineOf(name, value, file))
  }
  const kept = lines.join('\n')
  return assertKept(
    text,
    added.length === 0
      ? kept
      : [...kept.trimEnd().split('\n'), ...added, ''].join('\n').trimStart(),
    values,
    file,
  )
}
