// Previews with the content of a real message: finds the newest one of a kind about an id, and composes it in any language.

import type { Kind, Language } from '../../emails/index.ts'
import type { Message } from '../messages/message.ts'
import type { Preview } from '../messages/preview.ts'
import { messageIn } from '../messages/store.ts'
import type { Search } from './search.ts'

/** The newest message of each kind. */
export type ByKind = Partial<Record<Kind, Message>>

type CustomerPreviewsParts = {
  search: Search
  preview: (message: Message, language: Language) => Promise<Preview | null>
}

export const createCustomerPreviews = ({ search, preview }: CustomerPreviewsParts) => ({
  /** The messages that a text names: by their own id, by an id of Polar's, or by an address. */
  messagesOf: async (text: string): Promise<ByKind> => {
    if (text === '') return {}
    const { messages } = await search(text)
    const oldestFirst = messages.map(({ id, record }) => messageIn(id, record)).toReversed()
    return Object.fromEntries(oldestFirst.map((message) => [message.kind, message]))
  },
  compose: preview,
})

export type CustomerPreviews = ReturnType<typeof createCustomerPreviews>
