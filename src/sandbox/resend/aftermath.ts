// What happens to emails after they were accepted, and that the endpoint is told of it.

import type { Clock } from '../../runtime/clock.ts'
import { type Answer, createDeliver, type Endpoint } from './deliver.ts'
import type { Email } from './email.ts'
import { createFates } from './fate.ts'
import { createRedelivery, isTaken } from './redeliver.ts'
import { newSvixId } from './sign.ts'
import {
  type Details,
  type Happened,
  isHardBounce,
  lastEvent,
  type ReportType,
  type Webhook,
  webhookOf,
} from './webhook.ts'

export type ReportExtra = Details & {
  /** That of an earlier report makes this a redelivery. Default: a new one. */
  svixId?: string
  /** When it happened, in milliseconds since the epoch. Default: now, and after all that happened before. */
  createdAt?: number
  /** When it is signed. Default: now. */
  at?: number
  /** Default: the endpoint's secret. */
  secret?: string
  /** `false` leaves them out. */
  tags?: boolean
}

/** `status` and `body` are the endpoint's answer; a status of 0 is none, and `body` then says why. */
export type Reported = Answer & { svixId: string; event: Webhook }

type AftermathOptions = {
  clock: Clock
  /** Nobody is told without one; things happen all the same. */
  endpoint: Endpoint | undefined
  /** Whether the endpoint is told without being asked to be. */
  automatic: boolean
  find: (id: string) => Email | undefined
}

export const createAftermath = ({ clock, endpoint, automatic, find }: AftermathOptions) => {
  const fates = createFates()
  const mail = endpoint && createDeliver(clock, endpoint)
  let taken = 0

  const happen = (email: Email, type: ReportType, at: number, details: Details = {}): Happened => {
    const happened = { email, type, at, details }
    if (at >= email.last_event_at) {
      email.last_event = lastEvent(type)
      email.last_event_at = at
    }
    if (isHardBounce(happened) || type === 'email.complained') fates.suppress(email)
    return happened
  }

  const tell = async (happened: Happened, extra: ReportExtra & { svixId: string }) => {
    if (mail === undefined) throw new Error('A report needs webhookUrl and webhookSecret')
    const { svixId, at, secret, tags } = extra
    const event = webhookOf(happened, tags)
    const answer = await mail.deliver(event, { svixId, at, secret })
    if (isTaken(answer)) taken += 1
    return { svixId, event, ...answer }
  }

  const redelivery = createRedelivery(
    ({ svixId, happened }: { svixId: string; happened: Happened }) => tell(happened, { svixId }),
  )

  return {
    /** Everything that will become of them happens at once; the endpoint hears of it as fast as it can. */
    accepted: (emails: Email[]) => {
      const happenings = emails.map((email) =>
        // A millisecond apart, so that their times tell their order.
        fates
          .of(email)
          .map((type, index) => happen(email, type, email.last_event_at + Math.min(index, 1))),
      )
      if (!automatic || mail === undefined) return
      redelivery.add(
        happenings.map((all) => all.map((happened) => ({ svixId: newSvixId(), happened }))),
      )
    },
    report: async (id: string, type: ReportType, extra: ReportExtra = {}): Promise<Reported> => {
      const email = find(id)
      if (email === undefined) throw new Error(`No email ${id} was accepted or is still kept`)
      const at = extra.createdAt ?? Math.max(clock.now(), email.last_event_at + 1)
      return tell(happen(email, type, at, extra), { svixId: newSvixId(), ...extra })
    },
    reported: redelivery.settled,
    taken: () => taken,
    close: async () => {
      redelivery.close()
      mail?.close()
      await redelivery.settled()
    },
  }
}
