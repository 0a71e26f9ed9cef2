// npm run replay: interprets stored events again. Without --yes it says what that would lead to, and changes nothing.

import { command } from './command.ts'

export const replay = (args: readonly string[]) => command(async ({ replay }) => replay(args))
