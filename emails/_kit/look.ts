// The look of every email as inline styles: one set for a brand and a direction, made once. Clients know neither `start`
// nor `end`, so left and right are settled here.

import type { CSSProperties } from 'react'
import type { Brand } from './brand.ts'

/** Sixteen pixels for what is read, fourteen for what is looked up. */
const body = { fontSize: '16px', lineHeight: '25px' }
const small = { fontSize: '14px', lineHeight: '21px' }

/** A name of any length breaks within itself rather than push the layout out of the window. */
const breakable = { wordBreak: 'break-word' } as const

export type Look = ReturnType<typeof createLook>

const createLook = (brand: Brand, dir: 'ltr' | 'rtl') => {
  const { page, card, ink, quiet, line } = brand.colours.light
  const { fill, text, edge } = brand.accent.light
  const [start, end] = dir === 'rtl' ? (['right', 'left'] as const) : (['left', 'right'] as const)
  const inner = dir === 'rtl' ? 'paddingLeft' : 'paddingRight'
  const outer = dir === 'rtl' ? 'paddingRight' : 'paddingLeft'
  /** Written out, since a component that is given `margin` adds the four sides to it. */
  const below = (marginBottom: string) => ({ marginTop: 0, marginBottom })
  const read = { ...body, ...breakable, color: ink }
  const head = { paddingBottom: '8px', color: quiet, fontWeight: 400 }
  const lookedUp = { ...small, ...breakable, color: quiet }
  return {
    start,
    end,
    page: { margin: 0, padding: 0, backgroundColor: page },
    desk: { padding: '32px 16px', backgroundColor: page, fontFamily: brand.font },
    frame: { width: '100%', maxWidth: '576px', textAlign: start },
    card: {
      padding: '36px 40px 20px',
      backgroundColor: card,
      border: `1px solid ${line}`,
      borderRadius: `${brand.radius}px`,
    },
    footer: { padding: '20px 41px' },
    masthead: { margin: '0 0 28px' },
    logo: { display: 'block', maxWidth: '100%', marginBottom: '28px' },
    avatar: { display: 'block', borderRadius: `${Math.min(brand.radius, 10)}px` },
    avatarCell: { [inner]: '12px', verticalAlign: 'middle' },
    nameplate: { ...breakable, color: ink, fontSize: '16px', fontWeight: 600, lineHeight: '24px' },
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
    paragraph: { ...read, ...below('16px') },
    small: { ...lookedUp, ...below('12px') },
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
    listed: { ...read, marginBottom: '8px' },
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

const looks = { ltr: new WeakMap<Brand, Look>(), rtl: new WeakMap<Brand, Look>() }

export const lookOf = ({ brand, dir }: { brand: Brand; dir: 'ltr' | 'rtl' }): Look => {
  let look = looks[dir].get(brand)
  if (look === undefined) {
    look = createLook(brand, dir)
    looks[dir].set(brand, look)
  }
  return look
}
