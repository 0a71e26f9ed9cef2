// Builds a brand from a merchant's settings: it fills in defaults and refuses unreadable colours.

import type { Brand, OwnKind } from './brand.ts'
import { buttonColours, contrast, isHexColour } from './colour.ts'
import { dark, light, type Palette } from './palette.ts'
import type { Kind, TemplateOf } from './props.ts'

type Kinds = { [K in Kind]?: Omit<OwnKind<K>, 'template'> & { template?: TemplateOf<K> } }

/** Every setting has a default. One accent is enough for both schemes. */
export type BrandSettings = Partial<
  Omit<Brand, 'accent' | 'colours' | 'font' | 'titleFont' | 'kinds'>
> & {
  /** `#rgb` or `#rrggbb`. */
  accent?: string
  /** Another accent for the dark scheme. */
  accentDark?: string
  colours?: { light?: Partial<Palette>; dark?: Partial<Palette> }
  /** Font families in order of preference. The last should exist on every device, such as `serif`. */
  font?: readonly string[]
  /** For the headline. Default: `font`. */
  titleFont?: readonly string[]
  kinds?: Kinds
}

const SYSTEM = [
  ...['-apple-system', 'BlinkMacSystemFont', 'Segoe UI', 'Roboto', 'Helvetica Neue', 'Helvetica'],
  ...['Arial', 'sans-serif'],
]

/** The contrast that WCAG 2 AA requires for text. */
const READABLE = 4.5

const checkedPalette = (scheme: 'light' | 'dark', palette: Palette): Palette => {
  for (const [name, colour] of Object.entries(palette))
    if (!isHexColour(colour))
      throw new RangeError(`colours.${scheme}.${name} is not a colour like #1a2b3c: ${colour}`)
  for (const text of ['ink', 'quiet'] as const)
    for (const surface of ['card', 'page'] as const) {
      const ratio = contrast(palette[text], palette[surface])
      if (ratio < READABLE)
        throw new RangeError(
          `colours.${scheme}.${text} ${palette[text]} on ${surface} ${palette[surface]} has a contrast of ${ratio.toFixed(2)}; text needs ${READABLE}`,
        )
    }
  return palette
}

const familyList = (families: readonly string[]): string => {
  const wrong = families.find((family) => !/^[\p{L}\d][\p{L}\d -]*$|^-apple-system$/u.test(family))
  if (families.length === 0 || wrong !== undefined)
    throw new RangeError(`not a font family: ${wrong ?? 'none was named'}`)
  return families.map((family) => (/[^\w-]/.test(family) ? `'${family}'` : family)).join(', ')
}

const cornerRadius = (radius: number): number => {
  if (!(radius >= 0 && radius <= 32))
    throw new RangeError(`a corner radius is from 0 to 32 pixels, not ${radius}`)
  return radius
}

/** @throws {RangeError} for an invalid colour, font or radius, and for unreadable text. */
export const createBrand = ({
  accent,
  accentDark = accent,
  colours,
  font = SYSTEM,
  titleFont = font,
  radius = 12,
  kinds = {},
  ...rest
}: BrandSettings = {}): Brand => {
  const palettes = {
    light: checkedPalette('light', { ...light, ...colours?.light }),
    dark: checkedPalette('dark', { ...dark, ...colours?.dark }),
  }
  const button = (hex: string | undefined, { card, ink }: Palette) =>
    buttonColours(hex ?? ink, card, ink)
  return {
    name: 'Acme',
    logo: null,
    address: null,
    supportEmail: null,
    websiteUrl: null,
    links: [],
    note: null,
    language: 'en',
    words: {},
    ...rest,
    accent: {
      light: button(accent, palettes.light),
      dark: button(accentDark, palettes.dark),
    },
    colours: palettes,
    font: familyList(font),
    titleFont: familyList(titleFont),
    radius: cornerRadius(radius),
    kinds,
  }
}
