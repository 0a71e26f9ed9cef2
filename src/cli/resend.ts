// npm run resend: sends messages again by id, each as a new message. Without an id it sends
// nothing.

import { createSendAgain } from '../messages/send-again.ts'
import { isMessageId } from '../records/message-id.ts'
import { parsed } from './arguments.ts'
import { command } from './command.ts'
import { polarFor } from './context.ts'
import { createResend } from './send-again.ts'

const USAGE = [
  'Nothing was sent. Name message ids: npm run resend -- msg_…',
  'To find a message by an address or an id: npm run find -- <address>',
  'With --same the email goes out as it was sent, and is not composed anew.',
]

export const resend = command({
  usage: USAGE,
  given: (args) => {
    const found = parsed(args, { same: { type: 'boolean' } })
    const { positionals: ids } = found
    if (ids.length === 0 || !ids.every(isMessageId)) return null
    return { ids, same: found.values.same ?? false }
  },
  run: (context, asked) => {
    const { clock, note } = context
    const { messages, deliveries } = context.searchableStores()
    const sendAgain = createSendAgain({
      ...{ messages, deliveries, clock },
      nudge: context.deliveriesStage().nudge,
      suppressionOf: context.suppressions().isSuppressed,
      polar: polarFor(context),
    })
    const isShadow = context.config().sendMode === 'shadow'
    return createResend({ sendAgain, isShadow, note })(asked)
  },
})
