// The style sheet of the pages, with the emails' colours, corners and sizes
// (`emails/_kit/theme.ts`). Text sizes are in rem, so they follow the browser's text size.

import type { Brand } from '../../emails/index.ts'

type Scheme = 'light' | 'dark'

const variables = ({ colours, accent }: Brand, scheme: Scheme): string => {
  const { page, card, ink, quiet, line } = colours[scheme]
  const { fill, text, edge } = accent[scheme]
  const all = { page, card, ink, quiet, line, fill, on: text, edge }
  return Object.entries(all)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}

/**
 * The brand's values are validated in createBrand, so none of them can break out of the style
 * sheet.
 */
export const styleOf = (brand: Brand): string => {
  const { font, titleFont, radius } = brand
  return `
:root{color-scheme:light dark;${variables(brand, 'light')}}
@media(prefers-color-scheme:dark){:root{${variables(brand, 'dark')}}}
*{box-sizing:border-box;margin:0}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{display:grid;place-items:center;min-height:100vh;min-height:100svh;padding:24px 16px max(24px,9vh);background:var(--page);color:var(--ink);
font:1rem/1.5625 ${font};overflow-wrap:anywhere}
.card{width:100%;max-width:448px;padding:36px 40px;background:var(--card);border:1px solid var(--line);border-radius:${radius}px}
header{display:flex;align-items:center;gap:12px;margin-bottom:28px;font-weight:600;line-height:1.5}
.mark{flex:none;display:grid;place-items:center;width:40px;height:40px;border:1px solid var(--edge);border-radius:${Math.min(radius, 10)}px;
background:var(--fill);color:var(--on);font-size:20px;line-height:1}
h1{margin-bottom:12px;font:600 1.5rem/1.3 ${titleFont};text-wrap:balance}
.go{display:block;width:100%;min-height:48px;margin-top:28px;padding:11px 24px;border:1px solid var(--edge);border-radius:${Math.round(radius * 0.66)}px;
background:var(--fill);color:var(--on);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer;touch-action:manipulation}
.go:hover{box-shadow:0 0 0 4px color-mix(in srgb,var(--fill) 22%,transparent)}
.go:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
.later{animation:later 2s}
@keyframes later{from,to{visibility:hidden}}
.note{margin-top:16px;color:var(--quiet);font-size:.875rem;line-height:1.5}
p{text-wrap:pretty}
:lang(ja){word-break:auto-phrase}
@media(max-width:480px){.card{padding:28px 24px}}
`
}
