// A visit to a genuine link: is it alive, who comes, and where do they land.

import type { Context } from 'hono'
import type { Language } from '../../emails/index.ts'
import type { Click, Ending } from '../clicks/store.ts'
import { guest, type Visitor, visitor } from '../clicks/visitor.ts'
import type { Enter, Entered } from '../portal/enter.ts'
import type { Places } from '../portal/places.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { Browsers } from './browser.ts'
import { isScanning } from './gateways.ts'
import { type Link, pathOf, publicId, slotOf } from './link.ts'
import type { Pages } from './page.ts'
import type { LinkStore, Opened } from './store.ts'

/** A link is opened no more often in ten minutes: it is a person's. */
const MOST_OPENED = 60

export type VisitParts = {
  store: LinkStore
  enter: Enter
  places: Places
  pages: Pages
  browsers: Browsers
  isStrict: boolean
  /** Milliseconds after the email was accepted, or delivered where that is known, within which a visit is taken for a scanner's. */
  settle: number
  clock: Clock
  log: Log
  /** Keeps the process from closing before a write is done. */
  track: (work: Promise<unknown>) => void
}

/** How a visit went. */
export type Visited = {
  is: Visitor['is']
  evidence: Click['evidence']
  ending: Ending
  response: Response | Promise<Response>
  /** The seal of the browser, where it is a known one by now. */
  seal: string | null
}

type Comer = {
  /** How many seconds their address has to wait, if it must. */
  wait: number | null
  /** The language of the pages. */
  language: Language
  /** The seal of a browser that is known for this customer. */
  known: string | null
  /** When there has to be an answer, in milliseconds. */
  by: number
}

export const createVisit = (parts: VisitParts) => {
  const { store, enter, places, pages, browsers, clock, log, track } = parts

  const judge = (c: Context, opened: Opened, known: string | null): Visitor => {
    const { link, mailedAt, fetchedTogether, fetches } = opened
    const seen = { method: c.req.method, header: (name: string) => c.req.header(name) }
    const isKnownBrowser = known !== null
    if (link.messageId === null) return guest({ ...seen, isKnownBrowser })
    return visitor({
      ...{ ...seen, isKnownBrowser },
      isStrict: parts.isStrict,
      isSettled: mailedAt !== null && clock.now() >= mailedAt + parts.settle,
      hasGateway: isScanning(link.gateway),
      fetchedTogether,
      fetches,
    })
  }

  const land = (c: Context, url: string) => c.redirect(url, c.req.method === 'POST' ? 303 : 302)
  const gone = (c: Context, language: Language) =>
    c.html(pages.gone(language, places.signIn(null)), 410)

  const answer = async (
    c: Context,
    link: Link,
    entered: Entered,
    language: Language,
  ): Promise<Pick<Visited, 'ending' | 'response'>> => {
    if ('url' in entered) return { ending: 'signed_in', response: land(c, entered.url) }
    const { refused } = entered
    switch (refused) {
      case 'address_changed':
        await store.revokeOne(slotOf(link), link.linkId, refused)
        return { ending: refused, response: land(c, places.signIn(null)) }
      case 'customer_gone':
        await store.revokeOne(slotOf(link), link.linkId, refused)
        return { ending: refused, response: gone(c, language) }
      case 'no_member':
        return { ending: refused, response: land(c, places.signIn(null)) }
      case 'polar_unavailable':
      case 'polar_refused':
        log.warn({ link: publicId(link), because: entered.because }, 'no session was to be had')
        return { ending: refused, response: land(c, places.signIn(link.address)) }
      default:
        return refused satisfies never
    }
  }

  const signIn = async (
    c: Context,
    { link, opened }: Opened,
    { language, by, ...comer }: Comer,
  ) => {
    const wait = opened.times > MOST_OPENED ? opened.countedFor : comer.wait
    if (wait !== null) {
      c.header('Retry-After', `${wait}`)
      const response = c.html(pages.busy(language, places.signIn(null)), 429)
      return { ending: 'limited' as const, response }
    }
    const entered = await enter({
      customerId: link.customerId,
      memberId: link.memberId,
      address: link.address,
      returnUrl: link.returnUrl,
      needsOrder: link.target === 'payment',
      path: (orderToPay) => pathOf(link.target, orderToPay),
      by,
    })
    return answer(c, link, entered, language)
  }

  return async (c: Context, opened: Opened, comer: Comer): Promise<Visited> => {
    const { link, revoked } = opened
    const pressed = await browsers.hasPressed(c, link)
    const judged = judge(c, opened, comer.known)
    const visited = {
      ...(pressed
        ? { is: 'person' as const, evidence: ['pressed' as const, ...judged.evidence] }
        : judged),
      seal: comer.known,
    }
    if (revoked) return { ...visited, ending: 'revoked', response: gone(c, comer.language) }
    if (link.expiresAt <= clock.now())
      return { ...visited, ending: 'expired', response: land(c, places.signIn(link.address)) }
    // A POST without our nonce is no press, whoever sends it.
    if (visited.is !== 'person' || (c.req.method === 'POST' && !pressed)) {
      const page = pages.continue(comer.language, browsers.nonce(link))
      return { ...visited, ending: 'button_shown', response: c.html(page) }
    }
    if (opened.fetches > 1) track(store.passed(link))
    const seal = pressed ? browsers.remember(c, link) : comer.known
    return { ...visited, seal, ...(await signIn(c, opened, comer)) }
  }
}
