// The previews: every kind in every language, variant and scheme, each with a note about the event at Polar.

import { createElement, type FC } from 'react'
import { exampleBrand } from '../brand.example.ts'
import { kinds, templateOf } from '../templates.ts'
import { type Language, languages, spoken } from '../words/index.ts'
import { type Brand, isOff } from './brand.ts'
import type { Common, Kind, PropsOf } from './props.ts'
import { samples } from './samples.ts'
import { polarToggles } from './toggles.ts'

type Scheme = 'light' | 'dark'

export type Preview = {
  kind: Kind
  variant: string
  language: Language
  scheme: Scheme
  /** Uses the example's brand instead of the merchant's. */
  isExample?: boolean
}

/** A data URL, so that previews work offline. Real emails cannot use one. */
const AVATAR = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="#a63d1d"/><path d="M22 58V22h8v29h19v7z" fill="#fffaf2"/><circle cx="55" cy="30" r="8" fill="#f0a07a"/></svg>',
)}`

const shownExample: Brand = {
  ...exampleBrand,
  logo: exampleBrand.logo && { ...exampleBrand.logo, url: AVATAR },
}

const noteOn = (kind: Kind, brand: Brand): string => {
  const toggle = polarToggles[kind]
  return [
    kind,
    toggle ? `Replaces Polar’s “${toggle}”` : 'Polar sends nothing like it',
    isOff(brand, kind) && 'Switched off: it is not sent',
  ]
    .filter(Boolean)
    .join(' · ')
}

const propsOf = ({ kind, variant, language, scheme, isExample }: Preview): PropsOf[Kind] => {
  const props = (samples[kind] as Record<string, PropsOf[Kind]>)[variant]
  if (props === undefined) throw new Error(`${kind} has no variant ${variant}`)
  const brand = isExample ? shownExample : props.brand
  return {
    ...props,
    brand,
    locale: spoken(language).standard,
    preview: { note: noteOn(kind, brand), scheme },
  }
}

/** The export of a preview's file: the component that the service renders, and its props. */
export const preview = (of: Preview): FC<Common> & { PreviewProps: PropsOf[Kind] } => {
  const Shown = (props: Common) =>
    createElement(templateOf(props.brand, of.kind).Template as FC<Common>, props)
  Shown.PreviewProps = propsOf(of)
  return Shown
}

const SCHEMES: readonly Scheme[] = ['light', 'dark']
const LANGUAGES = Object.keys(languages) as Language[]

const named = (name: string, scheme: Scheme) => `${name}${scheme === 'dark' ? '.dark' : ''}.tsx`

const of = (kind: Kind, scheme: Scheme): (readonly [path: string, preview: Preview])[] => {
  const standard = { kind, variant: 'standard', language: 'en', scheme } as const
  const variants = Object.keys(samples[kind]).filter((variant) => variant !== 'standard')
  return [
    [`${kind}/${named('branded', scheme)}`, { ...standard, isExample: true }],
    ...LANGUAGES.map(
      (language) =>
        [`${kind}/languages/${named(language, scheme)}`, { ...standard, language }] as const,
    ),
    ...variants.map(
      (variant) =>
        [`${kind}/variants/${named(variant, scheme)}`, { ...standard, variant }] as const,
    ),
  ]
}

/** Every preview by the path of its file. */
export const previews = (): Map<string, Preview> =>
  new Map(kinds.flatMap((kind) => SCHEMES.flatMap((scheme) => of(kind, scheme))))
