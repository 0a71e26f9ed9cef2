// Applies a report of Resend's: to the address, which may not be mailed any more, and to the delivery of the message that it
// names. Safe to repeat at any point.

import { isMessageId } from '../records/message-id.ts'
import { retryConflicts } from '../redis/compare-and-set.ts'
import { type ParsedReport, readReport } from '../resend/report.ts'
import type { ReportStore } from '../resend/report-store.ts'
import type { Log } from '../runtime/log.ts'
import { suppressionReason } from '../suppressions/reason.ts'
import type { Suppressions } from '../suppressions/store.ts'
import type { State } from './delivery.ts'
import { type DeliveryStore, idsOf } from './store.ts'
import { transition } from './transition.ts'

type ApplyReportParts = {
  reports: Pick<ReportStore, 'load' | 'settle'>
  deliveries: Pick<DeliveryStore, 'load' | 'apply'>
  suppressions: Pick<Suppressions, 'suppress'>
  /** The address of a message; `null` if it is none of ours. */
  addressOf: (messageId: string) => Promise<string | null>
  log: Log
}

/** The state before a report, and the ids for its log line. */
type Applied = { from: State['state']; ids: ReturnType<typeof idsOf> }

/** The report says nothing new: it has come before, or a later one has. */
const KNOWN = 'known already'

/** Why a report leaves a delivery in this state as it is. */
const unchanged = (state: State, { providerId }: ParsedReport): string => {
  if (state.state !== 'accepted') return 'never sent'
  return state.providerId === providerId ? KNOWN : 'another email of this message'
}

export const createApplyReport = (parts: ApplyReportParts) => {
  const { reports, deliveries, suppressions, addressOf, log } = parts

  /** Nobody can say which of several recipients it was; our own emails have one. */
  const recipientOf = async ({ messageId, to }: ParsedReport): Promise<string | null> => {
    const ours = messageId === null ? null : await addressOf(messageId)
    return ours ?? (to.length === 1 ? (to[0] ?? null) : null)
  }

  const suppress = async (parsed: ParsedReport) => {
    const because = suppressionReason(parsed)
    const address = because && (await recipientOf(parsed))
    if (!because || !address) return
    const { messageId: message, providerId: provider } = parsed
    const { at } = parsed.report
    if (await suppressions.suppress(address, { because, at, origin: { message, provider } }))
      log.warn({ message, provider, because }, 'address suppressed')
  }

  /** Applies it to a delivery. Returns the state before, or why it stays. */
  const apply = (id: string, parsed: ParsedReport) =>
    retryConflicts(async (): Promise<Applied | { ignored: string } | null> => {
      const loaded = await deliveries.load(id)
      if (!loaded) return { ignored: 'not about a message of ours' }
      const { delivery } = loaded
      const { report, providerId, acceptedAt } = parsed
      const wasAccepted = delivery.state === 'accepted'
      const isThere = report.is === 'delivered'
      const happening = { what: 'reported', at: report.at, report, providerId, acceptedAt } as const
      if (!transition(delivery, happening)) return { ignored: unchanged(delivery, parsed) }
      const applied = await deliveries.apply(loaded, happening, {
        ...((isThere || !wasAccepted) && { mailedAt: isThere ? report.at : acceptedAt }),
      })
      return applied && { from: delivery.state, ids: idsOf(applied) }
    })

  /** @returns why it was ignored; `null` where it was applied. */
  const applyParsed = async (parsed: ParsedReport): Promise<string | null> => {
    await suppress(parsed)
    const { messageId: message, providerId: provider, report, bounce } = parsed
    if (message === null || !isMessageId(message)) return 'not about a message of ours'
    const applied = await apply(message, parsed)
    if ('ignored' in applied) return applied.ignored
    log.info(
      {
        ...applied.ids,
        provider,
        report: report.is,
        ...(bounce && { because: bounce }),
        ...(report.says && { says: report.says }),
        ...(applied.from !== 'accepted' && { resolved: applied.from }),
      },
      'delivery reported',
    )
    return null
  }

  /** Applies a report. One that comes again after it was applied changes nothing. */
  return async (id: string): Promise<void> => {
    const stored = await reports.load(id)
    if (!stored) return
    const read = readReport(stored.body, stored.receivedAt)
    const because = 'ignored' in read ? read.ignored : await applyParsed(read)
    // A crash here finds the report unsettled: it is applied again, and changes nothing.
    await reports.settle(stored)
    if (because !== null)
      log[because === KNOWN ? 'debug' : 'info'](
        { report: id, type: read.type, because },
        'report ignored',
      )
  }
}
