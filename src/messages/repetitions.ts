// The messages by which an operator sent a message again: each is about a numbered fact of its own.

import { messageId } from '../records/message-id.ts'
import type { Message } from './message.ts'
import type { MessageStore } from './store.ts'

export const createRepetitions = (messages: Pick<MessageStore, 'load'>) => {
  /** The message that was decided for an event. Repetitions of a repetition count as repetitions of it. */
  const firstOf = async (message: Message): Promise<Message> =>
    message.resendOf ? ((await messages.load(message.resendOf)) ?? message) : message

  /** The fact and id of the next repetition, and the id of the latest message before it. */
  const nextOf = async (first: Message) => {
    for (let n = 1, last = first.id; ; n++) {
      const fact = `${first.fact}/again/${n}`
      const id = messageId(first.kind, fact, first.recipient)
      if (!(await messages.load(id))) return { fact, id, last }
      last = id
    }
  }

  return {
    firstOf,
    nextOf,
    /** The id of the latest repetition, or of the first message. */
    latest: async (message: Message): Promise<string> =>
      (await nextOf(await firstOf(message))).last,
  }
}
