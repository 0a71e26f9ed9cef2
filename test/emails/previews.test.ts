import { isValidElement } from 'react'
import { describe, expect, test } from 'vitest'
import { type Preview, preview, previews } from '../../emails/_kit/preview.ts'
import { samples } from '../../emails/_kit/samples.ts'
import { exampleBrand } from '../../emails/brand.example.ts'
import { defaultBrand, kinds } from '../../emails/index.ts'
import { languages } from '../../emails/words/index.ts'

const all = previews()
const pathsOf = (folder: string) => [...all.keys()].filter((path) => path.startsWith(folder))

const standard: Preview = {
  kind: 'order_confirmation',
  variant: 'standard',
  language: 'en',
  scheme: 'light',
}

const noteOf = (different: Partial<Preview>) =>
  preview({ ...standard, ...different }).PreviewProps.preview?.note

describe('the previews', () => {
  test.each(kinds)('show %s in every language and variant, in both schemes', (kind) => {
    expect(pathsOf(`${kind}/languages/`)).toHaveLength(Object.keys(languages).length * 2)
    expect(pathsOf(`${kind}/variants/`)).toHaveLength((Object.keys(samples[kind]).length - 1) * 2)
    expect(pathsOf(`${kind}/branded`)).toHaveLength(2)
  })

  test('can each be drawn', () => {
    for (const of of all.values()) {
      const Snapshot = preview(of)
      expect(isValidElement(Snapshot(Snapshot.PreviewProps))).toBe(true)
      expect(Snapshot.PreviewProps.preview?.scheme).toBe(of.scheme)
    }
  })

  test('say which of Polar’s emails is replaced, and what is switched off', () => {
    expect(noteOf({ kind: 'subscription_usage_invoice' })).toBe(
      'subscription_usage_invoice · Replaces Polar’s “subscription_cycled”',
    )
    expect(noteOf({ kind: 'order_refunded' })).toBe('order_refunded · Polar sends nothing like it')
    expect(noteOf({ kind: 'subscription_resumed', isExample: true })).toMatch(/Switched off/)
  })

  test('are of the very brand that the service sends with, and some of the example', () => {
    for (const of of all.values()) {
      const { brand } = preview(of).PreviewProps
      if (of.isExample) expect(brand.name).toBe(exampleBrand.name)
      else expect(brand).toBe(defaultBrand)
    }
  })
})
