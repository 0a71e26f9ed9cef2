// npm run release: all mail goes out again; with message ids or reasons after it, only these held messages do.

import { command } from './command.ts'

const names = process.argv.slice(2)
await command(({ release, letGo }) => (names.length > 0 ? letGo(names) : release()))
