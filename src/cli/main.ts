// Runs one operator command in a process of its own: `node cli.js <command> [argument …]`.

import { loadSettings } from '../config.ts'
import { createTerminal } from '../setup/terminal.ts'
import { commands } from './commands.ts'

const [name = '', ...args] = process.argv.slice(2)
const load = Object.hasOwn(commands, name) ? commands[name] : undefined
if (load) {
  const run = await load()
  const settings = () => {
    loadSettings()
    return process.env
  }
  const out = (text: string) => process.stdout.write(text)
  // A failed connection, or an answer that nobody waits for any more, would keep the process alive for a while.
  process.exit(await run(args, { settings, out, screen: process.stderr, terminal: createTerminal }))
} else {
  const names = Object.keys(commands).join(', ')
  process.stderr.write(`There is no command "${name}". The commands are: ${names}.\n`)
  process.exitCode = 1
}
