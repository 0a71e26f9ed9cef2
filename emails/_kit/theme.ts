// The look of every email: colours, sizes, and the style sheet for what inline styles cannot say (dark, narrow).

import type { Brand } from '../brand.ts'
import { dark } from './palette.ts'

export const font =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Helvetica, Arial, sans-serif"

/** Sixteen pixels for what is read, fourteen for what is looked up. */
export const body = { fontSize: '16px', lineHeight: '25px' }
export const small = { fontSize: '14px', lineHeight: '21px' }

/** A name of any length breaks within itself rather than push the layout out of the window. */
export const unbreakable = { overflowWrap: 'anywhere', wordBreak: 'break-word' } as const

const darkRules = (brand: Brand) => {
  const { fill, text, edge } = brand.accent.dark
  return `
    .page, .page > table > tbody > tr > td { background-color: ${dark.page} !important; }
    .card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
    .ink { color: ${dark.ink} !important; }
    .quiet { color: ${dark.quiet} !important; }
    .line { border-color: ${dark.line} !important; }
    .button { background-color: ${fill} !important; border-color: ${edge} !important; color: ${text} !important; }
    .logo { background-color: #ffffff !important; padding: 8px !important; border-radius: 8px !important; }`
}

/**
 * Classes only repeat what the inline styles say for another scheme or width; a client that drops the sheet loses
 * nothing. A logo gets a white plate in the dark, since nothing is known about its colours.
 */
export const styleSheet = (brand: Brand): string => `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  a[x-apple-data-detectors] { color: inherit !important; text-decoration: none !important; }
  @media (max-width: 599px) {
    .margin { padding: 0 !important; }
    .card { border-width: 0 0 1px !important; border-radius: 0 !important; }
    .inset { padding-left: 20px !important; padding-right: 20px !important; }
    .button { display: block !important; text-align: center !important; }
  }
  @media (prefers-color-scheme: dark) {${darkRules(brand)}
  }
`
