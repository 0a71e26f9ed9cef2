// Erases the customer whom an operator names. A customer is named by its id alone: two may share an address.

import { messageIn, termsNaming } from '../messages/store.ts'
import type { NoteAct } from '../operator/actions.ts'
import type { RecordList } from '../records/list.ts'
import { isUuid } from '../redis/keys.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type Erase, KEPT } from '../retention/erase.ts'
import { type CommandOutput, messagesOf } from './output.ts'

type ErasureParts = {
  erase: Erase
  note: NoteAct
  index: Pick<RecordIndex, 'find'>
  list: Pick<RecordList, 'load'>
}

/** Entries that are read where the text is no id. */
const MAX_READ = 50

const countOf = (count: number, name: string) => `${count} ${name}${count === 1 ? '' : 's'}`

export const createErasure = ({ erase, note, index, list }: ErasureParts) => {
  /** The customers of the messages that a text names. */
  const customersOf = async (text: string): Promise<string[]> => {
    const pages = await Promise.all(
      termsNaming(text).map((term) => index.find(term, { limit: MAX_READ })),
    )
    const listed = await Promise.all(pages.flatMap(({ found }) => found).map(list.load))
    const ids = listed.flatMap((one) =>
      one ? [messageIn(one.id, one.record).recipient.customerId] : [],
    )
    return [...new Set(ids)]
  }

  return async (text: string): Promise<CommandOutput> => {
    const customerId = text.toLowerCase()
    if (!isUuid(customerId)) {
      const customers = await customersOf(text)
      const hints = customers.map((id) => `  npm run forget -- ${id}`)
      const errors =
        customers.length === 0
          ? ['This is not the id of a customer at Polar, and no message is known by it.']
          : ['Nothing was erased. Name the customer by its id at Polar:', ...hints]
      return { lines: [], errors }
    }
    const erased = await note.perform({ action: 'customer erased' }, async () => {
      const report = await erase(customerId)
      const { messages, events } = report
      await note.result({ act: 'customer erased', messages, events })
      return report
    })
    const { messages, links, events, suppressions, beingSent } = erased
    return {
      lines: [
        'Erased:',
        `  ${messagesOf(messages)} with content, emails as sent, history, links and clicks`,
        `  ${countOf(links, 'link')} of the API`,
        `  ${countOf(events, 'event')} of Polar's`,
        `  ${countOf(suppressions, 'suppression')}`,
        '  the state of the customer and of its subscriptions',
        `Kept: ${KEPT.join(', ')}.`,
        'Links that the customer still has answer that they are no longer valid.',
        "Redis's append-only file and your backups still have the data: see docs/operations.md.",
      ],
      errors:
        beingSent === 0
          ? []
          : [`${messagesOf(beingSent)} being sent: a worker erases the rest when that is done.`],
    }
  }
}
