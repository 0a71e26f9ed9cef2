// The story of a message: what happened to it, in order, from the event to the clicks.

import type { Click } from '../clicks/store.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import { messageIn } from '../messages/store.ts'
import type { Listed } from '../records/list.ts'

/** One thing that happened, at a time in milliseconds. `because` is a reason, a fact, or an id; `says` are Resend's words. */
export type Step = {
  at: number
  source: 'event' | 'message' | 'delivery' | 'click'
  what: string
  because?: string
  says?: string
  click?: Click
}

/** Clicks of people and of unknown visitors, or of machines. */
const clicksIn = ({ record }: Listed, list: 'clicks' | 'machines'): readonly Click[] =>
  (record.parts.clicks as Record<typeof list, readonly Click[]> | undefined)?.[list] ?? []

const againText = (first: string, sameAs: string | undefined): string =>
  sameAs ? `the same email as ${sameAs}` : `composed anew, after ${first}`

/**
 * When a step stands in the story. Resend may report before Postern has its answer on record: the answer stands first all the
 * same, since only an accepted email is reported.
 */
const positionIn = (steps: readonly Step[]) => {
  const reports = steps.filter(({ what }) => what === 'reported').map(({ at }) => at)
  const firstReport = Math.min(...reports) - 1
  return ({ what, at }: Step) => (what === 'accepted' ? Math.min(at, firstReport) : at)
}

/** @param withMachines whether visits of machines, such as mail scanners, are told too. */
export const storyOf = (listed: Listed, { withMachines = false } = {}): Step[] => {
  const message = messageIn(listed.id, listed.record)
  const { history } = listed.record.parts.delivery as Delivery
  const clicks = [
    ...clicksIn(listed, 'clicks'),
    ...(withMachines ? clicksIn(listed, 'machines') : []),
  ]
  const { eventId, eventType, receivedAt, plannedAt, fact, resendOf, sameAs } = message
  const steps: Step[] = [
    eventId
      ? {
          at: receivedAt,
          source: 'event',
          what: 'event received',
          because: `${eventType} ${eventId}`,
        }
      : { at: receivedAt, source: 'event', what: 'fell due', because: eventType },
    { at: plannedAt, source: 'message', what: 'message decided', because: fact },
    ...(resendOf
      ? [
          {
            ...{ at: plannedAt, source: 'message' as const, what: 'sent again' },
            because: againText(resendOf, sameAs),
          },
        ]
      : []),
    ...history.map((entry) => ({ ...entry, source: 'delivery' as const })),
    ...clicks.map((click) => ({
      at: click.at,
      source: 'click' as const,
      what: 'link visited',
      because: `${click.visitor}, ${click.ending}`,
      click,
    })),
  ]
  const position = positionIn(steps)
  return steps.toSorted((a, b) => position(a) - position(b))
}
