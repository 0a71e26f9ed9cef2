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
    ...['click: p50', '3.00 ms', '2.00 ms', '4.00 ms', '8.00 ms', '0.50×', '≤ 0.8', 'yes'],
  ])
})

test('without a peer there is no ratio', () => {
  const { peer: _, ...alone } = LINE
  expect(figuresOf([{ ...alone, postern: [3] }])[0]).not.toHaveProperty('ratio')
})
