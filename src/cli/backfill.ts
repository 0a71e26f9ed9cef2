// npm run backfill: makes up for webhooks that were missed. With --dry-run it says what there is, and changes nothing.

import { command } from './command.ts'

export const backfill = (args: readonly string[]) => command(async ({ backfill }) => backfill(args))
