// Puts values into the text of a `.env`, and leaves all other lines as they are. Pure.

import { parseEnv } from 'node:util'
import { SetupError } from './errors.ts'

export type Values = Readonly<Record<string, string>>

/** The values that are set and not empty. */
export const valuesIn = (text: string): Values =>
  Object.fromEntries(
    Object.entries(parseEnv(text)).filter((entry): entry is [string, string] => !!entry[1]?.trim()),
  )

const QUOTES = ['', "'", '"', '`']

/** Compose replaces `$NAME` in a value, unless single quotes are around it. */
const QUOTES_OF_DOLLARS = ["'", '`', '"', '']

/** An open quote would take in the lines after it. */
const LINES_AFTER = '\nAFTER="\'`"'

/** The line that is read as this value: without quotes where it can be, since not every reader removes them. */
const lineOf = (name: string, value: string): string => {
  const quotes = value.includes('$') ? QUOTES_OF_DOLLARS : QUOTES
  const lines = quotes.map((quote) => `${name}=${quote}${value}${quote}`)
  const line = lines.find((one) => parseEnv(one + LINES_AFTER)[name] === value)
  if (line !== undefined) return line
  throw new SetupError(
    `${name} cannot be written into .env: no line of it is read as this value. Choose another value, and run the command again.`,
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
const assertKept = (before: string, after: string, values: Values): string => {
  const [wanted, found] = [{ ...parseEnv(before), ...values }, parseEnv(after)]
  const wrong = Object.keys({ ...wanted, ...found }).filter((name) => wanted[name] !== found[name])
  if (wrong.length === 0) return after
  throw new SetupError(
    `.env has a value of several lines, beside which ${wrong.join(', ')} cannot be written. Put each value on one line, and run the command again.`,
  )
}

/** @throws {SetupError} where the text would not be read as it should. */
export const withValues = (text: string, values: Values): string => {
  const lines = text.split('\n')
  const added: string[] = []
  for (const [name, value] of Object.entries(values)) {
    const place = placeOf(lines, name)
    if (place >= 0) lines[place] = lineOf(name, value)
    else added.push(lineOf(name, value))
  }
  const kept = lines.join('\n')
  return assertKept(
    text,
    added.length === 0
      ? kept
      : [...kept.trimEnd().split('\n'), ...added, ''].join('\n').trimStart(),
    values,
  )
}
