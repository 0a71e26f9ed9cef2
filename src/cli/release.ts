// npm run release: releases all mail, held messages by id or reason, or with --suppression an
// address. Without arguments it lists what waits and explains how to release it.

import { createReleaseMessage } from '../deliveries/release-message.ts'
import { messagePriority } from '../messages/priority.ts'
import { createLift } from '../suppressions/lift.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { mailOf } from './mail.ts'
import { HOW_TO_RELEASE, output } from './output.ts'
import { createReleaseNamed } from './release-named.ts'
import { createResendList } from './resend-list.ts'
import { createUnsuppress } from './unsuppress.ts'

const FLAG = '--suppression'

type Given = { names: readonly string[] } | { address: string }

const givenIn = (names: readonly string[]): Given | null => {
  const [flag, address, ...more] = names.flatMap((name) =>
    name.startsWith(`${FLAG}=`) ? [FLAG, name.slice(FLAG.length + 1)] : [name],
  )
  if (flag === FLAG && address && more.length === 0) return { address }
  return names.some((name) => name.startsWith(FLAG)) ? null : { names }
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

const unsuppress = (context: Context, address: string) => {
  const removeAtResend = createResendList(context)
  const lift = createLift({ suppressions: context.suppressions(), removeAtResend })
  return createUnsuppress({ lift, note: context.note })(address)
}

export const release = command({
  usage: [`Nothing was released. Name one address, and nothing else: ${FLAG} <address>`],
  given: givenIn,
  run: async (context, given) => {
    if ('address' in given) return unsuppress(context, given.address)
    if (given.names.length > 0) return releaseNamed(context, given.names)
    return output(...(await mailOf(context).list()).lines, '', ...HOW_TO_RELEASE)
  },
})
