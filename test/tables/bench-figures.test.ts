// The figures of the benchmarks, as a table and as JSON.

import { expect, test } from 'vitest'
import { ms } from '../bench/figures.ts'
import { figuresOf, type Line, table } from '../bench/table.ts'

const LINE: Line = {
  ...{ row: 'click: p50', postern: [4, 2, 3], peer: [8, 8, 2], format: ms },
  aim: { text: '≤ 0.8', isMet: (_, ratio) => ratio <= 0.8 },
}

test('a figure has its median, its spread, and the ratio of paired rounds', () => {
  expect(figuresOf([LINE])).toEqual([
    {
      ...{ row: 'click: p50', unit: 'ms', ratio: 0.5, aim: '≤ 0.8', isMet: true },
      postern: { median: 3, lowest: 2, highest: 4, rounds: [4, 2, 3] },
      peer: { median: 8, lowest: 2, highest: 8, rounds: [8, 8, 2] },
    },
  ])
})

test('the table has the same', () => {
  expect(table([LINE]).split('\n')[1]?.split(/ {2,}/)).toEqual([
    ...[
      'click: p50',
      '3.00 ms',
      '2.00 ms',
      '4.00 ms',
      '8.00 ms',
      '0.50×',
      '–',
      '–',
      '≤ 0.8',
      'yes',
    ],
  ])
})

test('without a peer there is no ratio', () => {
  const { peer: _, ...alone } = LINE
  expect(figuresOf([{ ...alone, postern: [3] }])[0]).not.toHaveProperty('ratio')
})

test('a limit has its own ratio, which an aim may be about', () => {
  const aim = { text: '≤ 2.5× the limit', isMet: (_: number, __: number, of: number) => of <= 2.5 }
  const line = { ...LINE, limit: [1, 1, 1], aim }
  expect(figuresOf([line])[0]).toMatchObject({ ratio: 0.5, ofLimit: 3, isMet: false })
  expect(table([line])).toMatch(/0\.50× +1\.00 ms +3\.00× +≤ 2\.5× the limit +no$/)
})
