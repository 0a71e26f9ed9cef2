// The dictionaries that records are packed with.

import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { payloads1 } from '../../src/records/dictionaries/payloads-1.ts'
import { records1 } from '../../src/records/dictionaries/records-1.ts'
import { payloadPacking } from '../../src/records/packing.ts'

const folder = new URL('../fixtures/', import.meta.url)
const fixtures = readdirSync(folder).map((name) => ({
  name,
  body: JSON.stringify(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
}))

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** The same event of another customer. */
const another = (body: string): string => {
  const ids = new Map<string, string>()
  return body.replace(UUID, (id) => {
    const other = ids.get(id) ?? randomUUID()
    ids.set(id, other)
    return other
  })
}

describe('a dictionary', () => {
  test.each([
    [
      'payloads, version 1',
      payloads1,
      'cac293a68a82b1f175b45d72ad38261a8a47e3c4b43782567ba92d50d0318437',
      16,
    ],
    [
      'records, version 1',
      records1,
      '22279fadacd3d2f003f858c5c75ad4d9d535139651fa2aa4d1ec43c766fa2321',
      8,
    ],
  ])('never changes once records are packed with it: %s', (_, bytes, digest, kibibytes) => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest)
    expect(bytes.length).toBeLessThanOrEqual(kibibytes * 1024)
  })

  test.each([
    ['payloads, version 1', payloads1],
    ['records, version 1', records1],
  ])('has no name, no number and no address of a person: %s', (_, bytes) => {
    // The only amount in it is 1000.
    const text = bytes.toString('latin1').replace(/[A-Za-z]+":|1000/g, '')
    expect(text).not.toMatch(/[A-Z][a-z]|\d{5}/)
    expect(text.replaceAll('@example.com', '')).not.toContain('@')
  })
})

describe('a payload', () => {
  test.each(fixtures)('comes back byte for byte: $name', ({ body }) => {
    const text = Buffer.from(another(body))
    expect(payloadPacking.unpackText(payloadPacking.packText(text)).equals(text)).toBe(true)
  })

  test('takes a sixth of its bytes in the mean, with ids of its own', () => {
    const bodies = fixtures.map(({ body }) => Buffer.from(another(body)))
    const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0)
    const packed = sum(bodies.map((body) => payloadPacking.packText(body).length))
    expect(packed).toBeLessThan(sum(bodies.map(({ length }) => length)) / 6)
  })
})
