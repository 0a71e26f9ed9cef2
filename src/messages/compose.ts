// Composing a message when it is claimed: whether it is still to be sent, and if so its email.

import type { Brand } from '../../emails/index.ts'
import { type Email, type NotSent, Unrenderable } from '../deliveries/delivery.ts'
import type { LinkRequest } from '../links/issue.ts'
import type { Message } from './message.ts'
import { render } from './render.ts'
import type { MessageStore } from './store.ts'

type ComposeParts = {
  messages: MessageStore
  /** Issues links and answers what stands for each in the email. */
  issueLinks: (requests: readonly LinkRequest[]) => Promise<string[]>
  /** Why a message is no longer wanted by what is known now; `null` if it is. */
  isOvertaken: (message: Message) => Promise<NotSent | null>
  brand: Brand
  sender: Pick<Email, 'from' | 'replyTo'>
  isShadow: boolean
  /** Addresses and domains, in lower case, that may be mailed; all may when it is absent. */
  allowlist: readonly string[] | undefined
}

const isAllowed = (address: string, allowlist: readonly string[] | undefined): boolean => {
  const lower = address.toLowerCase()
  const domain = lower.slice(lower.lastIndexOf('@') + 1)
  return allowlist?.some((entry) => entry === lower || entry.replace(/^@/, '') === domain) ?? true
}

export const createCompose = (parts: ComposeParts) => {
  const { messages, issueLinks, isOvertaken, brand, sender, isShadow, allowlist } = parts

  /** @throws {Unrenderable} when no email can be made of it. */
  return async (id: string): Promise<{ email: Email } | { notSent: NotSent }> => {
    const message = await messages.load(id)
    if (!message) throw new Error(`message ${id} has no record`)
    const { customerId, memberId, address } = message.recipient
    if (!isAllowed(address, allowlist)) return { notSent: 'not_allowed' }
    const overtaken = await isOvertaken(message)
    if (overtaken) return { notSent: overtaken }
    if (isShadow) return { notSent: 'shadow' }
    const common = { customerId, memberId, messageId: id, address }
    const [action = '', overview = ''] = await issueLinks([
      { ...common, target: message.target },
      { ...common, target: 'overview' },
    ])
    const rendered = await render(message, brand, { action, overview }).catch((cause: unknown) => {
      throw new Unrenderable(`${message.kind} cannot be rendered`, { cause })
    })
    return { email: { ...sender, to: address, kind: message.kind, ...rendered } }
  }
}
