// Sends the messages again that the operator names, and reports the result of each.

import type { SendAgain } from '../messages/send-again.ts'
import type { NoteAct } from '../operator/actions.ts'
import { createSendingAgain } from '../operator/send-again.ts'
import { inWords } from '../operator/words.ts'
import type { CommandOutput } from './output.ts'

/** `same`: the email goes out as it was sent, instead of being composed anew. */
type Asked = { ids: readonly string[]; same: boolean }

type ResendParts = {
  sendAgain: SendAgain
  /** SEND_MODE is shadow, so nothing reaches Resend. */
  isShadow: boolean
  note: NoteAct
}

const howToRelease = {
  address: 'npm run release -- --suppression <address>',
  message: (id: string) => `npm run release -- ${id}`,
}

export const createResend = ({ sendAgain, isShadow, note }: ResendParts) => {
  const send = createSendingAgain({ sendAgain, howToRelease, note })
  return async ({ ids, same }: Asked): Promise<CommandOutput> => {
    const lines: string[] = []
    const errors: string[] = []
    for (const id of ids) {
      const sent = await send(id, { same })
      if ('problem' in sent) errors.push(sent.problem)
      else
        lines.push(
          `${id} (${inWords(sent.kind)}) is sent again${same ? ', the same,' : ''} as ${sent.as}.`,
        )
    }
    if (lines.length > 0 && isShadow)
      lines.push('SEND_MODE is shadow: messages are only rehearsed, and nothing reaches Resend.')
    return { lines, errors }
  }
}
