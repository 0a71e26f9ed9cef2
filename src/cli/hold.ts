// npm run hold: stops sending to Resend, in all processes, until the mail is released.

import { noArguments } from './arguments.ts'
import { command } from './command.ts'
import { mailOf } from './mail.ts'

export const hold = command({
  usage: ['Nothing was held. It takes no arguments: npm run hold'],
  given: noArguments,
  run: (context) => mailOf(context).hold(),
})
