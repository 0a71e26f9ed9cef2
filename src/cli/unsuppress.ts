// Releases a suppressed address, so that it is mailed again. The address is never shown.

import type { NoteAct } from '../operator/actions.ts'
import type { Suppressions } from '../suppressions/store.ts'
import { type CommandOutput, minuteOf, output } from './output.ts'

type UnsuppressParts = {
  suppressions: Pick<Suppressions, 'release'>
  note: NoteAct
}

const BECAUSE = {
  bounced: 'mail to it bounced for good',
  complained: 'its owner marked mail as spam: mail it only if they ask for that',
  suppressed: 'Resend refused to mail it',
}

export const createUnsuppress =
  ({ suppressions, note }: UnsuppressParts) =>
  async (address: string): Promise<CommandOutput> => {
    const before = await suppressions.release(address, 'command')
    if (!before)
      return { lines: [], errors: ['This address is not suppressed; nothing has changed.'] }
    const { because, at, origin } = before
    await note({ act: 'suppression released', message: origin.message, because })
    return output(
      `This address is mailed again. It was suppressed since ${minuteOf(at)}: ${BECAUSE[because]}.`,
      'Resend keeps a list of its own: remove the address there too, or Resend still refuses it.',
      'Messages that were not sent in the meantime are not sent now.',
    )
  }
