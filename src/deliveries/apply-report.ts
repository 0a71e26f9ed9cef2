// Applying a report: to the address, which may not be mailed any more, and to the delivery of the message that it names.
// Safe to repeat at any point.

import { linksIn } from '../links/issue.ts'
import type { Write } from '../redis/compare-and-set.ts'
import { next, readReport, suppressionIn, type Told, type Unmoved } from '../resend/report.ts'
import type { ReportOutcome, ReportStore } from '../resend/report-store.ts'
import type { Log } from '../runtime/log.ts'
import type { Suppressions } from '../suppressions/store.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryStore } from './store.ts'

type FeedbackParts = {
  reports: Pick<ReportStore, 'load' | 'settle'>
  deliveries: Pick<DeliveryStore, 'load' | 'frozen' | 'move'>
  suppressions: Pick<Suppressions, 'suppress'>
  /** To whom a message went; `null` if it is none of ours. */
  addressOf: (messageId: string) => Promise<string | null>
  /** The writes which note that the email with these links was there at `at` (ms). */
  mailedAt: (messageId: string, links: readonly string[], at: number) => readonly Write[]
  log: Log
}

/** Reports on one email arrive together, and its answer with them; each round one of them wins. */
const MAX_CONFLICTS = 20

/** A batch that is sent again needs the bytes of all that were in it; whoever records its answer drops them. */
const afterReport = ({ state }: Delivery) =>
  state === 'batched' || state === 'accepted' ? 'keep' : 'thaw'

export const createApplyReport = (parts: FeedbackParts) => {
  const { reports, deliveries, suppressions, addressOf, mailedAt, log } = parts

  /** Nobody can say which of several recipients it was; our own emails have one. */
  const recipientOf = async ({ messageId, to }: Told): Promise<string | null> => {
    const ours = messageId === null ? null : await addressOf(messageId)
    return ours ?? (to.length === 1 ? (to[0] ?? null) : null)
  }

  const suppress = async (told: Told) => {
    const because = suppressionIn(told)
    const address = because && (await recipientOf(told))
    if (!because || !address) return
    const { messageId: message, providerId: provider } = told
    const { at } = told.report
    if (await suppressions.suppress(address, { because, at, origin: { message, provider } }))
      log.warn({ message, provider, because }, 'address suppressed')
  }

  const linksOf = async (id: string): Promise<readonly string[]> => {
    const email = await deliveries.frozen(id)
    return email ? linksIn(email.html) : []
  }

  /** Moves the delivery on, and answers from which state; or why it stays. */
  const apply = async (
    id: string,
    told: Told,
  ): Promise<{ from: Delivery['state'] } | { ignored: Unmoved }> => {
    for (let round = 0; round < MAX_CONFLICTS; round++) {
      const { delivery, expected } = await deliveries.load(id)
      const decided = next(delivery, told)
      if (typeof decided === 'string') return { ignored: decided }
      const isResolved = delivery.state !== 'accepted'
      const moved = isResolved ? { ...decided, links: await linksOf(id) } : decided
      const isThere = told.report.is === 'delivered'
      const writes =
        isThere || isResolved ? mailedAt(id, moved.links, isThere ? told.report.at : moved.at) : []
      if (await deliveries.move(id, expected, moved, afterReport(delivery), writes))
        return { from: delivery.state }
    }
    throw new Error(`no turn came in ${MAX_CONFLICTS} rounds`)
  }

  const outcomeOf = async (told: Told): Promise<ReportOutcome> => {
    await suppress(told)
    const { messageId: message, providerId: provider, report, bounce } = told
    if (message === null) return { ignored: 'not about a message of ours' }
    const applied = await apply(message, told)
    if ('ignored' in applied) return applied
    log.info(
      {
        ...{ message, provider, report: report.is },
        ...(bounce && { because: bounce }),
        ...(applied.from !== 'accepted' && { resolved: applied.from }),
      },
      'delivery reported',
    )
    return { message, reported: report.is }
  }

  /** Applies a report unless that is done already. */
  return async (id: string): Promise<void> => {
    const stored = await reports.load(id)
    if (!stored) return
    const read = readReport(stored.body, stored.receivedAt)
    const outcome = 'ignored' in read ? { ignored: read.ignored } : await outcomeOf(read)
    // A crash here finds the report unsettled: it is applied again, and changes nothing.
    await reports.settle(id, read.type, outcome)
    if ('ignored' in outcome)
      log.info({ report: id, type: read.type, because: outcome.ignored }, 'report ignored')
  }
}
