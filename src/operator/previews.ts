// Sample emails of every kind and language, with the merchant's brand: to look at, and to send to oneself.

import { randomUUID } from 'node:crypto'
import {
  type Brand,
  isSpoken,
  type Kind,
  kinds,
  type Language,
  languages,
} from '../../emails/index.ts'
import { UnrenderableError } from '../deliveries/composed.ts'
import { fillPlaceholders } from '../links/link.ts'
import { createSample } from '../messages/sample.ts'
import type { ResendClient } from '../resend/client.ts'
import type { Email } from '../resend/email.ts'
import type { RateLimiter } from '../resend/rate-limiter.ts'
import { mailAddress } from '../runtime/address.ts'
import { scrub } from '../runtime/scrub.ts'
import type { Suppressions } from '../suppressions/store.ts'
import type { NoteAct } from './actions.ts'

export const LANGUAGES = Object.keys(languages) as Language[]

/** Which sample; `null` where there is none of that name. */
export type Sample = { kind: Kind; language: Language }

export const sampleNamed = (kind: string, language: string): Sample | null => {
  const found = kinds.find((one) => one === kind)
  return found && isSpoken(language) ? { kind: found, language } : null
}

/** Why a test email was not sent. */
export type NotSentTest =
  | 'invalid_address'
  | 'not_allowed'
  | 'suppressed'
  | 'paused'
  | { refused: string }
  | { mode: string }

const PROBLEMS: Record<Extract<NotSentTest, string>, string> = {
  invalid_address: 'This is not an address that can be mailed.',
  not_allowed: 'EMAIL_ALLOWLIST does not have this address.',
  suppressed: 'This address is suppressed.',
  paused: 'All mail is paused or on hold.',
}

const problemOf = (because: NotSentTest): string => {
  if (typeof because === 'string') return PROBLEMS[because]
  return 'mode' in because
    ? `SEND_MODE is ${because.mode}.`
    : `Resend refused it (${because.refused}).`
}

/** The result of a test email. @param because why it was not sent; `null` where it was. */
export const testText = (because: NotSentTest | null): string =>
  because === null
    ? 'Resend has accepted the test email.'
    : `${problemOf(because)} No test email was sent.`

type PreviewsParts = {
  brandOf: () => Promise<{ brand: Brand }>
  sender: Pick<Email, 'from' | 'replyTo'>
  /** Where the links of a test email lead. */
  portalUrl: string
  isAllowed: (address: string) => boolean
  suppressions: Pick<Suppressions, 'isSuppressed'>
  resend: Pick<ResendClient, 'send'>
  rateLimiter: Pick<RateLimiter, 'acquire' | 'departed' | 'backOff'>
  note: NoteAct
  sendMode: string
}

const TOO_MANY = 429

/** A template of the merchant's own may throw anything. */
const rendered = (kind: Kind, render: () => Email): Email => {
  try {
    return render()
  } catch (cause) {
    throw new UnrenderableError(`${kind} cannot be rendered`, { cause })
  }
}

/** Why an email cannot be rendered, in the words of the template. */
export const unrenderableText = ({ message, cause }: UnrenderableError): string =>
  scrub(cause instanceof Error ? `${message}: ${cause.message}` : message)

export const createPreviews = (parts: PreviewsParts) => {
  const { brandOf, sender, portalUrl, isAllowed, suppressions, resend, rateLimiter, note } = parts

  /** @param link where its links lead. @throws {UnrenderableError} */
  const compose = async ({ kind, language }: Sample, link: string): Promise<Email> => {
    const { brand } = await brandOf()
    const email = rendered(kind, () => createSample({ brand: () => brand, sender })(kind, language))
    const filled = (text: string) => fillPlaceholders(text, () => link)
    return { ...email, html: filled(email.html), text: filled(email.text) }
  }

  const request = async (email: Email): Promise<NotSentTest | null> => {
    const slot = await rateLimiter.acquire()
    if (slot === 'paused') return 'paused'
    const id = `test_${randomUUID()}`
    const answering = resend.send(id, email, id)
    await rateLimiter.departed(slot)
    const answer = await answering
    if (!('error' in answer)) return null
    const { name, message, status } = answer.error
    if (status === TOO_MANY) await rateLimiter.backOff()
    return { refused: scrub(`${name}: ${message}`) }
  }

  return {
    compose,
    /** The text of an email, with links that work. */
    textOf: async (sample: Sample): Promise<string> => (await compose(sample, portalUrl)).text,
    /**
     * Sends a sample to an address, which is not stored.
     * @returns why it was not sent; `null` where it was.
     * @throws {UnrenderableError}
     */
    sendTest: async (sample: Sample, address: string): Promise<NotSentTest | null> => {
      if (parts.sendMode !== 'live') return { mode: parts.sendMode }
      const to = mailAddress(address)
      if (to === null) return 'invalid_address'
      if (!isAllowed(to)) return 'not_allowed'
      if (await suppressions.isSuppressed(to)) return 'suppressed'
      const email = await compose(sample, portalUrl)
      const subject = `[Test] ${email.subject}`
      return note.perform({ action: 'test email sent', kind: sample.kind }, async () => {
        const refused = await request({ ...email, to, subject, isTest: true })
        if (refused === null) await note.result({ act: 'test email sent', ...sample })
        return refused
      })
    },
  }
}

export type Previews = ReturnType<typeof createPreviews>
