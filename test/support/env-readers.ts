// How others than Node read a value in a line of a `.env`, as far as a setup writes such lines.

/** A line of Compose's: compose-go, dotenv/parser.go. */
export const readByCompose = (line: string): string => {
  const value = line.slice(line.indexOf('=') + 1)
  const quote = value[0]
  const isQuoted = quote === '"' || quote === "'"
  const [, inside = ''] = isQuoted ? (/^(.)((?:\\.|(?!\1).)*)\1/s.exec(value)?.slice(1) ?? []) : []
  const expanded = (text: string) => text.replace(/\$\{?\w*\}?/g, '')
  if (!isQuoted) return expanded((value.split(' #')[0] ?? '').trimEnd())
  if (quote === "'") return inside.replace(/\\'/g, "'")
  return expanded(inside.replace(/\\(.)/g, (_, after) => (after === 'n' ? '\n' : after)))
}

/** A line of an `EnvironmentFile=` of systemd: src/basic/env-file.c. */
export const readBySystemd = (line: string): string => {
  const value = line.slice(line.indexOf('=') + 1)
  let read = ''
  let quote: string | null = null
  let isValue = false
  for (let at = 0; at < value.length; at++) {
    const character = value[at] ?? ''
    const next = value[at + 1] ?? ''
    if (quote === null && !isValue && /["']/.test(character)) quote = character
    else if (quote !== null && character === quote) quote = null
    else if (quote === null && !isValue && /\s/.test(character)) continue
    else if (character === '\\' && quote !== "'") {
      read += quote === '"' && !/["\\`$]/.test(next) ? `\\${next}` : next
      at += 1
    } else {
      isValue ||= quote === null
      read += character
    }
  }
  return isValue ? read.trimEnd() : read
}
