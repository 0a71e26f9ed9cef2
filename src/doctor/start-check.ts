// Checks both accounts once after a start, and tells the operator of each mistake. Nothing waits for it, and it stops no mail.

import type { Alert } from '../alerts/alert.ts'
import { SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { type AccountConfig, type Intended, intendedBy } from './account.ts'
import { findingsOf, unreadIn } from './findings.ts'
import { createReadAccount, type ReadParts } from './read.ts'

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
    const findings = findingsOf(account, intended)
    for (const { name, says, isUrgent } of findings) {
      log.warn({ finding: name }, says)
      if (isUrgent) notify({ event: 'account_finding', finding: name, says })
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
