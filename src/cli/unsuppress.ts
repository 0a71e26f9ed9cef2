// Lets an address be mailed again that bounced, or that Resend or its owner wanted no mail for. The address is never shown.

import type { OperatorActions } from '../deliveries/operator-actions.ts'
import type { Suppressions } from '../suppressions/store.ts'
import { minuteOf, type Said, said } from './output.ts'

type UnsuppressParts = {
  suppressions: Pick<Suppressions, 'release'>
  note: OperatorActions['note']
}

const BECAUSE = {
  bounced: 'mail to it bounced for good',
  complained: 'its owner marked mail as spam: mail it only if they ask for that',
  suppressed: 'Resend refused to mail it',
}

export const createUnsuppress =
  ({ suppressions, note }: UnsuppressParts) =>
  async (address: string): Promise<Said> => {
    const was = await suppressions.release(address, 'command')
    if (!was) return { lines: [], wrong: ['This address is not suppressed; nothing has changed.'] }
    const { because, at, origin } = was
    await note({ act: 'suppression released', message: origin.message, because })
    return said(
      `This address is mailed again. Since ${minuteOf(at)} it was not: ${BECAUSE[because]}.`,
      'Resend keeps a list of its own: remove the address there too, or Resend goes on refusing it.',
      'Messages that were not sent meanwhile stay so.',
    )
  }
