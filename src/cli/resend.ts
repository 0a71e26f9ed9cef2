// npm run resend: sends messages again by id, each as a new message. Without an id it sends
// nothing.

import { createSendAgain } from '../messages/send-again.ts'
import { command } from './command.ts'
import { polarFor } from './context.ts'
import { createResend } from './send-again.ts'

export const resend = command({
  usage: ['Nothing was sent. Name message ids: npm run resend -- msg_…'],
  given: (ids) => (ids.length === 0 ? null : ids),
  run: (context, ids) => {
    const { clock, note } = context
    const { messages, deliveries, compareAndSet } = context.searchableStores()
    const sendAgain = createSendAgain({
      ...{ messages, compareAndSet, clock },
      nudge: context.deliveriesStage().nudge,
      stateOf: async (id) => (await deliveries.load(id))?.delivery.state ?? null,
      suppressionOf: context.suppressions().isSuppressed,
      polar: polarFor(context),
    })
    const isShadow = context.config().sendMode === 'shadow'
    return createResend({ sendAgain, isShadow, note })(ids)
  },
})
