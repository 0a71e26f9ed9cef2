// Delivering one message: claim it, freeze it, hand it over, record the answer. Whoever is nudged re-reads the record,
// and its state decides; so a lost, doubled or late nudge does no harm.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Due } from '../redis/due.ts'
import { type Clock, HOUR, SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import {
  type Composed,
  type Delivery,
  type Email,
  idempotencyKey,
  Unrenderable,
} from './delivery.ts'
import type { Mailer } from './mailer.ts'
import type { Pause } from './pause.ts'
import type { DeliveryStore } from './store.ts'
import { backoff, type SendError, verdict } from './verdict.ts'

/** A try's time, answer and all; the call itself gives up after ten seconds. */
const TRY = 20 * SECOND

/** How long a try may be held up for what its email still lacks. */
const MOMENT = 2 * SECOND

/** Resend remembers a key for 24 hours; an hour before, it is no longer relied on. */
const KEY_TRUSTED = 23 * HOUR

type DeliverParts = {
  deliveries: DeliveryStore
  due: Due
  mailer: Mailer
  /** Checks a message against what is known by now, and renders it, with placeholders for links. */
  compose: (messageId: string) => Promise<Composed>
  /** Puts the links where the placeholders stand. */
  withLinks: (messageId: string, email: Email) => Promise<Email>
  /** Told when an email was accepted, before that is recorded. */
  mailed: (messageId: string, email: Email, at: number) => Promise<void>
  pause: Pause
  /** Nothing is sent, not even what was being sent when that was decided. */
  isShadow: boolean
  random: () => number
  clock: Clock
  log: Log
}

type Sending = Extract<Delivery, { state: 'sending' }>
type Claim = { sending: Sending; was: string; email: Email }

export const createDeliver = (parts: DeliverParts) => {
  const { deliveries, due, mailer, compose, clock, log } = parts

  const end = async (id: string, was: string | null, next: Delivery) => {
    const moved = await deliveries.move(id, was, next, 'thaw')
    if (moved) await due.done(id)
    return moved !== null
  }

  /** What is complete in a moment is waited for here: another job would take its turn in the queue again. */
  const whenComplete = async (id: string): Promise<Composed> => {
    const until = clock.now() + MOMENT
    for (;;) {
      const composed = await compose(id)
      if (!('lookAgainAt' in composed) || composed.lookAgainAt > until) return composed
      await sleep(Math.max(composed.lookAgainAt - clock.now(), 1))
    }
  }

  const firstTry = async (
    id: string,
    was: string | null,
    claims: number,
  ): Promise<Claim | null> => {
    const composed = await whenComplete(id).catch((error: unknown) => {
      if (error instanceof Unrenderable) return error
      throw error
    })
    const now = clock.now()
    if (composed instanceof Unrenderable) {
      if (await end(id, was, { v: 1, state: 'failed', at: now, because: composed.message }))
        log.error({ message: id, ...failure(composed.cause) }, 'message failed')
      return null
    }
    if ('lookAgainAt' in composed) {
      await due.at(id, composed.lookAgainAt)
      return null
    }
    if ('notSent' in composed) {
      if (await end(id, was, { v: 1, state: 'not_sent', at: now, because: composed.notSent }))
        log.info({ message: id, because: composed.notSent }, 'message not sent')
      return null
    }
    const { email } = composed
    const sending: Sending = {
      v: 1,
      state: 'sending',
      claims: claims + 1,
      tries: 1,
      firstTriedAt: now,
      nextTryAt: now + TRY,
    }
    const text = await deliveries.move(id, was, sending, email)
    return text === null ? null : { sending, was: text, email }
  }

  const nextTry = async (
    id: string,
    was: string | null,
    before: Sending,
  ): Promise<Claim | null> => {
    const now = clock.now()
    if (now - before.firstTriedAt > KEY_TRUSTED) {
      await end(id, was, {
        v: 1,
        state: 'failed',
        at: now,
        because: 'unconfirmed: the idempotency key has run out',
      })
      log.error({ message: id }, 'message failed: whether it was sent is unknown')
      return null
    }
    const sending = { ...before, tries: before.tries + 1, nextTryAt: now + TRY }
    const [email, text] = await Promise.all([
      deliveries.frozen(id),
      deliveries.move(id, was, sending, 'keep'),
    ])
    return text === null || email === null ? null : { sending, was: text, email }
  }

  /** The message is ours for the next twenty seconds; or it isn't to be sent, or isn't ours. */
  const claim = async (id: string): Promise<Claim | null> => {
    const [{ delivery, was }, pausedUntil] = await Promise.all([
      deliveries.load(id),
      parts.pause.until(),
    ])
    const now = clock.now()
    if (pausedUntil > now) {
      await due.at(id, pausedUntil)
      return null
    }
    switch (delivery.state) {
      case 'waiting':
        return delivery.notBefore > now ? null : firstTry(id, was, delivery.claims)
      case 'sending':
        return delivery.nextTryAt > now || parts.isShadow ? null : nextTry(id, was, delivery)
      case 'accepted':
      case 'not_sent':
      case 'failed':
        await due.done(id)
        return null
      default:
        return delivery satisfies never
    }
  }

  const refused = async (id: string, { sending, was }: Claim, error: SendError) => {
    const decided = verdict(error)
    const now = clock.now()
    const told = { message: id, error: error.name, status: error.status, tries: sending.tries }
    switch (decided.do) {
      case 'retry': {
        const nextTryAt = now + backoff(decided.after, sending.tries, parts.random())
        await deliveries.move(id, was, { ...sending, nextTryAt }, 'keep')
        await due.at(id, nextTryAt)
        log.warn(told, 'delivery to be retried')
        return
      }
      case 'wait': {
        const notBefore = now + decided.for
        // Only what was refused at its first try is surely not sent. After that it stays in its claim, under its key.
        const isUnsent = sending.tries === 1
        const next: Delivery = isUnsent
          ? { v: 1, state: 'waiting', claims: sending.claims, notBefore }
          : { ...sending, nextTryAt: notBefore }
        await deliveries.move(id, was, next, isUnsent ? 'thaw' : 'keep')
        await Promise.all([due.at(id, notBefore), parts.pause.extend(notBefore)])
        log[decided.because === 'rate_limit' ? 'warn' : 'error'](
          { ...told, because: decided.because },
          'delivery paused',
        )
        return
      }
      case 'give up':
        await end(id, was, {
          v: 1,
          state: 'failed',
          at: now,
          because: `${error.name} (${error.status ?? 'no answer'})`,
        })
        log.error(told, 'message failed')
        return
      default:
        return decided satisfies never
    }
  }

  /** Delivers a message if that is what its record asks for. */
  return async (id: string): Promise<void> => {
    const claimed = await claim(id)
    if (!claimed) return
    const email = await parts.withLinks(id, claimed.email)
    const answer = await mailer.send(id, email, idempotencyKey(id, claimed.sending.claims))
    if ('error' in answer) return refused(id, claimed, answer.error)
    // Resend has accepted it and we have not recorded that yet. A crash here finds it `sending`: when the try's time is
    // over the same bytes go out under the same key, and Resend answers with the first id instead of sending again.
    const at = clock.now()
    await parts.mailed(id, claimed.email, at)
    const isFirst = await end(id, claimed.was, {
      v: 1,
      state: 'accepted',
      at,
      providerId: answer.providerId,
    })
    if (isFirst)
      log.info(
        { message: id, provider: answer.providerId, tries: claimed.sending.tries },
        'message accepted',
      )
  }
}
