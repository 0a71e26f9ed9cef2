// npm run release: releases all mail, held messages by id or reason, or with --suppression an
// address, and with --reason the reason for that. Without arguments it lists what waits and explains how to release it.

import { createReleaseMessage } from '../deliveries/release-message.ts'
import { messagePriority } from '../messages/priority.ts'
import { createLift } from '../suppressions/lift.ts'
import { parsed } from './arguments.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { mailOf } from './mail.ts'
import { HOW_TO_RELEASE, output } from './output.ts'
import { createReleaseNamed } from './release-named.ts'
import { createResendList } from './resend-list.ts'
import { createUnsuppress } from './unsuppress.ts'

const OPTIONS = {
  suppression: { type: 'string', multiple: true },
  reason: { type: 'string' },
} as const

type Given = { names: readonly string[] } | { address: string; reason?: string }

const isOption = (arg: string) =>
  Object.keys(OPTIONS).some((name) => arg === `--${name}` || arg.startsWith(`--${name}=`))

const givenIn = (args: readonly string[]): Given | null => {
  if (!args.some(isOption)) return { names: args }
  const { values, positionals } = parsed(args, OPTIONS)
  const { suppression = [], reason } = values
  const [address, ...more] = [...suppression, ...positionals]
  if (!address || more.length > 0 || reason?.trim() === '') return null
  return { address, ...(reason !== undefined && { reason }) }
}

const releaseNamed = (context: Context, names: readonly string[]) => {
  const { pause, held, stores, deliveriesStage, note, clock } = context
  const { deliveries } = stores()
  const { nudge } = deliveriesStage()
  const releaseMessage = createReleaseMessage({
    ...{ deliveries, nudge, clock },
    priorityOf: messagePriority,
  })
  const { releaseAll } = mailOf(context)
  return createReleaseNamed({ pause: pause(), held: held(), releaseMessage, releaseAll, note })(
    names,
  )
}

const unsuppress = (context: Context, address: string, reason: string | undefined) => {
  const removeAtResend = createResendList(context)
  const lift = createLift({ suppressions: context.suppressions(), removeAtResend })
  return createUnsuppress({ lift, note: context.note })(address, reason)
}

export const release = command({
  usage: [
    'Nothing was released. Name one address, and your reason if you like, and nothing else:',
    '  npm run release -- --suppression <address> [--reason <text>]',
  ],
  given: givenIn,
  run: async (context, given) => {
    if ('address' in given) return unsuppress(context, given.address, given.reason)
    if (given.names.length > 0) return releaseNamed(context, given.names)
    return output(...(await mailOf(context).list()).lines, '', ...HOW_TO_RELEASE)
  },
})
