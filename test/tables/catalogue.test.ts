// The catalogue of products and the organization: cached for a few minutes, longer while Polar is
// down, and limited to public data.

import { describe, expect, test } from 'vitest'
import { type Caller, PolarRefusedError, PolarUnavailableError } from '../../src/polar/call.ts'
import { createCatalogue } from '../../src/polar/catalogue.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { away, stoppedClock } from './decided.ts'

const benefit = (change: object = {}) => ({
  ...{ type: 'custom', description: 'Chat', visibility: 'public', is_deleted: false },
  properties: {},
  ...change,
})

const ORGANIZATION = {
  ...{ slug: 'acme', name: 'Acme', status: 'active', website: 'https://acme.example' },
  avatar_url: 'https://acme.example/a.png',
  subscription_settings: { benefit_revocation_grace_period: 7 },
}

/** A stub of Polar with these benefits and organizations. `break` makes it fail. */
const world = ({ benefits = [benefit()], organizations = [ORGANIZATION] as object[] } = {}) => {
  let calls = 0
  let answer = async <T>(found: T): Promise<T> => found
  const once = <T>(found: T) => {
    calls++
    return answer(found)
  }
  const sdk = {
    products: { get: (id: string) => once({ name: `Product ${id}`, benefits }) },
    organizations: { list: () => once({ items: organizations }) },
  }
  const request: Caller['request'] = (call) => call({ timeout: 1 })
  const clock = stoppedClock()
  // The catalogue uses only these calls.
  const catalogue = createCatalogue({ sdk, request } as unknown as Caller, 'acme', clock)
  return {
    ...catalogue,
    clock,
    calls: () => calls,
    break: (fail: () => Promise<never>) => {
      answer = fail
    },
    mend: () => {
      answer = async (found) => found
    },
  }
}

const refused = async (): Promise<never> => {
  throw new PolarRefusedError(403)
}

describe('a product', () => {
  test('has a name and benefits', async () => {
    const found = await world().product('studio')
    expect(found).toEqual({ name: 'Product studio', benefits: [{ name: 'Chat', note: null }] })
  })

  test.each([
    ['that is private', { visibility: 'private' }],
    ['that is hidden', { visibility: 'hidden' }],
    ['of an unknown visibility', { visibility: undefined }],
    ['that is deleted', { is_deleted: true }],
    ['without a name', { description: '' }],
    ['whose name is none', { description: null }],
  ])('has no benefit %s', async (_, change) => {
    const benefits = [benefit(change), benefit({ description: 'Files' })]
    const found = await world({ benefits }).product('studio')
    expect(found?.benefits).toEqual([{ name: 'Files', note: null }])
  })

  test.each([
    ['the words of the merchant', { note: 'Ask for Mara.' }, 'Ask for Mara.'],
    ['nothing where they are empty', { note: '' }, null],
    ['nothing where they are no text', { note: { en: 'Ask' } }, null],
    ['nothing where there are no properties', null, null],
  ])('has a note with a benefit %s', async (_, properties, note) => {
    const found = await world({ benefits: [benefit({ properties })] }).product('studio')
    expect(found?.benefits).toEqual([{ name: 'Chat', note }])
  })

  test('is loaded once for many callers', async () => {
    const { product, calls } = world()
    await Promise.all([product('studio'), product('studio')])
    await product('studio')
    expect(calls()).toBe(1)
    await product('solo')
    expect(calls()).toBe(2)
  })

  test('is loaded again after five minutes', async () => {
    const { product, calls, clock } = world()
    await product('studio')
    clock.advance(5 * MINUTE + 1)
    await expect.poll(async () => (await product('studio')) && calls()).toBe(2)
  })

  test('keeps its old value while Polar is down, and is loaded once Polar is back', async () => {
    const { product, calls, clock, ...polar } = world()
    const found = await product('studio')
    polar.break(away)
    clock.advance(60 * MINUTE)
    await expect.poll(async () => (await product('studio')) && calls()).toBeGreaterThan(1)
    expect(await product('studio')).toEqual(found)
    polar.mend()
    const failed = calls()
    await expect.poll(async () => (await product('studio')) && calls()).toBeGreaterThan(failed)
  })

  test('is unavailable while Polar is down from the start', async () => {
    const { product, ...polar } = world()
    polar.break(away)
    await expect(product('studio')).rejects.toThrow(PolarUnavailableError)
    polar.mend()
    expect(await product('studio')).not.toBeNull()
  })

  test('is null when Polar refuses, which is cached too', async () => {
    const { product, calls, ...polar } = world()
    polar.break(refused)
    expect(await product('studio')).toBeNull()
    expect(await product('studio')).toBeNull()
    expect(calls()).toBe(1)
  })
})

describe('the organization', () => {
  test('has a name, picture, site and grace days, and is loaded once', async () => {
    const { organization, calls } = world()
    const expected = {
      ...{ name: 'Acme', avatarUrl: 'https://acme.example/a.png', graceDays: 7 },
      ...{ website: 'https://acme.example', isClosing: false, renews: true },
    }
    expect(await organization()).toEqual(expected)
    expect(await organization()).toEqual(expected)
    expect(calls()).toBe(1)
  })

  test.each([
    ['active', false],
    ['under_review', false],
    ['denied', true],
    ['blocked', true],
    ['offboarding', true],
    ['a status of next year', false],
  ])('that is %s is closing: %j', async (status, isClosing) => {
    const { organization } = world({ organizations: [{ ...ORGANIZATION, status }] })
    expect(await organization()).toMatchObject({ isClosing })
  })

  test.each([
    ['unless Polar says that it has suspended that', { subscription_renewals: true }, true],
    ['not while Polar has suspended that', { subscription_renewals: false }, false],
    ['where Polar does not say', undefined, true],
    ['where Polar says nothing of it', {}, true],
  ])('has its subscriptions renewed %s', async (_, capabilities, renews) => {
    const { organization } = world({ organizations: [{ ...ORGANIZATION, capabilities }] })
    expect(await organization()).toMatchObject({ renews })
  })

  test('is the one with our slug among several', async () => {
    const other = { ...ORGANIZATION, slug: 'acme-two', name: 'Other' }
    const { organization } = world({ organizations: [other, ORGANIZATION] })
    expect(await organization()).toMatchObject({ name: 'Acme' })
  })

  test.each([
    ['there is none of our slug', [{ ...ORGANIZATION, slug: 'other' }]],
    ['there is none at all', []],
  ])('is null when %s', async (_, organizations) => {
    expect(await world({ organizations }).organization()).toBeNull()
  })

  test('is null when Polar refuses', async () => {
    const { organization, ...polar } = world()
    polar.break(refused)
    expect(await organization()).toBeNull()
  })
})
