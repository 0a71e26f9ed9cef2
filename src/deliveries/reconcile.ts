// Asking Resend about emails of which nobody knows whether they were sent, once their key is no longer trusted: its list has
// addresses and times but no tags, so whatever may be one of them is looked at by itself. What is not found waits for a person.

import { setTimeout as sleep } from 'node:timers/promises'
import { linksIn } from '../links/issue.ts'
import { MINUTE, SECOND } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import type { Email, In } from './delivery.ts'
import type { Listed } from './mailer.ts'
import type { Permits } from './permits.ts'
import type { Handled } from './record.ts'
import type { SendParts } from './send-one.ts'

/** Resend's clock and ours may differ by so much. */
const SKEW = 2 * MINUTE

/** Pages of a hundred that are read for the sake of those in question. */
const MOST_PAGES = 500

/** Those that come within this are asked about together. */
const GATHER = SECOND / 5

const ASK_AGAIN = MINUTE

type ReconcileParts = Pick<
  SendParts,
  'deliveries' | 'lanes' | 'mailer' | 'record' | 'clock' | 'log'
> & { permits: Permits }

type Question = Handled & { delivery: In<'unconfirmed'>; email: Email }

const isCandidate = ({ to, at }: Listed, { delivery, email }: Question) =>
  to.some((address) => address.toLowerCase() === email.to.toLowerCase()) &&
  !(at < delivery.firstTriedAt - SKEW) &&
  !(at > delivery.lastTriedAt + SKEW)

export const createReconcile = (parts: ReconcileParts) => {
  const { deliveries, lanes, mailer, record, permits, clock, log } = parts
  const waiting = new Map<string, Question>()
  let running: Promise<void> | undefined

  const permitted = async <T extends object>(ask: () => Promise<T>) => {
    if ((await permits.take()) === 'shut') throw new Error('no request may go to Resend now')
    const answer = await ask()
    if ('error' in answer) throw new Error('Resend gave no answer to a question')
    return answer as Exclude<T, { error: unknown }>
  }

  /** Reads the list back to the first try of any that is asked about, and takes what it finds from `open`. */
  const search = async (open: Map<string, Question>) => {
    let after: string | null = null
    for (let page = 0; page < MOST_PAGES && open.size > 0; page++) {
      const since =
        Math.min(...[...open.values()].map(({ delivery }) => delivery.firstTriedAt)) - SKEW
      const { emails, hasMore } = await permitted(() => mailer.list(after))
      for (const email of emails) {
        if (![...open.values()].some((one) => isCandidate(email, one))) continue
        const { messageId } = await permitted(() => mailer.messageOf(email.providerId))
        const question = open.get(messageId ?? '')
        if (!question) continue
        open.delete(question.id)
        await record.accepted(question, linksIn(question.email.html), email.providerId)
      }
      const oldest = emails.at(-1)
      if (!oldest || !hasMore || oldest.at < since) return
      after = oldest.providerId
    }
  }

  const run = async () => {
    await sleep(GATHER)
    const open = new Map(waiting)
    waiting.clear()
    try {
      await search(open)
    } catch (error) {
      log.warn({ messages: open.size, ...failure(error) }, 'Resend could not be asked')
      await Promise.all(
        [...open.values()].map(({ id, lane }) => lanes[lane].due.at(id, clock.now() + ASK_AGAIN)),
      )
      return
    }
    // Whether the list ended or was too long to read: nothing is sent blindly.
    for (const question of open.values())
      await record.held(question, question.delivery.claims, 'unconfirmed')
  }

  return {
    /** Asks about a message, together with others that come at the same time. */
    ask: async ({ id, lane, was }: Handled, delivery: In<'unconfirmed'>) => {
      const email = await deliveries.frozen(id)
      if (!email) return record.held({ id, lane, was }, delivery.claims, 'unconfirmed')
      waiting.set(id, { id, lane, was, delivery, email })
      while (waiting.has(id)) {
        running ??= run().finally(() => {
          running = undefined
        })
        await running
      }
    },
  }
}

export type Reconcile = ReturnType<typeof createReconcile>
