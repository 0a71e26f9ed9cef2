// URLs of the customer portal at Polar: its home, its sign-in page, and the page that a link leads
// to. Nothing here calls Polar.

/**
 * Where a link leads. `payment` is the order that can be paid, or else the settings with the
 * payment methods.
 */
export type Target = 'overview' | 'payment' | `order:${string}` | `subscription:${string}`

/** @param origin of Polar's site. @param slug of the organization there. */
export const createPortalUrls = (origin: string, slug: string) => {
  const home = `${origin}/${slug}/portal`
  return {
    origin,
    home,
    /** The page that mails a sign-in code. With an `address`, its form is filled in. */
    signInPage: (address: string | null) =>
      address === null ? `${home}/request` : `${home}/request?email=${encodeURIComponent(address)}`,
  }
}

export type PortalUrls = ReturnType<typeof createPortalUrls>

/**
 * The path of a target below the portal's own. `orderToPay` is an order id, and counts for
 * `payment` only.
 */
const pathOf = (target: Target, orderToPay: string | null): string => {
  if (target === 'overview') return '/overview'
  if (target === 'payment') return orderToPay ? `/orders/${orderToPay}` : '/settings'
  const colon = target.indexOf(':')
  const page = target.slice(0, colon) === 'order' ? 'orders' : 'subscriptions'
  return `/${page}/${encodeURIComponent(target.slice(colon + 1))}`
}

/**
 * The URL of a session with the target's path added. Slug, token and encoding stay as Polar wrote
 * them. Polar writes a missing address as `email=None`, which is removed.
 */
export const deepLink = (portalUrl: string, target: Target, orderToPay: string | null): string => {
  const url = new URL(portalUrl)
  url.pathname = url.pathname.replace(/\/+$/, '') + pathOf(target, orderToPay)
  url.search = url.search.replace(/([?&])email=None(?=&|$)&?/, '$1').replace(/[?&]$/, '')
  return url.href
}
