// Sends messages again that an operator names, and says of each what came of it.

import type { OperatorActions } from '../deliveries/operator-actions.ts'
import type { SendAgain, SentAgain } from '../messages/send-again.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { Said } from './output.ts'

type ResendParts = {
  sendAgain: SendAgain
  /** Nothing reaches Resend. */
  isShadow: boolean
  note: OperatorActions['note']
}

type Refused = Extract<SentAgain, { not: string }>

const BECAUSE = {
  bounced: 'mail to its address bounced for good',
  complained: 'its recipient marked mail as spam',
  suppressed: 'Resend refuses its address',
}

const HOW_TO_FREE = 'npm run release -- --suppression <address>'

const refusal = (id: string, refused: Refused): string => {
  switch (refused.not) {
    case 'no_such_message':
      return `There is no message ${id}.`
    case 'no_such_recipient':
      return `${id} was not sent again: Polar no longer has its recipient.`
    case 'no_address':
      return `${id} was not sent again: its customer has no address at Polar.`
    case 'suppressed':
      return `${id} was not sent again: ${BECAUSE[refused.because]}. If that is mended, free the address first: ${HOW_TO_FREE}`
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
  async (ids: readonly string[]): Promise<Said> => {
    const lines: string[] = []
    const wrong: string[] = []
    for (const id of ids) {
      try {
        const sent = await sendAgain(id)
        if ('not' in sent) wrong.push(refusal(id, sent))
        else {
          await note({ act: 'message sent again', message: id, as: sent.as })
          lines.push(`${id} (${sent.kind}) is sent again as ${sent.as}.`)
        }
      } catch (error) {
        if (!(error instanceof PolarUnavailableError)) throw error
        wrong.push(
          `${id} was not sent again: Polar did not say who gets it now (${error.message}). Run it again later.`,
        )
      }
    }
    if (lines.length > 0 && isShadow)
      lines.push('SEND_MODE is shadow: it is rehearsed, and nothing reaches Resend.')
    return { lines, wrong }
  }
