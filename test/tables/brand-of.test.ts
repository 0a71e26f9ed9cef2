// Whose emails they are: what is set outranks what Polar knows, and that outranks what stands in.

import { describe, expect, test } from 'vitest'
import { createBrandOf } from '../../src/messages/brand.ts'
import type { Organization } from '../../src/polar/catalogue.ts'
import { away } from './decided.ts'

const ORGANIZATION: Organization = {
  ...{ name: 'Acme of Polar', website: 'https://acme.example' },
  ...{ avatarUrl: 'https://acme.example/a.png', graceDays: 0, isClosing: false, renews: true },
}
const fallback = { name: 'Acme of the sender', websiteUrl: 'https://fallback.example' }

const world = (answers: (Organization | null | typeof away)[], configured = {}) => {
  let calls = 0
  const organization = async () => {
    const answer = answers[Math.min(calls++, answers.length - 1)] ?? null
    return typeof answer === 'function' ? answer() : answer
  }
  return createBrandOf({ polar: { organization }, fallback, own: {}, configured })
}

describe('a brand', () => {
  test('has the name, the picture and the site that Polar knows', async () => {
    const { brand, organization } = await world([ORGANIZATION])()
    expect(brand).toMatchObject({
      name: 'Acme of Polar',
      websiteUrl: 'https://acme.example',
      logo: { url: 'https://acme.example/a.png', alt: 'Acme of Polar', withName: true },
    })
    expect(organization).toEqual(ORGANIZATION)
  })

  test('is what is set, whatever Polar knows', async () => {
    const logo = { url: 'https://acme.example/logo.png', alt: 'Acme', width: 120, height: 40 }
    const configured = { name: 'Acme as set', websiteUrl: 'https://set.example', logo }
    const { brand } = await world([ORGANIZATION], configured)()
    expect(brand).toMatchObject(configured)
  })

  test('is what stands in, where Polar refuses', async () => {
    const { brand, organization } = await world([null])()
    expect(brand).toMatchObject({ ...fallback, logo: null })
    expect(organization).toBeNull()
  })

  test('keeps what stands in for what Polar does not know', async () => {
    const { brand } = await world([{ ...ORGANIZATION, avatarUrl: null, website: null }])()
    expect(brand).toMatchObject({
      name: 'Acme of Polar',
      websiteUrl: 'https://fallback.example',
      logo: null,
    })
  })

  test('is as it was last, while Polar is away', async () => {
    const brandOf = world([ORGANIZATION, away])
    const before = await brandOf()
    expect(await brandOf()).toEqual(before)
    expect((await brandOf()).organization).toEqual(ORGANIZATION)
  })

  test('is what stands in, while Polar is away from the start', async () => {
    const { brand, organization } = await world([away])()
    expect(brand).toMatchObject(fallback)
    expect(organization).toBeNull()
  })

  test('follows Polar, and is made anew only when something has changed', async () => {
    const brandOf = world([ORGANIZATION, ORGANIZATION, { ...ORGANIZATION, name: 'Acme renamed' }])
    const [first, second, third] = [await brandOf(), await brandOf(), await brandOf()]
    expect(second.brand).toBe(first.brand)
    expect(third.brand.name).toBe('Acme renamed')
  })

  test('hides no mistake of ours', async () => {
    const organization = async () => {
      throw new TypeError('a mistake')
    }
    const brandOf = createBrandOf({ polar: { organization }, fallback, own: {}, configured: {} })
    await expect(brandOf()).rejects.toThrow(TypeError)
  })
})
