// Whose emails these are. Edit `brandSettings` to make them yours: the previews and the service both start from it, and
// a BRAND_… setting outranks it in the service.

import { type ButtonColours, buttonColours } from './_kit/colour.ts'
import { dark, light } from './_kit/palette.ts'

export type Brand = {
  name: string
  /** Sizes are in CSS pixels; the file should hold twice as many. */
  logo: { url: string; alt: string; width: number; height: number } | null
  accent: { light: ButtonColours; dark: ButtonColours }
  /** The merchant's postal address, a line each. */
  address: string[] | null
  supportEmail: string | null
  websiteUrl: string | null
  /** A last line of the footer, such as a company number. */
  note: string | null
}

/** What a merchant chooses: everything has a default, and one accent is enough for both schemes. */
export type BrandSettings = Partial<Omit<Brand, 'accent'>> & {
  /** `#rgb` or `#rrggbb`. */
  accent?: string
  /** Another accent for the dark scheme. */
  accentDark?: string
}

/** A brand whose button is readable in both schemes. Throws a RangeError for an accent that is no hex colour. */
export const createBrand = ({
  accent = light.ink,
  accentDark = accent,
  ...rest
}: BrandSettings = {}): Brand => ({
  name: 'Acme',
  logo: null,
  address: null,
  supportEmail: null,
  websiteUrl: null,
  note: null,
  ...rest,
  accent: {
    light: buttonColours(accent, light.card, light.ink),
    dark: buttonColours(accentDark, dark.card, dark.ink),
  },
})

/** Yours to edit, such as `{ name: 'Acme', accent: '#0f62fe', address: ['1 Main Street', 'Springfield'] }`. */
export const brandSettings: BrandSettings = {}

/** The brand of the previews. */
export const defaultBrand: Brand = createBrand(brandSettings)
