// npm run reindex: makes the indexes of messages and events again from their records. A run that was ended goes on where it
// was; `--restart` begins anew.

import { command } from './command.ts'

export const reindex = (args: readonly string[]) => command(async ({ reindex }) => reindex(args))
