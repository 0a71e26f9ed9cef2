// The entry of a message in the index of messages, made again from its record.

import type { Delivery } from '../deliveries/delivery.ts'
import { CLICKED, labelsOf } from '../deliveries/labels.ts'
import { partsOfMessageId } from '../records/message-id.ts'
import type { LoadedRecord } from '../records/store.ts'
import type { Entry } from '../redis/record-index.ts'
import { kindLabel, messageIn, termsIn } from './store.ts'

type Known = {
  /** The external id of its customer, which the record does not have. */
  externalId: string | null
  /** Whether a person has signed in by one of its links. */
  isClicked: boolean
}

export const entryOf = (
  id: string,
  record: LoadedRecord,
  { externalId, isClicked }: Known,
): Entry => {
  const message = messageIn(id, record)
  const delivery = record.parts.delivery as Delivery
  return {
    digest: Buffer.from(partsOfMessageId(id).recordId, 'base64url'),
    at: message.plannedAt,
    labels: [kindLabel(message.kind), ...labelsOf(delivery), ...(isClicked ? [CLICKED] : [])],
    terms: termsIn(id, record, externalId),
  }
}
