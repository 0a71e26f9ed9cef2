// Sends the messages again that the operator names, and reports the result of each.

import type { SendAgain, SentAgain } from '../messages/send-again.ts'
import type { NoteAct } from '../operator/actions.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { CommandOutput } from './output.ts'

type ResendParts = {
  sendAgain: SendAgain
  /** SEND_MODE is shadow, so nothing reaches Resend. */
  isShadow: boolean
  note: NoteAct
}

type Refused = Extract<SentAgain, { not: string }>

const BECAUSE = {
  bounced: 'mail to its address bounced for good',
  complained: 'its recipient marked mail as spam',
  suppressed: 'Resend refuses its address',
}

const RELEASE_ADDRESS = 'npm run release -- --suppression <address>'

const refusalText = (id: string, refused: Refused): string => {
  switch (refused.not) {
    case 'no_such_message':
      return `There is no message ${id}.`
    case 'no_such_recipient':
      return `${id} was not sent again: Polar no longer has its recipient.`
    case 'no_address':
      return `${id} was not sent again: its customer has no address at Polar.`
    case 'suppressed':
      return `${id} was not sent again: ${BECAUSE[refused.because]}. Once that is fixed, release the address first: ${RELEASE_ADDRESS}`
    case 'unfinished':
      return refused.state === 'held'
        ? `${refused.id} is held, so it was not sent again. To release it: npm run release -- ${refused.id}`
        : `${refused.id} is ${refused.state}, so it was not sent again: it is still on its way.`
    default:
      return refused satisfies never
  }
}

export const createResend =
  ({ sendAgain, isShadow, note }: ResendParts) =>
  async (ids: readonly string[]): Promise<CommandOutput> => {
    const lines: string[] = []
    const errors: string[] = []
    for (const id of ids) {
      try {
        const sent = await sendAgain(id)
        if ('not' in sent) errors.push(refusalText(id, sent))
        else {
          await note({ act: 'message sent again', message: id, as: sent.as })
          lines.push(`${id} (${sent.kind}) is sent again as ${sent.as}.`)
        }
      } catch (error) {
        if (!(error instanceof PolarUnavailableError)) throw error
        errors.push(
          `${id} was not sent again: Polar did not name its recipient (${error.message}). Try again later.`,
        )
      }
    }
    if (lines.length > 0 && isShadow)
      lines.push('SEND_MODE is shadow: messages are only rehearsed, and nothing reaches Resend.')
    return { lines, errors }
  }
