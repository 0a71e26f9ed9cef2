// Client hints beside the user agent. Chromium sends Sec-CH-UA, -Mobile and -Platform with every request over HTTPS
// (https://wicg.github.io/ua-client-hints). A machine that only changes its user agent contradicts them.

type Header = (name: string) => string | undefined

/** The brands of `"Chromium";v="142", "Not_A Brand";v="8"`, each with its major version. */
const brandsIn = (list: string): Map<string, number> =>
  new Map(
    [...list.slice(0, 500).matchAll(/"([^"]*)";\s*v="(\d+)/g)].map(([, brand = '', version]) => [
      brand,
      Number(version),
    ]),
  )

/** How the user agent of a platform names it. Android browsers that ask for desktop pages call themselves Linux. */
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
 * A user agent older than its engine is no contradiction: companies and apps freeze it
 * (https://chromeenterprise.google/policies/#ForceMajorVersionToMinorPositionInUserAgent). A newer one is.
 */
const contradictsBrands = (list: string, agent: string): boolean => {
  const [, claimed] = /(?:Chrome|Chromium)\/(\d+)/.exec(agent) ?? []
  if (claimed === undefined) return true // Firefox and Safari send no such hints
  const brands = brandsIn(list)
  const engine = brands.get('Chromium')
  if (engine !== undefined && Number(claimed) > engine) return true
  return / Edg\//.test(agent) && ![...brands.keys()].some((brand) => /Microsoft Edge/.test(brand))
}

/** Phones say `Mobile`, tablets and desktops don't. */
const contradictsMobile = (hint: string, agent: string): boolean =>
  (hint === '?1' && !/Mobile/.test(agent)) || (hint === '?0' && /Mobile/.test(agent))

const contradictsPlatform = (hint: string, agent: string): boolean => {
  const named = PLATFORMS[/^"([^"]*)"$/.exec(hint)?.[1] ?? '']
  return named !== undefined && !named.test(agent)
}

/** Whether the client hints name a headless browser, or contradict the user agent. Without hints they do neither. */
export const areOfMachine = (header: Header): boolean => {
  const agent = header('user-agent') ?? ''
  const brands = header('sec-ch-ua')?.trim() ?? ''
  if (/headless/i.test(brands)) return true
  return (
    (brands !== '' && contradictsBrands(brands, agent)) ||
    contradictsMobile(header('sec-ch-ua-mobile') ?? '', agent) ||
    contradictsPlatform(header('sec-ch-ua-platform') ?? '', agent)
  )
}
