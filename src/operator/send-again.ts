// Sends a message again because an operator asks for it, and says in words why not.

import type { SendAgain, SentAgain, Wanted } from '../messages/send-again.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { NoteAct } from './actions.ts'

/** How an operator releases what stands in the way, where they are. */
type HowToRelease = { address: string; message: (id: string) => string }

type SendingAgainParts = { sendAgain: SendAgain; howToRelease: HowToRelease; note: NoteAct }

type Sent = Extract<SentAgain, { as: string }>

type Refused = Extract<SentAgain, { not: string }>

const BECAUSE = {
  bounced: 'mail to its address bounced for good',
  complained: 'its recipient marked mail as spam',
  suppressed: 'Resend refuses its address',
}

const refusalText = (id: string, refused: Refused, how: HowToRelease): string => {
  switch (refused.not) {
    case 'no_such_message':
      return `There is no message ${id}.`
    case 'no_such_recipient':
      return `${id} was not sent again: Polar no longer has its recipient.`
    case 'no_address':
      return `${id} was not sent again: its customer has no address at Polar.`
    case 'suppressed':
      return `${id} was not sent again: ${BECAUSE[refused.because]}. Once that is fixed, release the address first: ${how.address}`
    case 'not_kept':
      return `${id} was not sent again: no email of it is kept. It was never sent, or it is older than RETAIN_BODIES_DAYS. It can be sent with today’s template only.`
    case 'again_already':
      return `${id} was sent again meanwhile, as ${refused.id}. Nothing more was sent.`
    case 'unfinished':
      return refused.state === 'held'
        ? `${refused.id} is held, so it was not sent again. To release it: ${how.message(refused.id)}`
        : `${refused.id} is ${refused.state}, so it was not sent again: it is still on its way.`
    default:
      return refused satisfies never
  }
}

export const createSendingAgain =
  ({ sendAgain, howToRelease, note }: SendingAgainParts) =>
  (id: string, wanted: Wanted = {}): Promise<Sent | { problem: string }> =>
    note.perform({ action: 'message sent again', message: id }, async () => {
      try {
        const sent = await sendAgain(id, wanted)
        if ('not' in sent) return { problem: refusalText(id, sent, howToRelease) }
        const email = wanted.same ? 'the same' : 'composed anew'
        await note.result({ act: 'message sent again', message: id, as: sent.as, email })
        return sent
      } catch (error) {
        if (!(error instanceof PolarUnavailableError)) throw error
        const problem = `${id} was not sent again: Polar did not name its recipient (${error.message}). Try again later.`
        return { problem }
      }
    })

export type SendingAgain = ReturnType<typeof createSendingAgain>
