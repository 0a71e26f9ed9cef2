// Runs one operator command: `node cli.js <command> [argument …]`.

import { commands } from './commands.ts'

const [name = '', ...args] = process.argv.slice(2)
const load = Object.hasOwn(commands, name) ? commands[name] : undefined
if (load) {
  const run = await load()
  await run(args)
} else {
  const names = Object.keys(commands).join(', ')
  process.stderr.write(`There is no command "${name}". The commands are: ${names}.\n`)
  process.exitCode = 1
}
