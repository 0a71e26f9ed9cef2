// Builds a dictionary from samples: what they have in common, each piece once, and nothing of a person.

import { encodeTokens } from '../../src/redis/tokens/encode.ts'

/** Words of our own and of Polar's: kinds, states, paths. A country and a version are some as well. */
const WORD = /^(?:[a-z_./:-]*|[A-Z]{2}|\d{4}-\d\d)$/

/** Parts of other texts that many records have. */
const COMMON = /^https:\/\/www\.gravatar\.com\/avatar\/(?=[\w-]*\?d=404)|\?d=404$|@example\.com$/g

const skeletonOf = (value: unknown) =>
  encodeTokens(Buffer.from(JSON.stringify(value))).skeleton.toString('latin1')

const textOf = (name: string, text: string): string => {
  const rest = skeletonOf(text).replace(/["\xf5-\xf9]/g, '')
  if (WORD.test(rest) || name === 'because') return text
  return (text.match(COMMON) ?? []).join('')
}

/** Most numbers of a record are amounts of money. */
const AMOUNT = 1000

/** A time in milliseconds is taken out of a text. */
const isTime = (number: number) => number >= 1e12 && number < 1e13

const numberOf = (name: string, number: number): number => {
  if (isTime(number)) return number
  return name === 'n' || number > 1 ? AMOUNT : Math.max(0, Math.floor(number))
}

/** A sample without what its customer or merchant chose. */
const blanked = (value: unknown, name = ''): unknown => {
  if (typeof value === 'string') return textOf(name, value)
  if (typeof value === 'number') return numberOf(name, value)
  if (Array.isArray(value)) return value.map((item) => blanked(item, name))
  if (typeof value !== 'object' || value === null) return value
  if (name === 'metadata') return {}
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, blanked(of, key)]))
}

/** Pieces this close together are taken as one. */
const GAP = 8

/** A piece begins this early, so that a match leads into it. */
const CONTEXT = 4

/** zlib knows no longer match. */
const LONGEST = 258

/** The pieces of `text` that `dictionary` does not have in matches of at least `shortest`, with `context` before each. */
const missingFrom = (dictionary: string, text: string, shortest: number, context: number) => {
  const pieces: { from: number; to: number }[] = []
  for (let at = 0; at < text.length; ) {
    const end = matchEnd(dictionary, text, at, shortest)
    if (end > at) {
      at = end
      continue
    }
    const last = pieces.at(-1)
    if (last && at - last.to <= GAP) last.to = at + 1
    else pieces.push({ from: Math.max(0, at - context), to: at + 1 })
    at++
  }
  return pieces.map(({ from, to }) => text.slice(from, to)).join('')
}

/** Where the longest match of the text from `at` ends; `at` itself if there is none. */
const matchEnd = (dictionary: string, text: string, at: number, shortest: number): number => {
  let end = at + shortest
  if (end > text.length || !dictionary.includes(text.slice(at, end))) return at
  const last = Math.min(text.length, at + LONGEST)
  while (end < last && dictionary.includes(text.slice(at, end + 1))) end++
  return end
}

/** Bytes at most that a dictionary has of repeats. */
const MAX_REPEATS = 512

type Options = {
  /** Bytes of the dictionary at most. */
  limit: number
  /** A shorter match does not count, since many of them cost more than one long one. */
  shortest: number
}

/**
 * @param samples values of JSON, the most frequent first: it comes last in the dictionary, where a match costs least.
 * @returns the dictionary with a character for each byte.
 */
export const buildDictionary = (
  samples: readonly unknown[],
  { limit, shortest }: Options,
): string => {
  let repeats = ''
  let skeletons = ''
  const known = new Set<string>()
  for (const sample of samples) {
    const tokens = encodeTokens(Buffer.from(JSON.stringify(blanked(sample))))
    const skeleton = tokens.skeleton.toString('latin1')
    if (known.has(skeleton)) continue
    known.add(skeleton)
    repeats = missingFrom(repeats, tokens.repeats.toString('latin1'), 6, 0) + repeats
    skeletons = missingFrom(skeletons, skeleton, shortest, CONTEXT) + skeletons
  }
  const kept = repeats.slice(-MAX_REPEATS)
  return kept + skeletons.slice(kept.length - limit)
}
