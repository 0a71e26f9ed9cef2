// npm run held: lists what waits and why, and changes nothing.

import { command } from './command.ts'
import { said } from './output.ts'

export const held = () =>
  command(async ({ list }) =>
    said(...(await list()), '', 'To see how to release it: npm run release'),
  )
