// Finds the barriers for a screen reader or a keyboard user, as far as axe can tell.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const playwright = createRequire(import.meta.url).resolve('@axe-core/playwright')
const axe = readFileSync(createRequire(playwright).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Rules that emails do without. An inbox shows an email inside a page that has landmarks. The contrast of every text of every
 * email is measured elsewhere, in less time.
 */
const NOT_OF_EMAILS = ['region', 'landmark-one-main', 'color-contrast']

const resultTypes = ['violations', 'incomplete']

const OPTIONS = {
  email: {
    rules: Object.fromEntries(NOT_OF_EMAILS.map((rule) => [rule, { enabled: false }])),
    resultTypes,
  },
  page: { rules: {}, resultTypes },
  colours: {
    runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
    resultTypes,
  },
}

type Found = { id: string; nodes: { html: string; failureSummary?: string }[] }
type Results = { violations: Found[]; incomplete: Found[] }

/** Loads axe into a window; it outlives the documents that are written into it. */
export const installAxe = (page: Page) => page.evaluate(axe)

/**
 * Loads axe into every document that the window opens from now on, until the result is disposed of. The browser keeps the
 * script, which saves half the processor time of loading it into each document anew.
 */
export const installAxeForAll = (page: Page) => page.addInitScript({ content: axe })

/**
 * The faults of the page as it is shown now, and what axe couldn't decide; none of both is what is wanted.
 * @param what `colours` is for the second colour scheme of what was checked in the first: nothing else differs there.
 */
export const faultsIn = async (
  page: Page,
  what: keyof typeof OPTIONS = 'email',
): Promise<string[]> => {
  const options = JSON.stringify(OPTIONS[what])
  const { violations, incomplete } = await page.evaluate<Results>(`axe.run(${options})`)
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${failureSummary ?? ''} ${html}`),
  )
}
