// The inline styles of every email, created once for a brand and a text direction. Mail clients do not know `start` and
// `end`, so this file resolves them to left and right.

import type { CSSProperties } from 'react'
import type { Brand } from './brand.ts'

/** Running text has 16 pixels, reference text 14. */
const body = { fontSize: '16px', lineHeight: '25px' }
const small = { fontSize: '14px', lineHeight: '21px' }

/** A long name breaks inside a word, so that it does not make the layout wider than the window. */
const breakable = { wordBreak: 'break-word' } as const

export type Theme = ReturnType<typeof createTheme>

const createTheme = (brand: Brand, dir: 'ltr' | 'rtl') => {
  const { page, card, ink, quiet, line } = brand.colours.light
  const { fill, text, edge } = brand.accent.light
  const [start, end] = dir === 'rtl' ? (['right', 'left'] as const) : (['left', 'right'] as const)
  const inner = dir === 'rtl' ? 'paddingLeft' : 'paddingRight'
  const outer = dir === 'rtl' ? 'paddingRight' : 'paddingLeft'
  /** Both sides are written out, because react-email adds four sides to a `margin`. */
  const below = (marginBottom: string) => ({ marginTop: 0, marginBottom })
  const reading = { ...body, ...breakable, color: ink }
  const head = { paddingBottom: '8px', color: quiet, fontWeight: 400 }
  const reference = { ...small, ...breakable, color: quiet }
  return {
    start,
    end,
    page: { margin: 0, padding: 0, backgroundColor: page },
    backdrop: { padding: '32px 16px', backgroundColor: page, fontFamily: brand.font },
    container: { width: '100%', maxWidth: '576px', textAlign: start },
    card: {
      padding: '36px 40px 20px',
      backgroundColor: card,
      border: `1px solid ${line}`,
      borderRadius: `${brand.radius}px`,
    },
    footer: { padding: '20px 41px' },
    header: { margin: '0 0 28px' },
    logo: { display: 'block', maxWidth: '100%', marginBottom: '28px' },
    avatar: { display: 'block', borderRadius: `${Math.min(brand.radius, 10)}px` },
    avatarCell: { [inner]: '12px', verticalAlign: 'middle' },
    brandNameText: {
      ...breakable,
      color: ink,
      fontSize: '16px',
      fontWeight: 600,
      lineHeight: '24px',
    },
    title: {
      ...breakable,
      ...below('20px'),
      color: ink,
      fontFamily: brand.titleFont,
      fontSize: '24px',
      fontWeight: 600,
      lineHeight: '31px',
    },
    subtitle: { ...body, marginTop: '20px', marginBottom: '6px', color: ink, fontWeight: 600 },
    paragraph: { ...reading, ...below('16px') },
    small: { ...reference, ...below('12px') },
    action: { margin: '24px 0 36px' },
    button: {
      paddingTop: '14px',
      paddingRight: '24px',
      paddingBottom: '14px',
      paddingLeft: '24px',
      border: `1px solid ${edge}`,
      borderRadius: `${Math.round(brand.radius * 0.66)}px`,
      backgroundColor: fill,
      color: text,
      fontSize: '16px',
      fontWeight: 600,
    },
    quietLink: { color: quiet, textDecoration: 'underline' },
    loneLink: {
      display: 'inline-block',
      padding: '12px 0',
      color: quiet,
      textDecoration: 'underline',
    },
    list: { margin: '0 0 28px', padding: 0, [outer]: '20px' },
    listItem: { ...reading, marginBottom: '8px' },
    note: { ...small, color: quiet },
    table: {
      borderCollapse: 'collapse',
      marginBottom: '16px',
      fontVariantNumeric: 'tabular-nums',
    },
    line,
    label: { textAlign: start, fontWeight: 400, verticalAlign: 'top' },
    value: { textAlign: end, verticalAlign: 'top' },
    labelHead: { ...small, ...head, textAlign: start },
    valueHead: { ...small, ...head, textAlign: end },
    ink: { ...body, color: ink },
    quiet: { ...body, color: quiet },
    quietSmall: { ...small, color: quiet },
    strong: { ...body, color: ink, fontWeight: 600 },
    breakable,
  } satisfies Record<string, CSSProperties | string>
}

const themes = { ltr: new WeakMap<Brand, Theme>(), rtl: new WeakMap<Brand, Theme>() }

export const themeOf = ({ brand, dir }: { brand: Brand; dir: 'ltr' | 'rtl' }): Theme => {
  let theme = themes[dir].get(brand)
  if (theme === undefined) {
    theme = createTheme(brand, dir)
    themes[dir].set(brand, theme)
  }
  return theme
}
