// Pictures of the emails. `npm run screenshots -- [folder]` takes every kind in English at two widths and in both schemes, and for
// each kind one sheet of all languages and one of all variants. `npm run screenshots -- --docs` takes the pictures of the README.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { exampleBrand } from '../../emails/brand.example.ts'
import { type Kind, kinds } from '../../emails/index.ts'
import { createPages } from '../../src/links/page.ts'
import { launchShell } from '../support/browser.ts'
import {
  emailOf,
  everyBranded,
  everyKind,
  everyLanguage,
  everyVariant,
  type Sample,
} from './emails.ts'

const isForDocs = process.argv[2] === '--docs'
const folder = isForDocs ? 'docs/images' : (process.argv[2] ?? 'screenshots')

const PHONE = 375
const DESK = 700
const COLUMNS = 4
const DOCS_WIDTH = 560

type Scheme = 'light' | 'dark'
type Shot = { name: string; picture: Buffer }

/** Stands for every picture that an email shows: logos are not ours to fetch. */
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4" fill="#7b8794"/><circle cx="2" cy="2" r="1" fill="#fff"/></svg>'

/** The same for the README: the example brand's initial, as its pages show it. */
const INITIAL =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="#a63d1d"/><text x="20" y="27" text-anchor="middle" font-family="serif" font-weight="bold" font-size="20" fill="#fff">L</text></svg>'

const shoot = async (page: Page, sample: Sample, width: number, scheme: Scheme) => {
  await page.setViewportSize({ width, height: 400 })
  await page.emulateMedia({ colorScheme: scheme })
  await page.setContent(emailOf(sample).html)
  return page.screenshot({ fullPage: true })
}

const figure = ({ name, picture }: Shot) =>
  `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${picture.toString('base64')}"></figure>`

/** Side by side on one picture, each under its name. */
const sheetOf = async (page: Page, shots: Shot[]): Promise<Buffer> => {
  await page.setViewportSize({ width: COLUMNS * (PHONE + 24), height: 400 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setContent(`<style>
    body { margin: 0; background: #888; font: 16px sans-serif; }
    main { display: grid; grid-template-columns: repeat(${COLUMNS}, ${PHONE}px); gap: 24px; padding: 12px; align-items: start; }
    figure { margin: 0 } figcaption { padding: 4px } img { display: block }
  </style><main>${shots.map(figure).join('')}</main>`)
  return page.screenshot({ fullPage: true })
}

const of = (kind: Kind, samples: Sample[]) => samples.filter((sample) => sample.kind === kind)

const save = (name: string, picture: Buffer) => writeFile(join(folder, `${name}.png`), picture)

const large = async (page: Page, kind: Kind) => {
  for (const sample of of(kind, everyKind))
    for (const width of [PHONE, DESK])
      for (const scheme of ['light', 'dark'] as const)
        await save(`${kind}.${width}.${scheme}`, await shoot(page, sample, width, scheme))
}

const languageSheet = async (page: Page, kind: Kind) => {
  const shots: Shot[] = []
  for (const sample of of(kind, everyLanguage))
    shots.push({ name: sample.language, picture: await shoot(page, sample, PHONE, 'light') })
  await save(`${kind}.languages`, await sheetOf(page, shots))
}

const variantSheet = async (page: Page, kind: Kind) => {
  const shots: Shot[] = []
  for (const sample of of(kind, [...everyVariant, ...everyBranded]))
    shots.push({ name: sample.variant, picture: await shoot(page, sample, PHONE, 'light') })
  for (const sample of of(kind, everyBranded))
    shots.push({
      name: `${sample.variant}, dark`,
      picture: await shoot(page, sample, PHONE, 'dark'),
    })
  await save(`${kind}.variants`, await sheetOf(page, shots))
}

const all = async (page: Page) => {
  for (const kind of kinds) {
    await large(page, kind)
    await languageSheet(page, kind)
    await variantSheet(page, kind)
  }
  return kinds.length * 6
}

/** The README's pictures: an email in the example brand, and the page that a link shows to what may be a machine. */
const docs = async (page: Page) => {
  const [receipt] = of('subscription_cycled', everyBranded)
  if (!receipt) throw new Error('there is no example of a receipt')
  await save('email', await shoot(page, receipt, DOCS_WIDTH, 'light'))
  await page.setViewportSize({ width: DOCS_WIDTH, height: 450 })
  await page.setContent(`${createPages(exampleBrand).continue('en', 'a-nonce')}`)
  await save('continue', await page.screenshot())
  return 2
}

const browser = await launchShell()
try {
  const page = await browser.newPage()
  await page.route(/^https?:/, (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: isForDocs ? INITIAL : LOGO }),
  )
  await mkdir(folder, { recursive: true })
  const pictures = await (isForDocs ? docs(page) : all(page))
  console.log(`${pictures} pictures in ${folder}/`)
} finally {
  await browser.close()
}
