// The pages keep their promises: links lead somewhere, and the commands, settings, files and log lines that they name exist.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { settingNames } from '../../src/config.ts'
import { FINDINGS } from '../../src/doctor/finding.ts'
import { IGNORED, inWords } from '../../src/operator/words.ts'
import { withSettings } from './settings.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name).replaceAll('\\', '/'))

const docs = filesIn('docs', /\.md$/)
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...docs]
const texts = new Map(pages.map((page) => [page, readFileSync(join(ROOT, page), 'utf8')]))
const textOf = (page: string) => texts.get(page) ?? ''
const everyText = [...texts.values()].join('\n')

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '')

/** The fragment that GitHub gives a heading. */
const slugOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')

const slugsOf = (page: string) =>
  [...withoutCode(textOf(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugOf(heading))

/** Links and pictures to somewhere in the repository: the page, the file and the fragment. */
const links = pages.flatMap((page) =>
  [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)]
    .map(([, link, picture]) => link ?? picture ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', fragment] = target.split('#')
      const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path))
      return { page, target, file: file.replaceAll('\\', '/'), fragment }
    }),
)

describe('a link between pages', () => {
  test.each(links)('in $page leads somewhere: $target', ({ file, fragment }) => {
    expect(existsSync(join(ROOT, file)), file).toBe(true)
    if (fragment !== undefined) expect(slugsOf(file)).toContain(fragment)
  })

  test('leads from the README, or the index of decisions, to every page', () => {
    const reached = links
      .filter(({ page }) => /(^|\/)README\.md$/.test(page))
      .map(({ file }) => file)
    for (const page of docs) expect(reached).toContain(page)
  })
})

describe('the README', () => {
  test('is read in a few minutes', () => {
    expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150)
    expect(textOf('README.md').match(/\S+/g)?.length).toBeLessThanOrEqual(1200)
  })
})

describe('a page', () => {
  test.each(docs.filter((page) => !/decisions\/\d/.test(page)))(
    'begins with the question that it answers: %s',
    (page) => {
      const [heading = '', first = ''] = textOf(page).split('\n\n')
      expect(heading).toMatch(/^# \S/)
      expect(first).toMatch(/^[A-Z][^.]*\?/)
    },
  )

  test.each(docs.filter((page) => /decisions\/\d/.test(page)))(
    'about a decision says when, why, what and what follows: %s',
    (page) => {
      expect(textOf(page)).toMatch(/^# \d+\. .+\n\nDate: \d{4}-\d\d-\d\d\. Status: \w+\.\n/)
      const headings = [...textOf(page).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
      expect(headings).toEqual(expect.arrayContaining(['Context', 'Decision', 'Consequences']))
    },
  )

  test.each(pages.filter((page) => !/CHANGELOG|decisions\/000[12]/.test(page)))(
    'wraps its prose: %s',
    (page) => {
      const long = withoutCode(textOf(page))
        .split('\n')
        .filter((line) => line.length > 120 && !/^\||^ *<img /.test(line))
      expect(long).toEqual([])
    },
  )
})

describe('a command that a page names', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const named = [
    ...everyText.matchAll(/\bnpm (?:run|test|start)\b(?: (?:-s|--silent))?(?: ([a-z][\w:]*))?/g),
  ]
    .map(([command, name]) => (/^npm run/.test(command) ? name : command.split(' ')[1]))
    .filter((name) => name !== undefined)

  test.each([...new Set(named)].toSorted())('is there: %s', (name) => {
    expect(Object.keys(scripts)).toContain(name)
  })

  test.each(Object.keys(scripts))('is every one that there is: %s', (name) => {
    expect(named).toContain(name)
  })
})

describe('a file that a page names', () => {
  const named = [...everyText.matchAll(/(?:^|[\s(`])((?:test|src|emails|build)\/[\w./-]*\w)/g)]
    .map(([, path = '']) => path)
    // The walk adds one, and the merchant's own are theirs.
    .filter((path) => !/order_voided|^emails\/(?:own|previews)/.test(path))

  test.each([...new Set(named)].toSorted())('is there: %s', (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true)
  })
})

/** The cells of each row of the tables of a page below a heading cell that fits. */
const cellsUnder = (page: string, heading: RegExp): string[][] =>
  textOf(page)
    .split(/\n\n+/)
    .filter((block) => heading.test(block.split('\n')[0] ?? ''))
    .flatMap((block) => block.split('\n').slice(2))
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

const spansIn = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span)

describe('the page of settings', () => {
  const rows = cellsUnder('docs/settings.md', /^\| setting /)

  test('has every setting once, in the order of the configuration', () => {
    expect(rows.map(([name]) => spansIn(name)[0])).toEqual(settingNames)
  })

  test.each(rows)(
    '%s has the default that stands there',
    (name = '', _meaning = '', value = '') => {
      const [setting = ''] = spansIn(name)
      const [told] = spansIn(value)
      if (value === 'required') expect(() => withSettings({ [setting]: '' })).toThrow(setting)
      else if (told === undefined)
        expect([value, withSettings()]).toEqual(['–', withSettings({ [setting]: '' })])
      else expect(withSettings({ [setting]: told })).toEqual(withSettings())
    },
  )
})

describe('the pages of operations and security', () => {
  const source = filesIn('src', /\.tsx?$/)
    .concat(filesIn('build', /\.js$/))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n')
    .replace(/\$\{takes\}/g, 'event')

  const quoted = [
    'log line',
    'it says',
    '`cause`',
    '`ignored`',
    '`message not sent`',
    'reason',
    'because',
    '`event`',
    'metric',
  ]
    .flatMap((name) => cellsUnder('docs/operations.md', new RegExp(`^\\| ${name} `)))
    .concat(cellsUnder('docs/security.md', /^\| evidence /))
    .flatMap(([first]) => spansIn(first))

  test.each([...new Set(quoted)])('say what the code says: %s', (span) => {
    expect(source.includes(span)).toBe(true)
  })

  test('explain every line that is logged as an error', () => {
    const page = textOf('docs/operations.md').replaceAll(/\s+/g, ' ')
    const logged = [...source.matchAll(/\b(?:log\.error|complain)\((?:[^;]*? )?'([^']+)',?\s*\)/g)]
    const lines = logged.map(([, line = '']) => line)
    expect(lines.length).toBeGreaterThan(25)
    expect(lines.filter((line) => !page.includes(line))).toEqual([])
  })

  test('quote much of it', () => {
    expect(quoted.length).toBeGreaterThan(80)
  })
})

test('the page of scaling reckons with rows of the benchmarks', () => {
  const measured = new Map(
    cellsUnder('docs/benchmarks.md', /^\| row /).map(([row = '', ...cells]) => [row, cells[0]]),
  )
  const reckoned = cellsUnder('docs/scaling.md', /^\| row of the benchmarks /)
  expect(reckoned.length).toBeGreaterThan(5)
  for (const [row, figure] of reckoned) expect(measured.get(spansIn(row)[0] ?? '')).toBe(figure)
})

test('the page of operations has every finding of the doctor once, in order, and how grave it is', () => {
  const rows = cellsUnder('docs/operations.md', /^\| the doctor finds /)
  expect(rows.map(([name, severity]) => [spansIn(name)[0], severity])).toEqual(
    Object.entries(FINDINGS).map(([name, [, severity]]) => [name, severity]),
  )
})

describe('the architecture', () => {
  const page = textOf('docs/architecture.md')
  const named = [...page.matchAll(/`([a-z][\w/-]*\/[\w-]+\.tsx?)`/g)].map(([, name = '']) => name)

  test.each([...new Set(named)])('names a file that is there: %s', (name) => {
    expect(existsSync(join(ROOT, 'src', name)) || name.includes('<')).toBe(true)
  })

  test('has every folder of src in its map', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    for (const folder of folders) expect(page).toMatch(new RegExp(`\`${folder}/?\``))
  })
})

test('operations names the outcomes of events as the console and the commands do', () => {
  const page = textOf('docs/operations.md').replaceAll('`', '')
  for (const [name, sentence] of Object.entries(IGNORED)) {
    const meaning = sentence.charAt(0).toLowerCase() + sentence.slice(1, -1)
    expect(page).toContain(`\n| ${name} | ${inWords(name)} | ${meaning} |\n`)
  }
})
