// The pages that a link may show, as of one family with the emails: Continue, its second step, and the short pages of a link that doesn't
// sign in, or not now. No script, nothing from elsewhere, under five kilobytes.

import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { type Brand, type Language, readerOf } from '../../emails/index.ts'
import { styleOf } from './style.ts'
import { pageWords } from './words.ts'

/** Stands where an email has the brand's picture: the first character of its name. Nothing for a name without letters. */
const markOf = (name: string): string => {
  const [first] = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name.trim())
  return first && /^[\p{L}\p{N}]/u.test(first.segment) ? first.segment.toUpperCase() : ''
}

type Said = { title: string; text: string }

export const createPages = (brand: Brand) => {
  const { name, colours } = brand
  const style = styleOf(brand)
  const mark = markOf(name)
  const head = raw(`<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow,noarchive">
<meta name="theme-color" media="(prefers-color-scheme:light)" content="${colours.light.page}">
<meta name="theme-color" media="(prefers-color-scheme:dark)" content="${colours.dark.page}">
<style>${style}</style>`)
  const header = html`<header>${mark && html`<span class="mark" aria-hidden="true">${mark}</span>`}<bdi>${name}</bdi></header>`

  const page = (language: Language, { title, text }: Said, way: unknown) => {
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
${way}
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
    /** For the pages' `Content-Security-Policy`: the one style there is. */
    style: `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    /** Asks for one press; `nonce` shows that the form came from this page. */
    continue: (language: Language, nonce: string) =>
      page(language, pageWords[language].continue, formOf(language, nonce, 'go')),
    /** Asks for a second press. Its button is there after two seconds, by the style alone, and without styles at once. */
    continueAgain: (language: Language, nonce: string) =>
      page(language, pageWords[language].continueAgain, formOf(language, nonce, 'go later')),
    /** For a link that is revoked, or was never ours. */
    gone: (language: Language, signIn: string) => signInPage(language, 'gone', signIn),
    /** For a link, or an address, that comes too often. */
    busy: (language: Language, signIn: string) => signInPage(language, 'busy', signIn),
  }
}

export type Pages = ReturnType<typeof createPages>
