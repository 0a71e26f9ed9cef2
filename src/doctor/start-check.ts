// The short form of the doctor: checks both accounts once after a start, and tells the operator of each mistake. Nothing waits for it, and it stops no mail.

import type { Alert } from '../alerts/alert.ts'
import { SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { sentenceOf } from '../watch/finding.ts'
import { type Account, type AccountConfig, type Intended, intendedBy } from './account.ts'
import { ofPolar, unreadAtPolar } from './polar.ts'
import { createReadAccount, type ReadParts } from './read-account.ts'
import { ofResend, unreadAtResend } from './resend.ts'

/** All that it asks takes no longer than this. */
const PATIENCE = 15 * SECOND

type CheckParts = Omit<ReadParts, 'sender'> & {
  config: AccountConfig
  isOff: Intended['isOff']
  notify: (alert: Alert) => void
  log: Log
  /** Milliseconds. */
  patience?: number
}

export const accountFindings = ({ resend, polar }: Account, intended: Intended) => [
  ...ofResend(resend, intended),
  ...ofPolar(polar, intended),
]

/** Why an account could not be read, by its name. */
export const unreadIn = (account: Account): { resend?: string; polar?: string } => {
  const [resend, polar] = [unreadAtResend(account.resend), unreadAtPolar(account.polar)]
  return { ...(resend !== null && { resend }), ...(polar !== null && { polar }) }
}

export const createAccountCheck = (parts: CheckParts) => {
  const { config, isOff, notify, log, patience = PATIENCE } = parts
  const intended = intendedBy(config, isOff)
  const read = createReadAccount({ ...parts, sender: intended.sender })
  const closing = new AbortController()

  const check = async () => {
    const time = new AbortController()
    const end = () => time.abort()
    const timer = setTimeout(end, patience)
    closing.signal.addEventListener('abort', end)
    if (closing.signal.aborted) end()
    const account = await read(time.signal).finally(() => {
      clearTimeout(timer)
      closing.signal.removeEventListener('abort', end)
    })
    if (closing.signal.aborted) return
    const findings = accountFindings(account, intended)
    for (const found of findings) {
      const [finding, says] = [found.name, sentenceOf(found)]
      log.warn({ finding }, says)
      if (found.severity === 'problem') notify({ event: 'account_finding', finding, says })
    }
    const unread = unreadIn(account)
    if (Object.keys(unread).length > 0) log.info(unread, 'account not checked')
    else if (findings.length === 0 && !('denied' in account.polar)) log.info('account checked')
  }

  return {
    /** Never rejects; resolves when the findings are reported, or it is closed. */
    check: (): Promise<void> =>
      check().catch((error: unknown) => log.error(failure(error), 'account check failed')),
    /** Abandons the requests in flight. */
    close: () => closing.abort(),
  }
}
