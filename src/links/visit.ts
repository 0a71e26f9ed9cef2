// Answers a visit to a genuine link: is the link alive, who visits, and where are they redirected?
// The routes verify the token before, and record the click after.

import type { Context } from 'hono'
import type { Language } from '../../emails/index.ts'
import type { Ending } from '../clicks/store.ts'
import { judgeAppLink, judgeMailedLink, type Verdict } from '../clicks/verdict.ts'
import type { SignIn, SignInResult } from '../portal/sign-in.ts'
import type { PortalUrls } from '../portal/urls.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { Browsers, Press } from './browser.ts'
import { isScanning } from './known-gateways.ts'
import { idsOfLink, type Link, refOf } from './link.ts'
import type { Pages } from './page.ts'
import type { LinkStore, OpenedLink } from './store.ts'

/** A link signs in this often in ten minutes. One person needs no more. */
const MAX_OPENINGS = 60

export type VisitParts = {
  store: LinkStore
  signIn: SignIn
  /** Receives each sign-in with its result. `took` is in milliseconds. */
  onSignedIn?: (link: Link, result: SignInResult, took: number) => void
  portalUrls: PortalUrls
  pages: Pages
  browsers: Browsers
  isStrict: boolean
  /** For this long (ms) after the email was accepted or delivered, a visitor may be a scanner. */
  settle: number
  clock: Clock
  log: Log
  /** Delays a shutdown until a write is done. */
  track: (work: Promise<unknown>) => void
}

type Answer = { ending: Ending; response: Response }

export type Visited = Verdict &
  Answer & {
    /** The seal in the browser's cookie, if somebody has pressed the button there. */
    seal: string | null
  }

type VisitContext = {
  /**
   * The limit of the visitor's address: `wait` is in seconds, or `null` within the limit. The whole
   * is `null` for a request that was not counted, which signs nobody in.
   */
  limit: { wait: number | null } | null
  /** The language of the pages. */
  language: Language
  /** The seal of a browser in which this customer has pressed before. */
  seal: string | null
  /** The time (ms) by which there must be an answer. */
  deadline: number
}

/** A sufficient press proves a person. Another press changes nothing but the evidence. */
const withPress = (verdict: Verdict, press: Press | null, isSufficient: boolean): Verdict => {
  if (!press) return verdict
  return isSufficient
    ? { visitor: 'person', evidence: ['pressed', ...verdict.evidence] }
    : { visitor: verdict.visitor, evidence: ['pressed_once', ...verdict.evidence] }
}

export const createVisit = (parts: VisitParts) => {
  const { store, signIn, portalUrls, pages, browsers, clock, log, track } = parts

  const isSettled = ({ link }: OpenedLink) =>
    link.mailedAt !== null && clock.now() >= link.mailedAt + parts.settle

  const judge = (c: Context, opened: OpenedLink, seal: string | null): Verdict => {
    const { link, fetchedTogether, fetches } = opened
    const request = {
      method: c.req.method,
      header: (name: string) => c.req.header(name),
      isKnownBrowser: seal !== null,
    }
    if (link.messageId === null) return judgeAppLink(request)
    return judgeMailedLink({
      ...request,
      isStrict: parts.isStrict,
      isSettled: isSettled(opened),
      hasGateway: isScanning(link.gateway),
      fetchedTogether,
      fetches,
    })
  }

  /**
   * Whether a press proves a person. Some mail gateways submit forms while they scan a new email.
   * Such an email takes the second button, which appears after two seconds.
   */
  const isSufficient = (press: Press, opened: OpenedLink, seal: string | null): boolean =>
    press.button === 'second' ||
    seal !== null ||
    isSettled(opened) ||
    !isScanning(opened.link.gateway)

  const redirect = (c: Context, url: string) => c.redirect(url, c.req.method === 'POST' ? 303 : 302)
  const goneResponse = async (c: Context, language: Language) =>
    c.html(pages.gone(language, portalUrls.signInPage(null)), 410)

  const answerTo = async (
    c: Context,
    link: Link,
    result: SignInResult,
    language: Language,
  ): Promise<Answer> => {
    if ('url' in result) return { ending: 'signed_in', response: redirect(c, result.url) }
    const { refused } = result
    switch (refused) {
      case 'address_changed':
        await store.revokeOne(refOf(link), refused)
        return { ending: refused, response: redirect(c, portalUrls.signInPage(null)) }
      case 'customer_gone':
        await store.revokeOne(refOf(link), refused)
        return { ending: refused, response: await goneResponse(c, language) }
      case 'no_member':
        return { ending: refused, response: redirect(c, portalUrls.signInPage(null)) }
      case 'polar_unavailable':
      case 'polar_refused':
        log.warn({ ...idsOfLink(link), because: result.because }, 'session not minted')
        return { ending: refused, response: redirect(c, portalUrls.signInPage(link.address)) }
      default:
        return refused satisfies never
    }
  }

  const admit = async (
    c: Context,
    { link, openings }: OpenedLink,
    { language, deadline }: VisitContext,
    addressWait: number | null,
  ): Promise<Answer> => {
    const wait = openings.count > MAX_OPENINGS ? openings.secondsLeft : addressWait
    if (wait !== null) {
      const page = pages.busy(language, portalUrls.signInPage(null))
      return { ending: 'limited', response: await c.html(page, 429, { 'Retry-After': `${wait}` }) }
    }
    const { customerId, memberId, address, returnUrl, target } = link
    const began = performance.now()
    const result = await signIn({ customerId, memberId, address, returnUrl, target, deadline })
    parts.onSignedIn?.(link, result, performance.now() - began)
    return answerTo(c, link, result, language)
  }

  /** The page with the button; after an insufficient press, the page with the second button. */
  const buttonPage = (link: Link, language: Language, press: Press | null) => {
    if (!press) return pages.continue(language, browsers.nonce(link))
    const nonce = press.button === 'second_too_soon' ? press.nonce : browsers.secondNonce(link)
    return pages.continueAgain(language, nonce)
  }

  return async (c: Context, opened: OpenedLink, context: VisitContext): Promise<Visited> => {
    const { link, revoked } = opened
    const { limit, language, seal } = context
    const press = await browsers.readPress(c, link)
    const hasPressed = press !== null && isSufficient(press, opened, seal)
    const verdict = withPress(judge(c, opened, seal), press, hasPressed)
    const visited = { ...verdict, seal }
    const isPerson = verdict.visitor === 'person'
    if (revoked) return { ...visited, ending: 'revoked', response: await goneResponse(c, language) }
    if (link.expiresAt <= clock.now()) {
      const address = isPerson ? link.address : null
      return {
        ...visited,
        ending: 'expired',
        response: redirect(c, portalUrls.signInPage(address)),
      }
    }
    // A POST without a valid nonce is not a press, even from a known browser.
    if (!limit || !isPerson || (c.req.method === 'POST' && !hasPressed)) {
      const page = buttonPage(link, language, hasPressed ? null : press)
      return { ...visited, ending: 'button_shown', response: await c.html(page) }
    }
    if (opened.fetches > 1) track(store.resetFetches(link))
    const newSeal = hasPressed ? browsers.remember(c, link) : seal
    return { ...visited, seal: newSeal, ...(await admit(c, opened, context, limit.wait)) }
  }
}
