// What a browser hands back to us: that a form came from our page, and that somebody has pressed in it before.

import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type Clock, DAY, HOUR, SECOND } from '../runtime/clock.ts'
import { formOf, isFromOurPage } from './form.ts'
import { type Link, slotOf } from './link.ts'
import { createSeal } from './seal.ts'

/** A page left open over lunch still works. */
const NONCE_LIFE = 12 * HOUR

const BROWSER_LIFE = 180 * DAY

/** The second button is shown only after two seconds; a form that is sent sooner was not sent by a person. */
const SECOND_BUTTON_AFTER = 2 * SECOND

/**
 * What a form says: that the first button was pressed, or the second, or the second sooner than a person could (with the nonce to
 * show again, so that the wait goes on rather than starts anew).
 */
export type Press =
  | { button: 'first' }
  | { button: 'second' }
  | { button: 'second_too_soon'; nonce: string }

type BrowserParts = {
  /** The first signs, all verify. */
  secrets: readonly Buffer[]
  /** The origin of our own pages. */
  origin: string
  clock: Clock
}

export const createBrowsers = ({ secrets, origin, clock }: BrowserParts) => {
  const nonces = createSeal(secrets, 'continue', NONCE_LIFE, clock)
  const secondNonces = createSeal(secrets, 'continue again', NONCE_LIFE, clock)
  const browsers = createSeal(secrets, 'browser', BROWSER_LIFE, clock)

  /** One cookie a customer, so that whoever has two accounts is known for both. */
  const cookieOf = (link: Link) => `postern_${slotOf(link).slice(0, 8)}`

  return {
    /** Shows that a form came from the page of this link. */
    nonce: (link: Link) => nonces.sign(link.linkId),
    /** The same for the second button, which counts from two seconds on. */
    secondNonce: (link: Link) => secondNonces.sign(link.linkId),
    /** The seal of a browser in which somebody has pressed for this customer. */
    known: (c: Context, link: Link): string | null => {
      const seal = getCookie(c, cookieOf(link), 'host')
      return seal !== undefined && browsers.holds(seal, slotOf(link)) ? seal : null
    },
    /** Makes a browser a known one. Answers its seal. */
    remember: (c: Context, link: Link): string => {
      const seal = browsers.sign(slotOf(link))
      setCookie(c, cookieOf(link), seal, {
        prefix: 'host',
        secure: true,
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        maxAge: BROWSER_LIFE / SECOND,
      })
      return seal
    },
    /** The press that a request is; `null` for one that no form of our pages has sent. */
    pressOf: async (c: Context, link: Link): Promise<Press | null> => {
      if (c.req.method !== 'POST' || !isFromOurPage(c, origin)) return null
      const { nonce } = await formOf(c)
      if (typeof nonce !== 'string') return null
      if (nonces.holds(nonce, link.linkId)) return { button: 'first' }
      const age = secondNonces.ageOf(nonce, link.linkId)
      if (age === null) return null
      return age >= SECOND_BUTTON_AFTER
        ? { button: 'second' }
        : { button: 'second_too_soon', nonce }
    },
  }
}

export type Browsers = ReturnType<typeof createBrowsers>
