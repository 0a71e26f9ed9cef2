// npm run held: lists the messages that wait, with the reasons. It changes nothing.

import { command } from './command.ts'
import { output } from './output.ts'

export const held = () =>
  command(async ({ list }) =>
    output(...(await list()), '', 'To see how to release them: npm run release'),
  )
