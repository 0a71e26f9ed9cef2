// A visit to a genuine link: is it alive, who comes, and where do they land.

import type { Context } from 'hono'
import type { Language } from '../../emails/index.ts'
import type { Click, Ending } from '../clicks/store.ts'
import { guest, type Visitor, visitor } from '../clicks/visitor.ts'
import type { Enter, Entered } from '../portal/enter.ts'
import type { Places } from '../portal/places.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { Browsers, Press } from './browser.ts'
import { isScanning } from './known-gateways.ts'
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
  /**
   * Whether the visit was counted under the limit of its address, and how many seconds that address has to wait, if it must. A visit
   * that was not counted signs nobody in.
   */
  counted: { wait: number | null } | null
  /** The language of the pages. */
  language: Language
  /** The seal of a browser that is known for this customer. */
  known: string | null
  /** When there has to be an answer, in milliseconds. */
  by: number
}

/** A press that is enough is a person's; one that is not makes nobody a person. */
const verdictOn = (judged: Visitor, press: Press | null, hasPressed: boolean): Visitor => {
  if (!press) return judged
  return hasPressed
    ? { is: 'person', evidence: ['pressed', ...judged.evidence] }
    : { is: judged.is, evidence: ['pressed_once', ...judged.evidence] }
}

export const createVisit = (parts: VisitParts) => {
  const { store, enter, places, pages, browsers, clock, log, track } = parts

  const isSettled = ({ mailedAt }: Opened) =>
    mailedAt !== null && clock.now() >= mailedAt + parts.settle

  const judge = (c: Context, opened: Opened, known: string | null): Visitor => {
    const { link, fetchedTogether, fetches } = opened
    const isKnownBrowser = known !== null
    const seen = { method: c.req.method, header: (name: string) => c.req.header(name) }
    if (link.messageId === null) return guest({ ...seen, isKnownBrowser })
    return visitor({
      ...{ ...seen, isKnownBrowser },
      isStrict: parts.isStrict,
      isSettled: isSettled(opened),
      hasGateway: isScanning(link.gateway),
      fetchedTogether,
      fetches,
    })
  }

  /**
   * Whether a press lets in. Gateways submit forms while they scan a mail that has only just arrived: there it takes a second
   * button, which a person finds after a moment.
   */
  const isEnough = (press: Press, opened: Opened, known: string | null): boolean =>
    press.button === 'second' ||
    known !== null ||
    isSettled(opened) ||
    !isScanning(opened.link.gateway)

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
    { language, by }: Comer,
    addressWait: number | null,
  ) => {
    const wait = opened.times > MOST_OPENED ? opened.countedFor : addressWait
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

  /** The page that asks for a press: the second button where the first was pressed and is not enough. */
  const ask = (link: Link, language: Language, press: Press | null) => {
    if (!press) return pages.continue(language, browsers.nonce(link))
    const nonce = press.button === 'second_too_soon' ? press.nonce : browsers.secondNonce(link)
    return pages.continueAgain(language, nonce)
  }

  return async (c: Context, opened: Opened, comer: Comer): Promise<Visited> => {
    const { link, revoked } = opened
    const { counted, language, known } = comer
    const press = await browsers.pressOf(c, link)
    const judged = judge(c, opened, known)
    const hasPressed = press !== null && isEnough(press, opened, known)
    const visited = { ...verdictOn(judged, press, hasPressed), seal: known }
    const isPerson = visited.is === 'person'
    if (revoked) return { ...visited, ending: 'revoked', response: gone(c, language) }
    if (link.expiresAt <= clock.now()) {
      const address = isPerson ? link.address : null
      return { ...visited, ending: 'expired', response: land(c, places.signIn(address)) }
    }
    // A POST without our nonce is no press, whoever sends it.
    if (!counted || !isPerson || (c.req.method === 'POST' && !hasPressed)) {
      const page = ask(link, language, hasPressed ? null : press)
      return { ...visited, ending: 'button_shown', response: c.html(page) }
    }
    if (opened.fetches > 1) track(store.passed(link))
    const seal = hasPressed ? browsers.remember(c, link) : known
    return { ...visited, seal, ...(await signIn(c, opened, comer, counted.wait)) }
  }
}
