// npm run webhooks: says what is wrong with the webhook endpoint at Polar. With --enable it enables one that Polar has disabled.

import { oursIn } from '../polar/our-endpoints.ts'
import { command } from './command.ts'
import { polarFor } from './context.ts'
import { createWebhookEndpoints, USAGE } from './webhook-endpoints.ts'

export const webhooks = command({
  usage: USAGE,
  given: (args) => {
    const isEnable = args.length === 1 && args[0] === '--enable'
    return args.length === 0 || isEnable ? { isEnable } : null
  },
  run: (context, { isEnable }) =>
    createWebhookEndpoints({ polar: polarFor(context), ours: oursIn(context.config()) })(isEnable),
})
