// Releases a suppressed address, so that it is mailed again, at Resend too where the settings are there. The address is never
// shown.

import type { NoteAct } from '../operator/actions.ts'
import { scrub } from '../runtime/scrub.ts'
import type { AtResend, Lift } from '../suppressions/lift.ts'
import { helpLines } from './next-commands.ts'
import { type CommandOutput, minuteOf, output } from './output.ts'

type UnsuppressParts = {
  lift: Lift
  note: NoteAct
}

const BECAUSE = {
  bounced: 'mail to it bounced for good',
  complained: 'its owner marked mail as spam: mail it only if they ask for that',
  suppressed: 'Resend refused to mail it',
}

const BY_HAND =
  'Resend keeps a list of its own: remove the address there too, or Resend still refuses it.'

const AT_RESEND: Record<AtResend, string> = {
  removed: 'It is removed from the list that Resend keeps, too.',
  not_listed: 'Resend keeps a list of its own, and the address is not on it.',
  not_permitted: BY_HAND,
  not_asked: BY_HAND,
  failed: BY_HAND,
}

export const createUnsuppress =
  ({ lift, note }: UnsuppressParts) =>
  /** @param reason the operator's, which the log and the list of actions have. */
  async (address: string, reason?: string): Promise<CommandOutput> => {
    const lifted = await note.perform({ action: 'suppression released' }, async () => {
      const lifted = await lift(address, 'command')
      if (!lifted) return null
      const { because, origin } = lifted.suppression
      await note.result({
        ...{ act: 'suppression released', message: origin.message, because },
        ...(reason !== undefined && { reason: scrub(reason) }),
      })
      return lifted
    })
    if (!lifted)
      return { lines: [], errors: ['This address is not suppressed; nothing has changed.'] }
    const { because, at } = lifted.suppression
    return output(
      `This address is mailed again. It was suppressed since ${minuteOf(at)}: ${BECAUSE[because]}.`,
      AT_RESEND[lifted.atResend],
      'Messages that were not sent in the meantime are not sent now.',
      ...helpLines([
        ['find -- <address>', 'finds them, with their ids'],
        ['resend -- <message>', 'sends one of them with today’s template'],
      ]),
    )
  }
