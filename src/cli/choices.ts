// Finds the name of a state or a kind that an operator has typed: as it is, or in the words of the console.

import type { Kind } from '../../emails/index.ts'
import { inWords } from '../operator/words.ts'
import { UsageError } from './arguments.ts'

/** The same for `not_sent`, `not-sent` and "Not sent". */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()

const namesOf = (choice: string): string[] => [plain(choice), plain(inWords(choice))]

/** Words that operators use for a kind and that its names lack. */
const ALSO_CALLED: Partial<Record<Kind, string>> = {
  order_confirmation: 'receipt, invoice, purchase',
}

const likeNames = (choice: string): string[] => [
  ...namesOf(choice),
  (ALSO_CALLED as Record<string, string>)[choice] ?? '',
]

/** Shorter words are in too many names. */
const TELLING = 3

/** The choices that have a word of the text in their names. */
const nearTo = (text: string, choices: readonly string[]): string[] => {
  const words = plain(text)
    .split(' ')
    .filter(({ length }) => length >= TELLING)
  return choices.filter((one) =>
    likeNames(one).some((name) => words.some((word) => name.includes(word))),
  )
}

/**
 * @param what in the sentence that refuses another: "a state".
 * @param also further names of some choices.
 * @throws {UsageError}
 */
export const chosen = <Choice extends string>(
  given: string | undefined,
  choices: readonly Choice[],
  what: string,
  also: Readonly<Record<string, Choice>> = {},
): Choice | undefined => {
  if (given === undefined) return undefined
  const name = plain(given)
  const choice = choices.find((one) => namesOf(one).includes(name)) ?? also[name]
  if (choice !== undefined) return choice
  const near = nearTo(given, choices).map((one) => `${one} (${inWords(one)})`)
  const hint = near.length > 0 ? ` Near to it: ${near.join(', ')}.` : ''
  throw new UsageError(`“${given}” is not ${what}.${hint}`)
}
