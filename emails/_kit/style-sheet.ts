// The style sheet, for rules that inline styles cannot express: the dark scheme, narrow windows, and the font of cells in
// clients that inherit none.

import type { Brand } from './brand.ts'

const darkRules = ({ accent, colours }: Brand) => {
  const { fill, text, edge } = accent.dark
  const { page, card, ink, quiet, line } = colours.dark
  return `
    .page, .backdrop { background-color: ${page} !important; }
    .card { background-color: ${card} !important; border-color: ${line} !important; }
    .ink { color: ${ink} !important; }
    .quiet { color: ${quiet} !important; }
    .line { border-color: ${line} !important; }
    .button { background-color: ${fill} !important; border-color: ${edge} !important; color: ${text} !important; }
    .logo { background-color: #ffffff !important; padding: 8px !important; border-radius: 8px !important; }`
}

const darkFor = (brand: Brand, scheme: 'light' | 'dark' | undefined) => {
  if (scheme === 'light') return ''
  if (scheme === 'dark') return darkRules(brand)
  return `@media (prefers-color-scheme: dark) {${darkRules(brand)}
  }`
}

const createSheet = (brand: Brand, scheme?: 'light' | 'dark'): string => `
  :root { color-scheme: ${scheme ?? 'light dark'}; supported-color-schemes: ${scheme ?? 'light dark'}; }
  td, th, p, a, li, h2 { font-family: ${brand.font}; }
  a[x-apple-data-detectors] { color: inherit !important; text-decoration: none !important; }
  @media (max-width: 599px) {
    .backdrop { padding: 0 !important; }
    .card { border-width: 0 0 1px !important; border-radius: 0 !important; }
    .inset { padding-left: 20px !important; padding-right: 20px !important; }
    .button { display: block !important; text-align: center !important; }
  }
  @media (max-width: 359px) {
    .inset { padding-left: 16px !important; padding-right: 16px !important; }
    .fact { font-size: 14px !important; line-height: 21px !important; }
  }
  ${darkFor(brand, scheme)}
`

const sheets = new WeakMap<Brand, string>()

/**
 * Classes only adapt the inline styles to another scheme or width, so a client that drops the sheet loses nothing. A logo gets
 * a white background in the dark scheme, because its colours are unknown.
 */
export const styleSheet = (brand: Brand, scheme?: 'light' | 'dark'): string => {
  if (scheme) return createSheet(brand, scheme)
  let sheet = sheets.get(brand)
  if (sheet === undefined) {
    sheet = createSheet(brand)
    sheets.set(brand, sheet)
  }
  return sheet
}
