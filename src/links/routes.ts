// GET and POST /l/:token: who comes, is the link alive, and where do they land. A link never dead-ends.

import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import type { Click, ClickStore, Ending } from '../clicks/store.ts'
import { type Visitor, visitor } from '../clicks/visitor.ts'
import type { Enter, Entered } from '../portal/enter.ts'
import type { Places } from '../portal/places.ts'
import { type Clock, DAY, HOUR, SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { type Claims, type Link, pathOf, slotOf } from './link.ts'
import { continuePage, gonePage, STYLE_HASH } from './page.ts'
import { createSeal } from './seal.ts'
import type { LinkStore } from './store.ts'
import type { Tokens } from './token.ts'

/** A person reads one page of a message at a time. */
const BURST = 10 * SECOND

/** A page left open over lunch still works. */
const NONCE_LIFE = 12 * HOUR

const BROWSER_LIFE = 180 * DAY

const MOST_FORM_BYTES = 4096

/** From the request to the redirect, whatever is slow. */
const PATIENCE = 3.7 * SECOND

export type LinkRouteParts = {
  store: LinkStore
  tokens: Tokens
  clicks: ClickStore
  enter: Enter
  places: Places
  secrets: readonly Buffer[]
  /** Origins that a press may end at, beside our own: Chromium checks a form's redirects too. */
  formOrigins: readonly string[]
  brand: string
  isStrict: boolean
  /** Milliseconds after the email was accepted, or delivered where that is known, within which a visit is taken for a scanner's. */
  settle: number
  clock: Clock
  log: Log
  /** Whether a customer is known to be deleted. */
  isDeleted: (customerId: string) => Promise<boolean>
  /** Keeps the process from closing before a write is done. */
  track: (work: Promise<unknown>) => void
}

type Opened = NonNullable<Awaited<ReturnType<LinkStore['open']>>>

export const linkRoutes = (parts: LinkRouteParts) => {
  const { store, tokens, clicks, enter, places, brand, clock, log } = parts
  const nonces = createSeal(parts.secrets, 'continue', NONCE_LIFE, clock)
  const browsers = createSeal(parts.secrets, 'browser', BROWSER_LIFE, clock)
  const policy = [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    `form-action ${["'self'", ...new Set(parts.formOrigins)].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

  /** One cookie a customer, so that whoever has two accounts is known for both. */
  const cookieOf = (claims: Claims) => `postern_${slotOf(claims).slice(0, 8)}`

  const isKnown = (c: Context, claims: Claims) =>
    browsers.holds(getCookie(c, cookieOf(claims), 'host'), slotOf(claims))

  const remember = (c: Context, claims: Claims) =>
    setCookie(c, cookieOf(claims), browsers.sign(slotOf(claims)), {
      prefix: 'host',
      secure: true,
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      maxAge: BROWSER_LIFE / SECOND,
    })

  const judge = (c: Context, { link, mailedAt, fetchedTogether }: Opened): Visitor =>
    visitor({
      method: c.req.method,
      header: (name) => c.req.header(name),
      isKnownBrowser: isKnown(c, link),
      isStrict: parts.isStrict,
      isSettled: mailedAt !== null && clock.now() >= mailedAt + parts.settle,
      fetchedTogether,
    })

  const hasPressed = async (c: Context, link: Link) => {
    // Another site's page may post a form here too.
    if (/^(cross|same)-site$/.test(c.req.header('sec-fetch-site') ?? '')) return false
    const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>)
    return typeof form.nonce === 'string' && nonces.holds(form.nonce, link.linkId)
  }

  const land = (c: Context, url: string) => c.redirect(url, c.req.method === 'POST' ? 303 : 302)

  const answer = async (c: Context, link: Link, entered: Entered): Promise<[Ending, Response]> => {
    if ('url' in entered) {
      if (c.req.method === 'POST') remember(c, link)
      return ['signed_in', land(c, entered.url)]
    }
    switch (entered.refused) {
      case 'address_changed':
        await store.revoke(link, 'address_changed')
        return ['address_changed', land(c, places.signIn(null))]
      case 'customer_gone':
        await store.revoke(link, 'customer_gone')
        return ['customer_gone', await c.html(gonePage(brand, places.signIn(null)), 410)]
      case 'no_member':
        return ['no_member', land(c, places.signIn(null))]
      case 'polar_unavailable':
        log.warn({ link: link.linkId, because: entered.because }, 'no session was to be had')
        return ['polar_unavailable', land(c, places.signIn(link.address))]
      default:
        return entered.refused satisfies never
    }
  }

  const follow = async (
    c: Context,
    opened: Opened,
    by: number,
  ): Promise<[Visitor['is'], Click['evidence'], Ending, Response]> => {
    const { link } = opened
    const judged = judge(c, opened)
    const pressed = c.req.method === 'POST' && (await hasPressed(c, link))
    const [is, evidence] = pressed ? (['person', 'pressed'] as const) : [judged.is, judged.evidence]
    if (link.state.is === 'revoked') {
      return [is, evidence, 'revoked', await c.html(gonePage(brand, places.signIn(null)), 410)]
    }
    if (link.expiresAt <= clock.now())
      return [is, evidence, 'expired', land(c, places.signIn(link.address))]
    // A POST without our nonce is no press, whoever sends it.
    if (is !== 'person' || (c.req.method === 'POST' && !pressed)) {
      return [
        is,
        evidence,
        'button_shown',
        await c.html(continuePage(brand, nonces.sign(link.linkId))),
      ]
    }
    const entered = await enter({
      customerId: link.customerId,
      memberId: link.memberId,
      address: link.address,
      needsOrder: link.target === 'payment',
      path: (orderToPay) => pathOf(link.target, orderToPay),
      by,
    })
    return [is, evidence, ...(await answer(c, link, entered))]
  }

  const visit = async (c: Context): Promise<Response> => {
    const began = performance.now()
    const by = clock.now() + PATIENCE
    c.header('Cache-Control', 'no-store')
    c.header('Referrer-Policy', 'no-referrer')
    c.header('X-Robots-Tag', 'noindex')
    c.header('Content-Security-Policy', policy)
    // Some mail clients add a slash.
    const claims = tokens.verify((c.req.path.split('/l/')[1] ?? '').replace(/\/+$/, ''))
    if (!claims) return c.html(gonePage(brand, places.signIn(null)), 404)
    try {
      const [opened, isDeleted] = await Promise.all([
        store.open(claims, clock.now() - BURST),
        parts.isDeleted(claims.customerId),
      ])
      // Genuine, but unknown: nobody can say that it is still alive.
      if (!opened) return land(c, places.signIn(null))
      if (isDeleted && opened.link.state.is === 'alive') {
        await store.revoke(opened.link, 'customer_gone')
        opened.link.state = { is: 'revoked', at: clock.now(), because: 'customer_gone' }
      }
      const [is, evidence, ending, response] = await follow(c, opened, by)
      const took = Math.round((performance.now() - began) * 10) / 10
      const told = {
        link: claims.linkId,
        message: opened.link.messageId,
        visitor: is,
        evidence,
        ending,
        took,
      }
      log.info(told, 'link visited')
      const click: Click = { v: 1, at: clock.now(), visitor: is, evidence, ending, took }
      parts.track(clicks.add(slotOf(claims), claims.linkId, click))
      return response
    } catch (error) {
      // Redis cannot be asked, or something else broke: never straight in, and never an error page.
      log.error({ link: claims.linkId, ...failure(error) }, 'link could not be followed')
      return land(c, places.signIn(null))
    }
  }

  return new Hono().get('/l/*', visit).post('/l/*', bodyLimit({ maxSize: MOST_FORM_BYTES }), visit)
}
