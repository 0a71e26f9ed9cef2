// `npm run setup`: from two keys to a working configuration in `.env`, and back.

import { systemClock as clock } from '../runtime/clock.ts'
import { runSetup } from './run.ts'
import { createTerminal } from './terminal.ts'

export const setup = async (args: readonly string[]): Promise<void> => {
  const terminal = createTerminal()
  const folder = process.cwd()
  const status = await runSetup({ args, environment: process.env, folder, terminal, clock })
  terminal.close()
  // A connection that is kept alive would keep the process alive for a while.
  process.exit(status)
}
