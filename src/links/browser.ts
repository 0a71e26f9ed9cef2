// What a browser hands back to us: that its Continue form came from our page, and that somebody has pressed in it before.

import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type Clock, DAY, HOUR, SECOND } from '../runtime/clock.ts'
import { type Link, slotOf } from './link.ts'
import { createSeal } from './seal.ts'

/** A page left open over lunch still works. */
const NONCE_LIFE = 12 * HOUR

const BROWSER_LIFE = 180 * DAY

const MOST_FORM_BYTES = 4096

/** @param secrets the first signs, all verify. */
export const createBrowsers = (secrets: readonly Buffer[], clock: Clock) => {
  const nonces = createSeal(secrets, 'continue', NONCE_LIFE, clock)
  const browsers = createSeal(secrets, 'browser', BROWSER_LIFE, clock)

  /** One cookie a customer, so that whoever has two accounts is known for both. */
  const cookieOf = (link: Link) => `postern_${slotOf(link).slice(0, 8)}`

  return {
    /** Shows that a form came from the page of this link. */
    nonce: (link: Link) => nonces.sign(link.linkId),
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
    /** Whether the request is a press of the button on our page. */
    hasPressed: async (c: Context, link: Link): Promise<boolean> => {
      if (c.req.method !== 'POST') return false
      // A browser says how long its form is; what doesn't, or says too long, sends no form of ours, and is not read.
      if (!(Number(c.req.header('content-length') || Number.NaN) <= MOST_FORM_BYTES)) return false
      // Another site's page may post a form here too.
      if (/^(cross|same)-site$/.test(c.req.header('sec-fetch-site') ?? '')) return false
      const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>)
      return typeof form.nonce === 'string' && nonces.holds(form.nonce, link.linkId)
    },
  }
}

export type Browsers = ReturnType<typeof createBrowsers>
