// Puts values into the text of a `.env`, and leaves all other lines as they are. Pure.

import { parseEnv } from 'node:util'

export type Values = Readonly<Record<string, string>>

/** The values that are set and not empty. */
export const valuesIn = (text: string): Values =>
  Object.fromEntries(
    Object.entries(parseEnv(text)).filter((entry): entry is [string, string] => !!entry[1]?.trim()),
  )

/** The line that is read as this value: without quotes where it can be, since not every reader removes them. */
const lineOf = (name: string, value: string): string => {
  const lines = ['', '"', "'", '`'].map((quote) => `${name}=${quote}${value}${quote}`)
  return lines.find((line) => parseEnv(line)[name] === value) ?? `${name}=${value}`
}

/** The place of a name: its last line, or else the first that is switched off with a #. */
const placeOf = (lines: readonly string[], name: string): number => {
  const on = lines.findLastIndex((line) =>
    new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`).test(line),
  )
  return on >= 0 ? on : lines.findIndex((line) => new RegExp(`^#\\s*${name}=`).test(line))
}

export const withValues = (text: string, values: Values): string => {
  const lines = text.split('\n')
  const added: string[] = []
  for (const [name, value] of Object.entries(values)) {
    const place = placeOf(lines, name)
    if (place >= 0) lines[place] = lineOf(name, value)
    else added.push(lineOf(name, value))
  }
  if (added.length === 0) return lines.join('\n')
  return [...lines.join('\n').trimEnd().split('\n'), ...added, ''].join('\n').trimStart()
}
