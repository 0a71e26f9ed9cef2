// What a brand is once it is settled: every colour chosen and checked, every default filled in.

import type { Language, Words } from '../words/index.ts'
import type { ButtonColours } from './colour.ts'
import type { Palette } from './palette.ts'

export type Logo = {
  url: string
  alt: string
  /** In CSS pixels; the file should hold twice as many. */
  width: number
  height: number
  /** A square picture that stands beside the brand's name, such as the avatar that Polar has of it. */
  withName?: boolean
}

export type FooterLink = { label: string; url: string }

type Wording = ((...given: never[]) => unknown) | readonly unknown[] | string

/** Any part of `T`, as deep as one likes. */
export type Some<T> = T extends Wording ? T : { [P in keyof T]?: Some<T[P]> }

/** Other words than ours, by language; what is left out stays as it is. */
export type OwnWords<T> = { [L in Language]?: Some<T> }

type KindWords = Omit<Words, 'common'>

/** What is different about one kind of email; the props of its own template are known where it is set. */
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
  /** A list of families as CSS writes it. */
  font: string
  titleFont: string
  /** Of the card's corners, in pixels; the button's are a little less. */
  radius: number
  /** The merchant's postal address, a line each. */
  address: readonly string[] | null
  supportEmail: string | null
  websiteUrl: string | null
  /** More links for the footer, such as terms and privacy. */
  links: readonly FooterLink[]
  /** A last line of the footer, such as a company number. */
  note: string | null
  /** For customers whose own language the emails don't speak. */
  language: Language
  /** Other words than ours for what all emails have in common. */
  words: OwnWords<Words['common']>
  kinds: { [K in keyof KindWords]?: OwnKind<K> }
}

/** Whether the merchant sends no emails of this kind. */
export const isOff = (brand: Brand, kind: keyof KindWords): boolean =>
  brand.kinds[kind]?.off === true
