// GET and POST /l/:token: verifies the token, opens the link, answers the visit and records the
// click. Every visitor gets a page or a redirect.

import { type Context, Hono } from 'hono'
import type { Language } from '../../emails/index.ts'
import type { Click, ClickStore, Ending } from '../clicks/store.ts'
import { cannotSignIn, type Verdict } from '../clicks/verdict.ts'
import type { ClientLimit } from '../redis/limit.ts'
import type { Client } from '../runtime/client-address.ts'
import { SECOND } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import { languageOf } from './language.ts'
import { type Claims, idsOfLink, type Link, publicId, refOf, slotOf } from './link.ts'
import type { LinkStore, OpenedLink } from './store.ts'
import type { Tokens } from './token.ts'
import { createVisit, type Visited, type VisitParts } from './visit.ts'

/** Links of one message that are fetched within this time count as fetched together. */
const BURST = 10 * SECOND

/**
 * The sign-in has this long, from the request to the redirect. A person leaves after four seconds, and some of them go by before
 * a busy process begins with the request.
 */
const SIGN_IN_TIMEOUT = 3.4 * SECOND

/** After this long the visitor is redirected to the sign-in page, even if Redis hangs. */
const ANSWER_TIMEOUT = SIGN_IN_TIMEOUT + 0.1 * SECOND

/**
 * A token, possibly with characters behind it. A further path segment makes it another path, and no
 * link.
 */
const PATH = /^\/l\/([\w-]{1,200})(?![\w-]|\/+[\w-])/

/**
 * The token in a path. Mail clients take characters behind a link for a part of it: a full stop, a
 * bracket, `%20`. No token contains such characters or ends in `-` or `_`, so they are dropped.
 */
const tokenIn = (path: string) => (PATH.exec(path)?.[1] ?? '').replace(/[-_]+$/, '')

/** The result of `work`, or `null` after ANSWER_TIMEOUT. */
const withTimeout = async <T>(work: Promise<T>): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_TIMEOUT)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** Visits with these endings asked Polar for no session, so they do not count under the limits. */
const WITHOUT_SESSION: ReadonlySet<Ending> = new Set(['button_shown', 'revoked', 'expired'])

type LinkRouteParts = VisitParts & {
  store: LinkStore
  tokens: Tokens
  clicks: ClickStore
  /**
   * Origins that the form may redirect to, beside our own. Chromium checks redirects against
   * `form-action` too.
   */
  formOrigins: readonly string[]
  /** Pseudonyms of the client's address. */
  clientOf: (c: Context) => Client
  /** Limits the sessions of one client. */
  visits: ClientLimit
  /** Hashes what identifies a browser, to count people. */
  pseudonym: (text: string) => string
  /** The language of a page if neither the link nor the browser names one that we have. */
  language: Language
  /** Receives each visit to a link that has a record. `took` is in milliseconds. */
  onVisit?: ((link: Link, visit: Verdict & { ending: Ending; took: number }) => void) | undefined
  /** Called for every answer, with `null` for a forged token. `took` is in milliseconds. */
  onAnswer: (visit: (Verdict & { ending: Ending; took: number }) | null) => void
}

export const linkRoutes = (parts: LinkRouteParts) => {
  const { store, tokens, clicks, portalUrls, pages, browsers, clock, log } = parts
  const visit = createVisit(parts)
  const policy = [
    "default-src 'none'",
    `style-src ${pages.style}`,
    `form-action ${["'self'", ...new Set(parts.formOrigins)].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

  const languageFor = (c: Context, tag: string | null) =>
    languageOf({ tag, acceptLanguage: c.req.header('accept-language') }, parts.language)

  /**
   * The link's state is unknown: redirects to the sign-in page, without a session and without an
   * error page.
   */
  const redirectToSignIn = (c: Context, ending: Ending, startedAt: number) => {
    parts.onAnswer({
      visitor: 'unsure',
      evidence: [],
      ending,
      took: performance.now() - startedAt,
    })
    return c.redirect(portalUrls.signInPage(null), c.req.method === 'POST' ? 303 : 302)
  }

  /** The link's record is erased with its customer: no click can be recorded. */
  const answerGone = (c: Context, startedAt: number) => {
    const took = performance.now() - startedAt
    parts.onAnswer({ visitor: 'unsure', evidence: [], ending: 'customer_gone', took })
    return c.html(pages.gone(languageFor(c, null), portalUrls.signInPage(null)), 410)
  }

  const recordClick = ({ link }: OpenedLink, visited: Visited, took: number, person: string) => {
    const { visitor, evidence, ending } = visited
    const seen = { visitor, evidence, ending, took }
    log.info({ ...idsOfLink(link), ...seen }, 'link visited')
    parts.onAnswer(seen)
    parts.onVisit?.(link, seen)
    const ref = refOf(link)
    const click: Click = { link: ref.mark, at: clock.now(), ...seen }
    const counted = ending === 'signed_in' ? person : null
    parts.track(clicks.add(() => store.recordOf(ref), click, counted))
  }

  /** Takes a visit out of the limits again if it asked for no session. */
  const uncount = (
    { link }: OpenedLink,
    { ending }: Visited,
    client: Client,
    wait: number | null,
  ) => {
    if (!WITHOUT_SESSION.has(ending)) return
    parts.track(store.uncountOpening(link))
    if (wait === null) parts.track(parts.visits.giveBack(client))
  }

  const follow = async (c: Context, claims: Claims): Promise<Response> => {
    const startedAt = performance.now()
    const deadline = clock.now() + SIGN_IN_TIMEOUT
    const client = parts.clientOf(c)
    const isCounted = !cannotSignIn({
      method: c.req.method,
      header: (name) => c.req.header(name),
    })
    // Both commands go to Redis together, because Redis answers only after it has written to disk.
    const [opened, limit] = await Promise.all([
      store.open(claims, clock.now() - BURST, isCounted),
      isCounted ? parts.visits.take(client).then((wait) => ({ wait })) : null,
    ])
    if (!opened) {
      if (await store.isGone(slotOf(claims))) return answerGone(c, startedAt)
      // The token is genuine, but without its record the link may be revoked.
      log.warn({ link: publicId(claims) }, 'link without a record visited')
      return redirectToSignIn(c, 'unknown', startedAt)
    }
    const seal = browsers.sealOf(c, opened.link)
    const language = languageFor(c, opened.link.language)
    const visited = await visit(c, opened, { limit, language, seal, deadline })
    const took = Math.round((performance.now() - startedAt) * 10) / 10
    if (limit) uncount(opened, visited, client, limit.wait)
    const agent = c.req.header('user-agent') ?? ''
    const person = parts.pseudonym(visited.seal ?? `${client.network} ${agent}`)
    recordClick(opened, visited, took, person)
    return visited.response
  }

  const answer = async (c: Context): Promise<Response> => {
    const startedAt = performance.now()
    c.header('Cache-Control', 'no-store')
    c.header('Referrer-Policy', 'no-referrer')
    c.header('X-Robots-Tag', 'noindex')
    c.header('Content-Security-Policy', policy)
    const claims = tokens.verify(tokenIn(c.req.path))
    if (!claims) {
      parts.onAnswer(null)
      return c.html(pages.gone(languageFor(c, null), portalUrls.signInPage(null)), 404)
    }
    const result = await withTimeout(follow(c, claims)).catch((error: unknown) => failure(error))
    if (result instanceof Response) return result
    log.error({ link: publicId(claims), ...result }, 'link could not be followed')
    return redirectToSignIn(c, 'failed', startedAt)
  }

  return new Hono().get('/l/*', answer).post('/l/*', answer)
}
