// npm run replay: interprets stored events again. Without --yes it says what that would lead to, and changes nothing.

import { createAlone } from './alone.ts'
import { command } from './command.ts'
import { createFoundEvents } from './found-events.ts'
import { createReplaying, replayArguments, USAGE } from './replaying.ts'

export const replay = command({
  usage: USAGE,
  given: replayArguments,
  run: async (context, given) => {
    const { note, clock } = context
    const found = await createFoundEvents(context)
    return createReplaying({ ...found, alone: createAlone(context), note, clock })(given)
  },
})
