// GET and POST /l/:token: genuine or forged, opened, visited, noted. A link never dead-ends.

import { type Context, Hono } from 'hono'
import type { Language } from '../../emails/index.ts'
import type { Click, ClickStore, Ending } from '../clicks/store.ts'
import { isAhead } from '../clicks/visitor.ts'
import type { ClientLimit } from '../redis/limit.ts'
import type { Client } from '../runtime/client-address.ts'
import { SECOND } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import { languageOf } from './language.ts'
import { type Claims, forgottenAt, publicId, slotOf } from './link.ts'
import type { LinkStore, Opened } from './store.ts'
import type { Tokens } from './token.ts'
import { createVisit, type Visited, type VisitParts } from './visit.ts'

/** A person reads one page of a message at a time. */
const BURST = 10 * SECOND

/** From the request to the redirect, whatever is slow. */
const PATIENCE = 3.7 * SECOND

/** Whatever happens, nobody waits longer than this. */
const LATEST = PATIENCE + 0.1 * SECOND

/** A token with room for what may stand behind it. Another path behind it is no link of ours. */
const PATH = /^\/l\/([\w-]{1,200})(?![\w-]|\/+[\w-])/

/**
 * The token of a path. Mail clients take what stands behind a link for a part of it: a full stop, a bracket, `%20`. No token has
 * such characters, and none ends in `-` or `_`, so they are left out.
 */
const tokenIn = (path: string) => (PATH.exec(path)?.[1] ?? '').replace(/[-_]+$/, '')

/** What comes in time, or `null`. */
const inTime = async <T>(work: Promise<T>): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LATEST)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** No session was asked for. */
const NOT_ASKED: ReadonlySet<Ending> = new Set(['button_shown', 'revoked', 'expired'])

type LinkRouteParts = VisitParts & {
  store: LinkStore
  tokens: Tokens
  clicks: ClickStore
  /** Origins that a press may end at, beside our own: Chromium checks a form's redirects too. */
  formOrigins: readonly string[]
  /** What stands for the address of a request's client. */
  clientOf: (c: Context) => Client
  /** Limits the sessions that a client asks for. */
  visits: ClientLimit
  /** What stands for somebody in a count of people. */
  pseudonym: (text: string) => string
  /** The language of a page for whoever says none that there is. */
  language: Language
  /** Told of every answer: of a visit, or `null` of a forged token. */
  onAnswer: (visited: (Omit<Visited, 'response' | 'seal'> & { took: number }) | null) => void
}

export const linkRoutes = (parts: LinkRouteParts) => {
  const { store, tokens, clicks, places, pages, browsers, clock, log } = parts
  const visit = createVisit(parts)
  const policy = [
    "default-src 'none'",
    `style-src ${pages.style}`,
    `form-action ${["'self'", ...new Set(parts.formOrigins)].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

  const languageFor = (c: Context, told: string | null) =>
    languageOf({ told, acceptLanguage: c.req.header('accept-language') }, parts.language)

  /** Of whose link nothing can be said: never straight in, and never an error page. */
  const turnAway = (c: Context, ending: Ending, began: number) => {
    parts.onAnswer({ is: 'unsure', evidence: [], ending, took: performance.now() - began })
    return c.redirect(places.signIn(null), c.req.method === 'POST' ? 303 : 302)
  }

  const note = ({ link }: Opened, visited: Visited, took: number, person: string) => {
    const { is, evidence, ending } = visited
    const click: Click = {
      ...{ v: 1, link: publicId(link), at: clock.now() },
      ...{ visitor: is, evidence, ending, took },
    }
    log.info(
      { link: click.link, message: link.messageId, visitor: is, evidence, ending, took },
      'link visited',
    )
    parts.onAnswer({ is, evidence, ending, took })
    const of = link.messageId ?? link.linkId
    const isIn = ending === 'signed_in'
    parts.track(clicks.add(slotOf(link), of, click, isIn ? person : null, forgottenAt(link)))
  }

  /** A visit that no session was asked for is not counted after all. */
  const countBack = (
    { link }: Opened,
    { ending }: Visited,
    client: Client,
    wait: number | null,
  ) => {
    if (!NOT_ASKED.has(ending)) return
    parts.track(store.notEntered(link))
    if (wait === null) parts.track(parts.visits.giveBack(client))
  }

  const follow = async (c: Context, claims: Claims): Promise<Response> => {
    const began = performance.now()
    const by = clock.now() + PATIENCE
    const client = parts.clientOf(c)
    const isCounted = !isAhead({ method: c.req.method, header: (name) => c.req.header(name) })
    // All that Redis is asked for before somebody is let in goes at once: it answers when it has written to its disk.
    const [found, counted] = await Promise.all([
      store.open(claims, clock.now() - BURST, isCounted),
      isCounted ? parts.visits.take(client).then((wait) => ({ wait })) : null,
    ])
    if (!found) {
      // Genuine, but unknown: nobody can say that it is still alive.
      log.warn({ link: publicId(claims) }, 'link without a record visited')
      return turnAway(c, 'unknown', began)
    }
    const known = browsers.known(c, found.link)
    const language = languageFor(c, found.link.language)
    const visited = await visit(c, found, { counted, language, known, by })
    const response = await visited.response
    const took = Math.round((performance.now() - began) * 10) / 10
    if (counted) countBack(found, visited, client, counted.wait)
    const agent = c.req.header('user-agent') ?? ''
    note(found, visited, took, parts.pseudonym(visited.seal ?? `${client.network} ${agent}`))
    return response
  }

  const answer = async (c: Context): Promise<Response> => {
    const began = performance.now()
    c.header('Cache-Control', 'no-store')
    c.header('Referrer-Policy', 'no-referrer')
    c.header('X-Robots-Tag', 'noindex')
    c.header('Content-Security-Policy', policy)
    const claims = tokens.verify(tokenIn(c.req.path))
    if (!claims) {
      parts.onAnswer(null)
      return c.html(pages.gone(languageFor(c, null), places.signIn(null)), 404)
    }
    const because = await inTime(follow(c, claims)).catch((error: unknown) => failure(error))
    if (because instanceof Response) return because
    // Redis cannot be asked, or something else broke.
    log.error({ link: publicId(claims), ...because }, 'link could not be followed')
    return turnAway(c, 'failed', began)
  }

  return new Hono().get('/l/*', answer).post('/l/*', answer)
}
