// Where Polar's portal is: the front door, the sign-in page, and the page behind a session.

/** @param origin of Polar's site; `slug` names the organization there. */
export const createPlaces = (origin: string, slug: string) => {
  const front = `${origin}/${slug}/portal`
  return {
    origin,
    front,
    /** The page that mails a sign-in code, with the address filled in where there is one. */
    signIn: (address: string | null) =>
      address === null
        ? `${front}/request`
        : `${front}/request?email=${encodeURIComponent(address)}`,
  }
}

export type Places = ReturnType<typeof createPlaces>

/**
 * Polar's own URL of a session with another page of the portal in its path; slug, token and encoding stay Polar's, but
 * for an absent address, which Polar writes as the word.
 */
export const deepLink = (portalUrl: string, path: string): string => {
  const url = new URL(portalUrl)
  url.pathname = url.pathname.replace(/\/+$/, '') + path
  url.search = url.search.replace(/([?&])email=None(?=&|$)&?/, '$1').replace(/[?&]$/, '')
  return url.href
}
