// Compares client hints with the user agent. Chromium sends Sec-CH-UA, -Mobile and -Platform with
// every request over HTTPS (https://wicg.github.io/ua-client-hints), so a machine that fakes only
// its user agent contradicts them.

type Header = (name: string) => string | undefined

/** The brands in `"Chromium";v="142", "Not_A Brand";v="8"`, with their major versions. */
const brandsIn = (list: string): Map<string, number> =>
  new Map(
    [...list.slice(0, 500).matchAll(/"([^"]*)";\s*v="(\d+)/g)].map(([, brand = '', version]) => [
      brand,
      Number(version),
    ]),
  )

/**
 * The platform's name in its user agents. An Android browser that asks for desktop pages says
 * Linux.
 */
const PLATFORMS: Record<string, RegExp> = {
  Windows: /Windows/,
  macOS: /Macintosh|Mac OS X/,
  Linux: /Linux(?!; Android)|X11/,
  Android: /Android|Linux/,
  'Chrome OS': /CrOS/,
  'Chromium OS': /CrOS/,
  iOS: /iPhone|iPad|iPod/,
}

/**
 * A user agent may be older than its engine, because companies and apps freeze it
 * (https://chromeenterprise.google/policies/#ForceMajorVersionToMinorPositionInUserAgent). A newer
 * one is a contradiction.
 */
const contradictsBrands = (list: string, agent: string): boolean => {
  const [, claimed] = /(?:Chrome|Chromium)\/(\d+)/.exec(agent) ?? []
  if (claimed === undefined) return true // Firefox and Safari send no such hints
  const brands = brandsIn(list)
  const engine = brands.get('Chromium')
  if (engine !== undefined && Number(claimed) > engine) return true
  return / Edg\//.test(agent) && ![...brands.keys()].some((brand) => /Microsoft Edge/.test(brand))
}

/** The user agents of phones say `Mobile`; those of tablets and desktops do not. */
const contradictsMobile = (hint: string, agent: string): boolean =>
  (hint === '?1' && !/Mobile/.test(agent)) || (hint === '?0' && /Mobile/.test(agent))

const contradictsPlatform = (hint: string, agent: string): boolean => {
  const named = PLATFORMS[/^"([^"]*)"$/.exec(hint)?.[1] ?? '']
  return named !== undefined && !named.test(agent)
}

/**
 * Whether client hints name a headless browser or contradict the user agent. `false` without hints.
 */
export const hintsShowMachine = (header: Header): boolean => {
  const agent = header('user-agent') ?? ''
  const brands = header('sec-ch-ua')?.trim() ?? ''
  if (/headless/i.test(brands)) return true
  return (
    (brands !== '' && contradictsBrands(brands, agent)) ||
    contradictsMobile(header('sec-ch-ua-mobile') ?? '', agent) ||
    contradictsPlatform(header('sec-ch-ua-platform') ?? '', agent)
  )
}
