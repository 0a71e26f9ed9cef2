// Signed values that a browser sends back: the nonce in our forms, and the cookie of a browser in
// which somebody has pressed the button. Whether a press is sufficient is decided in visit.ts.

import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type Clock, DAY, HOUR, SECOND } from '../runtime/clock.ts'
import { isFromOurPage, readForm } from './form.ts'
import { type Link, linkIdOf, slotOf } from './link.ts'
import { createSeal } from './seal.ts'

/** Long enough for a page that was left open over lunch. */
const NONCE_TTL = 12 * HOUR

const BROWSER_TTL = 180 * DAY

/** The second button appears after two seconds. A person cannot press it sooner. */
const SECOND_BUTTON_DELAY = 2 * SECOND

/**
 * The button that a form reports. `second_too_soon` was sent before a person could see the second
 * button. Its nonce is shown again, so that the wait does not start over.
 */
export type Press =
  | { button: 'first' }
  | { button: 'second' }
  | { button: 'second_too_soon'; nonce: string }

type BrowserParts = {
  /** The first signs, all verify. */
  secrets: readonly Buffer[]
  /** The origin of our pages. */
  origin: string
  clock: Clock
}

export const createBrowsers = ({ secrets, origin, clock }: BrowserParts) => {
  const nonces = createSeal(secrets, 'continue', NONCE_TTL, clock)
  const secondNonces = createSeal(secrets, 'continue again', NONCE_TTL, clock)
  const browsers = createSeal(secrets, 'browser', BROWSER_TTL, clock)

  /** One cookie for each customer, so that a browser can be known for two accounts. */
  const cookieOf = (link: Link) => `postern_${slotOf(link).slice(0, 8)}`

  return {
    /** Proves that a form came from the page of this link. */
    nonce: (link: Link) => nonces.sign(linkIdOf(link)),
    /** The same for the second button. It is valid from two seconds on. */
    secondNonce: (link: Link) => secondNonces.sign(linkIdOf(link)),
    /** The seal in the browser's cookie; `null` if nobody has pressed there for this customer. */
    sealOf: (c: Context, link: Link): string | null => {
      const seal = getCookie(c, cookieOf(link), 'host')
      return seal !== undefined && browsers.isValid(seal, slotOf(link)) ? seal : null
    },
    /** Sets the cookie that makes this a known browser, and returns its seal. */
    remember: (c: Context, link: Link): string => {
      const seal = browsers.sign(slotOf(link))
      setCookie(c, cookieOf(link), seal, {
        prefix: 'host',
        secure: true,
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        maxAge: BROWSER_TTL / SECOND,
      })
      return seal
    },
    /** The press in a request; `null` if no form of our pages sent it. */
    readPress: async (c: Context, link: Link): Promise<Press | null> => {
      if (c.req.method !== 'POST' || !isFromOurPage(c, origin)) return null
      const { nonce } = await readForm(c)
      if (typeof nonce !== 'string') return null
      if (nonces.isValid(nonce, linkIdOf(link))) return { button: 'first' }
      const age = secondNonces.ageOf(nonce, linkIdOf(link))
      if (age === null) return null
      return age >= SECOND_BUTTON_DELAY
        ? { button: 'second' }
        : { button: 'second_too_soon', nonce }
    },
  }
}

export type Browsers = ReturnType<typeof createBrowsers>
