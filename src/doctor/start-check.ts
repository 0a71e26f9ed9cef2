// The short form of the doctor: checks both accounts once after a start, tells the operator of each mistake, and keeps it for
// the console. Nothing waits for it, and it stops no mail.

import type { Alert } from '../alerts/alert.ts'
import { SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { sentenceOf } from '../watch/finding.ts'
import { type Account, type AccountConfig, type Intended, intendedBy } from './account.ts'
import { covers } from './coverage.ts'
import type { Finding, FindingName } from './finding.ts'
import { ofPolar, unreadAtPolar } from './polar.ts'
import { createReadAccount, type ReadParts } from './read-account.ts'
import { ofResend, unreadAtResend } from './resend.ts'
import { TOKEN_REFUSED } from './scopes.ts'
import type { KeptFindings } from './store.ts'

/** All that it asks takes no longer than this. */
const PATIENCE = 15 * SECOND

type CheckParts = Omit<ReadParts, 'sender'> & {
  config: AccountConfig
  isOff: Intended['isOff']
  /** The findings that the settings show. */
  ofSettings: readonly Finding[]
  kept: Pick<KeptFindings, 'keep'>
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
  return { ...(resend !== null && { resend: resend.unread }), ...(polar !== null && { polar }) }
}

/** It does not look for what nobody sends: that is right in a rehearsal. */
const NOT_OF_START: FindingName = 'nobody_sends'
/** Settings that a start has read, and what no process that has started can have. */
const OF_START: readonly FindingName[] = [
  ...([
    'not_set_up',
    'settings_invalid',
    'redis_unreachable',
    'not_checked',
    'worker_missing',
    'worker_mode',
  ] as const),
  ...(['allowlist_in_production', 'public_url_plain', 'reports_unset'] as const),
]

/** Whether a start that read this much says something of a finding. */
const checkedBy = (account: Account) => {
  const unread = unreadIn(account)
  return (name: FindingName): boolean =>
    OF_START.includes(name) ||
    (unread.polar === undefined && covers('polar_account', name) && name !== NOT_OF_START) ||
    (unread.resend === undefined && covers('resend_account', name))
}

export const createAccountCheck = (parts: CheckParts) => {
  const { config, isOff, ofSettings, kept, notify, log, patience = PATIENCE } = parts
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
    // The client has reported a denial.
    const denied = 'denied' in account.polar && account.polar.denied === 401 ? [TOKEN_REFUSED] : []
    await kept
      .keep([...ofSettings, ...denied, ...findings], checkedBy(account))
      .catch((error: unknown) => {
        if (!closing.signal.aborted) log.warn(failure(error), 'findings not kept')
      })
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
