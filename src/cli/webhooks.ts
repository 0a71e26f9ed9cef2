// npm run webhooks: says what is wrong with the webhook endpoint at Polar. With --enable it enables one that Polar has disabled.

import { command } from './command.ts'

export const webhooks = (args: readonly string[]) => command(async ({ webhooks }) => webhooks(args))
