// Pictures of every email, to look at: `npx tsx test/quality/screenshots.ts [folder]`. Each kind in English at two widths and
// in both schemes, and for each kind one sheet of all languages and one of all variants.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../support/browser.ts'
import { emailOf, everyKind, everyLanguage, everyVariant, type Sample } from './emails.ts'

const folder = process.argv[2] ?? 'screenshots'

const PHONE = 375
const DESK = 700
const SCHEMES = ['light', 'dark'] as const
type Scheme = (typeof SCHEMES)[number]

type Shot = { name: string; picture: Buffer }

const shoot = async (
  page: Page,
  sample: Sample,
  width: number,
  scheme: Scheme,
): Promise<Buffer> => {
  await page.setViewportSize({ width, height: 600 })
  await page.emulateMedia({ colorScheme: scheme })
  await page.setContent(emailOf(sample).html)
  return page.screenshot({ fullPage: true })
}

const figure = ({ name, picture }: Shot) =>
  `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${picture.toString('base64')}"></figure>`

/** Side by side on one picture, each under its name. */
const sheetOf = async (page: Page, shots: Shot[]): Promise<Buffer> => {
  const columns = Math.min(4, shots.length)
  await page.setViewportSize({ width: columns * (PHONE + 24), height: 600 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setContent(`<style>
    body { margin: 0; background: #888; font: 16px sans-serif; }
    main { display: grid; grid-template-columns: repeat(${columns}, ${PHONE}px); gap: 24px; padding: 12px; align-items: start; }
    figure { margin: 0 } figcaption { padding: 4px } img { display: block }
  </style><main>${shots.map(figure).join('')}</main>`)
  return page.screenshot({ fullPage: true })
}

const of = (kind: string, samples: Sample[]) => samples.filter((sample) => sample.kind === kind)

const browser = await launchBrowser()
try {
  const page = await browser.newPage()
  const save = (name: string, picture: Buffer) => writeFile(join(folder, `${name}.png`), picture)
  const all = async (samples: Sample[], nameOf: (sample: Sample) => string) => {
    const shots: Shot[] = []
    for (const sample of samples)
      shots.push({ name: nameOf(sample), picture: await shoot(page, sample, PHONE, 'light') })
    return sheetOf(page, shots)
  }

  await mkdir(folder, { recursive: true })
  for (const sample of everyKind) {
    const { kind } = sample
    for (const width of [PHONE, DESK])
      for (const scheme of SCHEMES)
        await save(`${kind}.${width}.${scheme}`, await shoot(page, sample, width, scheme))
    await save(`${kind}.languages`, await all(of(kind, everyLanguage), ({ language }) => language))
    await save(`${kind}.variants`, await all(of(kind, everyVariant), ({ variant }) => variant))
  }
  console.log(`${everyKind.length * 6} pictures in ${folder}/`)
} finally {
  await browser.close()
}
