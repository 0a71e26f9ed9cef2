// The bundle that `npm start` runs, and how the commands are called.

import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { entries, settings } from '../../build/settings.js'
import { commands } from '../../src/cli/commands.ts'

const manifest = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { scripts: Record<string, string> }

const { metafile } = await build({
  ...{ ...settings, entryPoints: entries, outdir: 'unwritten' },
  ...{ write: false, metafile: true, sourcemap: false },
})

test('the bundle carries nothing of the sandbox, of the email components what the emails use, and of Zod one language', () => {
  const carried = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
  )
  expect(carried).toContain('src/run.ts')
  expect(carried.some((path) => path.includes('/@react-email/button/'))).toBe(true)
  const unwanted =
    /^src\/(sandbox|previews)\/|\/(tailwindcss|prismjs|marked)\/|\/@react-email\/(tailwind|markdown)\/|\/zod\/v4\/locales\/(?!en\.)/
  expect(carried.filter((path) => unwanted.test(path))).toEqual([])
})

test('a start loads nothing of the console and of traces', () => {
  const loaded = new Set<string>()
  const load = (output: string) => {
    if (loaded.has(output)) return
    loaded.add(output)
    for (const { path, kind } of metafile.outputs[output]?.imports ?? [])
      if (kind === 'import-statement') load(path)
  }
  load('unwritten/main.js')
  const inputs = [...loaded].flatMap((output) =>
    Object.keys(metafile.outputs[output]?.inputs ?? {}),
  )
  expect(inputs).toContain('src/run.ts')
  expect(inputs.filter((path) => /^src\/(?:console|traces)\/|\/@visx\//.test(path))).toEqual([])
})

test('what the bundle leaves out is installed in production too', () => {
  const lock = JSON.parse(
    readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
  ) as { packages: Record<string, { dev?: boolean }> }
  for (const name of settings.external) {
    const entry = lock.packages[`node_modules/${name}`]
    expect(entry, name).toBeDefined()
    expect(entry?.dev, name).toBeUndefined()
  }
})

test('every operator command is an npm script of the same name, and the other way round', () => {
  const runsCli = Object.entries(manifest.scripts).filter(([, script]) =>
    /run\.js cli /.test(script),
  )
  expect(Object.fromEntries(runsCli)).toEqual(
    Object.fromEntries(
      Object.keys(commands).map((name) => [
        name,
        `node --enable-source-maps build/run.js cli ${name}`,
      ]),
    ),
  )
})
