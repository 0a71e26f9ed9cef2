// The look of every email as inline styles: one set for a brand and a direction, made once. Clients know neither `start`
// nor `end`, so left and right are settled here.

import type { CSSProperties } from 'react'
import type { Brand } from './brand.ts'

/** Sixteen pixels for what is read, fourteen for what is looked up. */
const body = { fontSize: '16px', lineHeight: '25px' }
const small = { fontSize: '14px', lineHeight: '21px' }

/** A name of any length breaks within itself rather than push the layout out of the window. */
const breakable = { overflowWrap: 'anywhere', wordBreak: 'break-word' } as const

export type Look = ReturnType<typeof createLook>

const createLook = (brand: Brand, dir: 'ltr' | 'rtl') => {
  const { page, card, ink, quiet, line } = brand.colours.light
  const { fill, text, edge } = brand.accent.light
  const [start, end] = dir === 'rtl' ? (['right', 'left'] as const) : (['left', 'right'] as const)
  const inner = dir === 'rtl' ? 'paddingLeft' : 'paddingRight'
  const outer = dir === 'rtl' ? 'paddingRight' : 'paddingLeft'
  const read = { ...body, ...breakable, color: ink }
  const lookedUp = { ...small, ...breakable, color: quiet }
  return {
    start,
    end,
    page: {
      margin: 0,
      padding: '32px 16px',
      backgroundColor: page,
      fontFamily: brand.font,
    },
    frame: { width: '100%', maxWidth: '576px', textAlign: start },
    card: {
      padding: '36px 40px 20px',
      backgroundColor: card,
      border: `1px solid ${line}`,
      borderRadius: `${brand.radius}px`,
    },
    footer: { padding: '20px 40px' },
    masthead: { margin: '0 0 28px' },
    logo: { display: 'block', maxWidth: '100%', marginBottom: '28px' },
    avatar: { display: 'block', borderRadius: `${Math.min(brand.radius, 10)}px` },
    avatarCell: { [inner]: '12px', verticalAlign: 'middle' },
    nameplate: { ...breakable, color: ink, fontSize: '16px', fontWeight: 600, lineHeight: '24px' },
    title: {
      ...breakable,
      margin: '0 0 20px',
      color: ink,
      fontFamily: brand.titleFont,
      fontSize: '24px',
      fontWeight: 600,
      lineHeight: '31px',
    },
    subtitle: { ...body, margin: '0 0 6px', color: ink, fontWeight: 600 },
    paragraph: { ...read, margin: '0 0 16px' },
    small: { ...lookedUp, margin: '0 0 12px' },
    action: { margin: '24px 0 36px' },
    button: {
      padding: '14px 24px',
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
    listed: { ...read, margin: '0 0 8px' },
    note: lookedUp,
    table: { borderCollapse: 'collapse', margin: '0 0 28px' },
    head: { ...lookedUp, fontWeight: 400, paddingBottom: '8px' },
    label: { [inner]: '16px', textAlign: start, verticalAlign: 'top' },
    value: { textAlign: end, verticalAlign: 'top', fontVariantNumeric: 'tabular-nums' },
    rowInk: { ...body, color: ink, fontWeight: 400 },
    rowQuiet: { ...body, color: quiet, fontWeight: 400 },
    rowNote: { ...small, color: quiet, fontWeight: 400 },
    rowStrong: { ...body, color: ink, fontSize: '18px', fontWeight: 600, whiteSpace: 'nowrap' },
    rule: { paddingTop: '12px', borderTop: `1px solid ${line}` },
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
