// Asks and tells the operator. An answer that is a key is not shown while it is typed. `node:readline` does all of this, so a
// library of prompts would be one more package that reads keys.

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

type Question = { isHidden?: boolean; suggestion?: string | undefined }

export type Terminal = {
  isInteractive: boolean
  say: (line?: string) => void
  complain: (line: string) => void
  /** The answer without blanks around it; the suggestion if it is empty. */
  ask: (text: string, question?: Question) => Promise<string>
  close: () => void
}

/** Asks once before anything is changed. */
export const confirm = async (
  terminal: Terminal,
  { isSure }: { isSure: boolean },
): Promise<boolean> => {
  if (isSure) return true
  const isAgreed = /^y(?:es)?$/i.test(await terminal.ask('Go on? yes or no'))
  if (!isAgreed) terminal.say('Nothing was changed.')
  return isAgreed
}

export const createTerminal = (): Terminal => {
  let isHidden = false
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (isHidden) done()
      else process.stdout.write(chunk, () => done())
    },
  })
  const isInteractive = process.stdin.isTTY === true && process.stdout.isTTY === true
  const lines = isInteractive
    ? createInterface({ input: process.stdin, output, terminal: true })
    : null
  // Control and C ends the command like any other.
  lines?.on('SIGINT', () => process.exit(130))

  return {
    isInteractive,
    say: (line = '') => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
    ask: async (text, { isHidden: hides = false, suggestion } = {}) => {
      if (!lines) throw new Error('nobody can be asked')
      process.stdout.write(`${text}${suggestion ? ` [${suggestion}]` : ''}: `)
      isHidden = hides
      const answer = await lines.question('').finally(() => {
        isHidden = false
      })
      if (hides) process.stdout.write('\n')
      return answer.trim() || (suggestion ?? '')
    },
    close: () => lines?.close(),
  }
}
