// npm run held: lists the messages that wait, with the reasons. It changes nothing.

import { noArguments } from './arguments.ts'
import { command } from './command.ts'
import { mailOf } from './mail.ts'
import { output } from './output.ts'

export const held = command({
  usage: ['It takes no arguments: npm run held'],
  given: noArguments,
  run: async (context) => {
    const { lines, isAnyHeld } = await mailOf(context).list()
    return output(
      ...lines,
      ...(isAnyHeld ? ['', 'To see how to release them: npm run release'] : []),
    )
  },
})
