// The type of a complete brand: every colour chosen and checked, every default filled in.

import type { Language, Words } from '../words/index.ts'
import type { ButtonColours } from './colour.ts'
import type { Palette } from './palette.ts'

export type Logo = {
  url: string
  alt: string
  /** In CSS pixels; the image file should have twice as many. */
  width: number
  height: number
  /** Shows it as a square avatar beside the brand's name, such as the one at Polar. */
  withName?: boolean
}

export type FooterLink = { label: string; url: string }

type Wording = ((...given: never[]) => unknown) | readonly unknown[] | string

/** Any part of `T`, at any depth. */
export type DeepPartial<T> = T extends Wording ? T : { [P in keyof T]?: DeepPartial<T[P]> }

/** The brand's own words by language; missing ones stay ours. */
export type OwnWords<T> = { [L in Language]?: DeepPartial<T> }

type KindWords = Omit<Words, 'common'>

/** The brand's settings for one kind of email. */
export type OwnKind<K extends keyof KindWords> = {
  off?: boolean
  words?: OwnWords<KindWords[K]>
  template?: { Template: (props: never) => unknown; subject(props: never): string }
}

export type Brand = {
  name: string
  logo: Logo | null
  accent: { light: ButtonColours; dark: ButtonColours }
  colours: { light: Palette; dark: Palette }
  /** A CSS list of font families. */
  font: string
  titleFont: string
  /** The radius of the card's corners, in pixels; the button's is smaller. */
  radius: number
  /** The lines of the merchant's postal address. */
  address: readonly string[] | null
  supportEmail: string | null
  websiteUrl: string | null
  /** Additional links of the footer, such as terms and privacy. */
  links: readonly FooterLink[]
  /** The last line of the footer, such as a company number. */
  note: string | null
  /** For customers whose language has no translation. */
  language: Language
  /** The brand's own words for parts that all emails share. */
  words: OwnWords<Words['common']>
  kinds: { [K in keyof KindWords]?: OwnKind<K> }
}

/** Whether the merchant sends no emails of this kind. */
export const isOff = (brand: Brand, kind: keyof KindWords): boolean =>
  brand.kinds[kind]?.off === true
