// The pages that a link may show: Continue, and the short page of a link that no longer signs in. No script, nothing from
// elsewhere, under five kilobytes.

import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'

const STYLE = `
:root{color-scheme:light dark;--ink:#16181d;--soft:#5b616e;--paper:#fff;--ground:#f4f5f7;--line:#e3e5ea;--accent:#16181d;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#f1f2f4;--soft:#a3a9b5;--paper:#1b1d22;--ground:#111216;--line:#2c2f36;--accent:#f1f2f4;--on:#16181d}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:24px;background:var(--ground);color:var(--ink);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:400px;padding:36px 32px;background:var(--paper);border:1px solid var(--line);border-radius:14px;text-align:center}
p{margin:0;color:var(--soft)}
.brand{font-weight:600;color:var(--ink);overflow-wrap:anywhere}
h1{margin:18px 0 8px;font-size:22px;line-height:1.3;letter-spacing:-.01em;text-wrap:balance}
.go{display:block;width:100%;margin:26px 0 0;padding:14px 20px;border:0;border-radius:9px;background:var(--accent);color:var(--on);
font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.go:focus-visible{outline:3px solid #5b8def;outline-offset:3px}
.small{margin-top:18px;font-size:14px}
`

/** For the page's `Content-Security-Policy`: the one style there is. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

const page = (brand: string, title: string, content: unknown) => html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow,noarchive">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<p class="brand">${brand}</p>
${content}
</main>
</body>
</html>`

/** The Continue button; `nonce` shows that the form came from this page. */
export const continuePage = (brand: string, nonce: string) =>
  page(
    brand,
    `Continue to ${brand}`,
    html`<h1>Continue to your billing page</h1>
<p>One press, so that we know a person opened this link.</p>
<form method="post"><input type="hidden" name="nonce" value="${nonce}"><button class="go">Continue</button></form>
<p class="small">This browser is remembered: your next link opens at once.</p>`,
  )

/** For a link that is revoked, or was never ours. */
export const gonePage = (brand: string, signIn: string) =>
  page(
    brand,
    'This link no longer works',
    html`<h1>This link no longer works</h1>
<p>You can still reach your orders, invoices and subscriptions: sign in with your email address.</p>
<a class="go" href="${signIn}">Go to the sign-in page</a>`,
  )
