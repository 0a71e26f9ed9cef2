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
  terminal: Pick<Terminal, 'say' | 'ask'>,
  { isSure }: { isSure: boolean },
): Promise<boolean> => {
  if (isSure) return true
  const isAgreed = /^y(?:es)?$/i.test(await terminal.ask('Go on? yes or no'))
  if (!isAgreed) terminal.say('Nothing was changed.')
  return isAgreed
}

type Streams = { input: NodeJS.ReadStream; output: NodeJS.WriteStream; errors: NodeJS.WriteStream }

const PROCESS: Streams = { input: process.stdin, output: process.stdout, errors: process.stderr }

/** @param leave ends the command where no answer comes. */
export const createTerminal = (
  { input, output, errors }: Streams = PROCESS,
  leave = () => process.exit(130),
): Terminal => {
  let isHidden = false
  const shown = new Writable({
    write: (chunk, _encoding, done) => {
      if (!isHidden) output.write(chunk)
      done()
    },
  })
  const isInteractive = input.isTTY === true && output.isTTY === true
  const lines = isInteractive ? createInterface({ input, output: shown, terminal: true }) : null
  const giveUp = () => {
    errors.write('\nIt has ended without an answer; nothing was changed.\n')
    leave()
  }
  lines?.on('SIGINT', giveUp)

  return {
    isInteractive,
    say: (line = '') => output.write(`${line}\n`),
    complain: (line) => errors.write(`${line}\n`),
    ask: async (text, { isHidden: hides = false, suggestion } = {}) => {
      if (!lines) throw new Error('nobody can be asked')
      lines.once('close', giveUp) // Control and D
      // The prompt is written at once, and again whenever the line is drawn anew.
      const answering = lines.question(`${text}${suggestion ? ` [${suggestion}]` : ''}: `)
      isHidden = hides
      const answer = await answering
      isHidden = false
      lines.off('close', giveUp)
      if (hides) output.write('\n')
      return answer.trim() || (suggestion ?? '')
    },
    close: () => lines?.close(),
  }
}
