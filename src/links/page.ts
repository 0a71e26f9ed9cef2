// Renders the pages of a link: Continue, its second step, and the short pages of a link that does
// not sign in. They look like the emails, and have no script, no external file and less than five
// kilobytes.

import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { type Brand, type Language, readerOf } from '../../emails/index.ts'
import { styleOf } from './style.ts'
import { pageWords } from './words.ts'

/**
 * The first character of the brand's name, in place of the picture in an email. Empty if it is no
 * letter or digit.
 */
const initialOf = (name: string): string => {
  const [first] = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name.trim())
  return first && /^[\p{L}\p{N}]/u.test(first.segment) ? first.segment.toUpperCase() : ''
}

type PageText = { title: string; text: string }

export const createPages = (brand: Brand) => {
  const { name, colours } = brand
  const style = styleOf(brand)
  const initial = initialOf(name)
  const head = raw(`<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow,noarchive">
<meta name="theme-color" media="(prefers-color-scheme:light)" content="${colours.light.page}">
<meta name="theme-color" media="(prefers-color-scheme:dark)" content="${colours.dark.page}">
<style>${style}</style>`)
  const header = html`<header>${initial && html`<span class="mark" aria-hidden="true">${initial}</span>`}<bdi>${name}</bdi></header>`

  const page = (language: Language, { title, text }: PageText, action: unknown) => {
    const { lang, dir } = readerOf(language, language)
    return html`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
${head}
<title>${title} · ${name}</title>
</head>
<body>
<div class="card">
${header}
<main>
<h1>${title}</h1>
<p>${text}</p>
${action}
</main>
</div>
</body>
</html>`
  }

  const signInPage = (language: Language, which: 'gone' | 'busy', signIn: string) => {
    const words = pageWords[language]
    return page(language, words[which], html`<a class="go" href="${signIn}">${words.signIn}</a>`)
  }

  const formOf = (language: Language, nonce: string, button: string) => {
    const { action, note } = pageWords[language].continue
    return html`<form method="post"><input type="hidden" name="nonce" value="${nonce}"><button class="${button}">${action}</button></form>
<p class="note">${note}</p>`
  }

  return {
    /** The hash of the style sheet, for `style-src` in the pages' Content-Security-Policy. */
    style: `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    /** Asks for one press. `nonce` proves that the form came from this page. */
    continue: (language: Language, nonce: string) =>
      page(language, pageWords[language].continue, formOf(language, nonce, 'go')),
    /**
     * Asks for a second press. The style sheet shows the button after two seconds; without styles
     * it is there at once.
     */
    continueAgain: (language: Language, nonce: string) =>
      page(language, pageWords[language].continueAgain, formOf(language, nonce, 'go later')),
    /** For a revoked or forged link. */
    gone: (language: Language, signIn: string) => signInPage(language, 'gone', signIn),
    /** For a link or an address over its limit. */
    busy: (language: Language, signIn: string) => signInPage(language, 'busy', signIn),
  }
}

export type Pages = ReturnType<typeof createPages>
