import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { templates } from '../../emails/index.ts'
import { everyVariant, kinds, variantsOf } from './mail.ts'

const emails = new URL('../../emails/', import.meta.url)

const load = async (path: string) =>
  ((await import(new URL(path, emails).href)) as { default: { PreviewProps: unknown } }).default

describe('the preview server', () => {
  test.each(kinds)('lists every variant of %s, and nothing else', async (kind) => {
    const files = await readdir(new URL(`${kind}/`, emails))
    const names = variantsOf(kind).map(([name]) => (name === 'standard' ? kind : name))
    expect([kind, ...files.map((file) => file.replace('.tsx', ''))].sort()).toEqual(names.sort())
  })

  test.each(everyVariant)(
    'shows $kind, $name with the props that the tests read',
    async (variant) => {
      const { kind, name, props } = variant
      const component = await load(name === 'standard' ? `${kind}.tsx` : `${kind}/${name}.tsx`)
      expect(component.PreviewProps).toBe(props)
      if (name === 'standard') expect(component).toBe(templates[kind].Template)
    },
  )
})
