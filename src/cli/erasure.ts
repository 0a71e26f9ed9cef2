// Erases the customer whom an operator names. A customer is named by its id alone: two may share an address.

import { messageIn, termsNaming } from '../messages/store.ts'
import type { Customers } from '../operator/customers.ts'
import type { Erasing } from '../operator/erasing.ts'
import { afterErasure, erasureSays, isErased, whoseText } from '../operator/erasure-words.ts'
import { sayWith } from '../operator/says.ts'
import type { RecordList } from '../records/list.ts'
import { isUuid } from '../redis/keys.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type Erased, KEPT } from '../retention/erase.ts'
import { confirm, type Terminal } from '../setup/terminal.ts'
import { type CommandOutput, messagesOf, minuteOf } from './output.ts'

type ErasureParts = {
  erase: Erasing
  customers: Pick<Customers, 'load'>
  index: Pick<RecordIndex, 'find'>
  list: Pick<RecordList, 'load'>
  /** Opens the operator's terminal. */
  terminal: () => Terminal
}

/** `isSure`: it asks nothing. */
export type ErasureOrder = { text: string; isSure: boolean }

const NOTHING =
  'Nothing is kept about this customer. An erasure marks it as deleted all the same: Postern will never send anything about it.'

/** A mistyped id may be another customer's. */
const UNSURE = [
  'Nothing was erased: nothing is kept about this customer.',
  'If the id is right, and Postern shall never send anything about it, repeat the command with --yes.',
]

/** Entries that are read where the text is no id. */
const MAX_READ = 50

const countOf = (count: number, name: string) => `${count} ${name}${count === 1 ? '' : 's'}`

const reportOf = ({ messages, links, events, suppressions }: Erased): string[] => [
  'Erased:',
  `  ${messagesOf(messages)} with content, emails as sent, history, links and clicks`,
  `  ${countOf(links, 'link')} of the API`,
  `  ${countOf(events, 'event')} of Polar's`,
  `  ${countOf(suppressions, 'suppression')}`,
  '  the state of the customer and of its subscriptions',
  `Kept: ${KEPT.join(', ')}.`,
]

const REMAINS = [
  'Links that the customer still has answer that they are no longer valid.',
  "Redis's append-only file and your backups still have the data: see docs/operations.md.",
]

export const createErasure = ({ erase, customers, index, list, terminal }: ErasureParts) => {
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

  const notAnId = async (text: string): Promise<CommandOutput> => {
    const hints = (await customersOf(text)).map((id) => `  npm run forget -- ${id}`)
    const errors =
      hints.length === 0
        ? ['This is not the id of a customer at Polar, and no message is known by it.']
        : ['Nothing was erased. Name the customer by its id at Polar:', ...hints]
    return { lines: [], errors }
  }

  /** Asks the operator, where there is a terminal. It is closed before anything is done, so that no answer can be expected then. */
  const ask = async (facts: readonly string[]): Promise<'yes' | 'no' | 'nobody'> => {
    const screen = terminal()
    if (!screen.isInteractive) return 'nobody'
    for (const line of facts) screen.say(line)
    const isAgreed = await confirm(screen, { isSure: false })
    screen.close()
    return isAgreed ? 'yes' : 'no'
  }

  return async ({ text, isSure }: ErasureOrder): Promise<CommandOutput> => {
    const customerId = text.toLowerCase()
    if (!isUuid(customerId)) return notAnId(text)
    const known = await customers.load(customerId)
    const facts = known
      ? [whoseText(known), ...erasureSays(known).map((says) => sayWith(says, minuteOf))]
      : [NOTHING]
    const asked = isSure ? 'nobody' : await ask(facts)
    if (asked === 'no') return { lines: [], errors: [], isBad: true }
    if (!(known || isSure) && asked === 'nobody') return { lines: [], errors: UNSURE }
    const erased = await erase(customerId)
    const { beingSent } = erased
    return {
      lines: [
        ...(asked === 'yes' ? [] : [...facts, '']),
        ...(known && isErased(known)
          ? ['There was nothing more to erase.']
          : [...reportOf(erased), afterErasure(known), ...REMAINS]),
      ],
      errors:
        beingSent === 0
          ? []
          : [`${messagesOf(beingSent)} being sent: a worker erases the rest when that is done.`],
    }
  }
}
