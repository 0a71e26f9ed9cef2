import { describe, expect, test } from 'vitest'
import { createSeal } from '../../src/links/seal.ts'
import { HOUR } from '../../src/runtime/clock.ts'

const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const START = Date.parse('2026-11-22T09:00:00Z')

const createStillClock = (time = START) => {
  let now = time
  return {
    now: () => now,
    set: (ms: number) => {
      now = START + ms
    },
  }
}

const make = ({ secrets = [first], purpose = 'continue', clock = createStillClock() } = {}) =>
  createSeal(secrets, purpose, HOUR, clock)

describe('a seal', () => {
  test('is valid for its statement and for no other', () => {
    const seal = make()
    expect(seal.isValid(seal.sign('link-1'), 'link-1')).toBe(true)
    for (const other of ['link-2', 'link-', 'link-11', 'LINK-1', ''])
      expect(seal.isValid(seal.sign('link-1'), other)).toBe(false)
  })

  test('has only characters that a cookie and a form need not escape', () => {
    expect(make().sign('link-1')).toMatch(/^[\w.-]+$/)
  })

  test('shows neither its statement nor its secret', () => {
    expect(make().sign('link-1')).not.toContain('link-1')
  })

  test.each([
    ['at once', 0, true],
    ['to the last millisecond of its life', HOUR, true],
    ['not a millisecond longer', HOUR + 1, false],
    ['not from a time far ahead', -HOUR - 1, false],
  ])('is valid %s', (_, later, expected) => {
    const clock = createStillClock()
    const seal = make({ clock })
    const sealed = seal.sign('link-1')
    clock.set(later)
    expect(seal.isValid(sealed, 'link-1')).toBe(expected)
  })

  test('cannot be made younger', () => {
    const clock = createStillClock()
    const seal = make({ clock })
    const [, mac] = seal.sign('link-1').split('.')
    clock.set(HOUR + 1)
    expect(seal.isValid(`${clock.now().toString(36)}.${mac}`, 'link-1')).toBe(false)
  })

  test('for one purpose is not valid for another', () => {
    const sealed = make({ purpose: 'continue' }).sign('link-1')
    expect(make({ purpose: 'continue' }).isValid(sealed, 'link-1')).toBe(true)
    expect(make({ purpose: 'browser' }).isValid(sealed, 'link-1')).toBe(false)
  })

  test('is made with the first secret and verified with all', () => {
    const old = make({ secrets: [first] }).sign('link-1')
    const rotated = make({ secrets: [second, first] })
    expect(rotated.isValid(old, 'link-1')).toBe(true)
    const fresh = rotated.sign('link-1')
    expect(make({ secrets: [second] }).isValid(fresh, 'link-1')).toBe(true)
    expect(make({ secrets: [first] }).isValid(fresh, 'link-1')).toBe(false)
  })

  test('is not valid with any bit of its signature changed', () => {
    const seal = make()
    const [time, mark = ''] = seal.sign('link-1').split('.')
    const bytes = Buffer.from(mark, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(seal.isValid(`${time}.${changed.toString('base64url')}`, 'link-1')).toBe(false)
    }
  })

  test.each([
    undefined,
    '',
    '.',
    'x',
    'a.b',
    `${'z'.repeat(12)}.${'A'.repeat(43)}`,
    `a.${'A'.repeat(43)}`,
    `a.${'!'.repeat(43)}`,
  ])('is not another string: %s', (text) => {
    expect(make().isValid(text, 'link-1')).toBe(false)
  })

  test('is not valid with anything before or after it', () => {
    const seal = make()
    const sealed = seal.sign('link-1')
    for (const odd of [`${sealed}A`, `${sealed} `, ` ${sealed}`, `0${sealed}`, sealed.slice(0, -1)])
      expect(seal.isValid(odd, 'link-1')).toBe(false)
  })

  test('needs a secret', () => {
    expect(() => make({ secrets: [] }).sign('link-1')).toThrow('no link secret')
  })
})
