// Formats a billing address in the order that its country uses. The country is named in the reader's language. A state has its
// name, or its code if the country's post uses that (`Rochester, NY 14607`).

import addresses from '@fragaria/address-formatter'
import english from 'cldr-subdivisions-full/subdivisions/en/en.json' with { type: 'json' }
import type { BillingAddress } from './order-summary.ts'

const states = new Map(Object.entries(english.subdivisions.localeDisplayNames.subdivisions))

// The formatter changes the parts: it drops repeated ones and long postal codes. So it gets a placeholder character for each
// part and decides only the order, and its result serves every address with the same parts.
const PARTS = {
  line1: '\ue000',
  line2: '\ue001',
  postcode: '\ue002',
  city: '\ue003',
  state: '\ue004',
  stateCode: '\ue005',
} as const

type Part = keyof typeof PARTS
type Parts = Partial<Record<Part, string>>

const ALWAYS_SHOWN: readonly Part[] = ['line1', 'line2', 'postcode', 'city']

const marked = (present: readonly Part[], ...wanted: Part[]): string[] =>
  wanted.filter((part) => present.includes(part)).map((part) => PARTS[part])

/** For a country whose format is unknown or omits a part that the customer gave. */
const plainLayout = (present: readonly Part[]): string[] =>
  [
    marked(present, 'line1'),
    marked(present, 'line2'),
    marked(present, 'postcode', 'city'),
    marked(present, 'state'),
  ].flatMap((line) => line.join(' ') || [])

const countryLayout = (present: readonly Part[], countryCode: string): string[] => {
  const { line1: _, line2: __, ...rest } = PARTS
  const one = Object.fromEntries(
    Object.entries(rest).filter(([part]) => present.includes(part as Part)),
  )
  const road = marked(present, 'line1', 'line2').join('\n')
  return addresses
    .format({ ...one, ...(road && { road }), countryCode }, { output: 'array' })
    .filter((line) => /[\ue000-\ue005]/.test(line)) // the country is added later, on its own line
}

const layouts = new Map<string, readonly string[]>()

const layoutOf = (present: readonly Part[], country: string): readonly string[] => {
  const key = `${country} ${present.join(' ')}`
  let layout = layouts.get(key)
  if (layout === undefined) {
    const own = countryLayout(present, country)
    const isWhole = ALWAYS_SHOWN.every(
      (part) => !present.includes(part) || own.join().includes(PARTS[part]),
    )
    layout = isWhole ? own : plainLayout(present)
    layouts.set(key, layout)
  }
  return layout
}

const isCountryCode = (country: string) => /^[A-Z]{2}$/.test(country) && country !== 'ZZ'

const namesIn = new Map<string, Intl.DisplayNames>()

/** The country's name; empty for an unknown code, and the text itself if it is no code. */
const countryName = (country: string, locale: string): string => {
  if (!isCountryCode(country)) return country.length === 2 ? '' : country
  let names = namesIn.get(locale)
  if (names === undefined) {
    names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' })
    namesIn.set(locale, names)
  }
  return names.of(country) ?? ''
}

/** Reads Polar's `US-NY` and a bare `NY`. A code without a name is left out. */
const stateParts = (state: string, country: string): Parts => {
  const code = state.replace(/^[A-Z]{2}-/, '')
  if (!/^[A-Z\d]{1,3}$/.test(code)) return { state }
  const name = states.get((country + code).toLowerCase())
  if (name === undefined) return {}
  return { state: name, ...(!/\d/.test(code) && { stateCode: code }) }
}

const partsOf = ({ line1, line2, postalCode, city, state }: BillingAddress, country: string) => {
  const given = {
    line1,
    line2,
    postcode: postalCode,
    city,
    ...(state && stateParts(state, country)),
  }
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text)) as Parts
}

/** The lines for a reader of `locale`; none without an address. */
export const addressLines = (address: BillingAddress | null, locale: string): string[] => {
  if (address === null) return []
  const country = address.country ?? ''
  const parts = partsOf(address, country)
  const present = Object.keys(parts) as Part[]
  const layout = layoutOf(present, isCountryCode(country) ? country : '')
  const written = layout.map((line) =>
    present.reduce((text, part) => text.replace(PARTS[part], () => parts[part] ?? ''), line),
  )
  return [...written, countryName(country, locale)].filter(Boolean)
}
