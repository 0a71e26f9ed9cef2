// Renders one receipt as HTML and text on one core: Postern's beside the same content with Tailwind and a plain-text render. The
// sides take turns in separate processes, so that neither warms up the other.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { PEER, POSTERN_EMAILS } from './compile.ts'
import { formatOf, median, ms, percentile } from './figures.ts'
import type { RenderedOften } from './renderer.ts'
import type { World } from './sides.ts'
import type { Line } from './table.ts'

const RENDERER = fileURLToPath(new URL('renderer.ts', import.meta.url))

const renderOften = (side: 'postern' | 'peer', count: number) =>
  new Promise<RenderedOften>((resolve, reject) => {
    const module = side === 'postern' ? POSTERN_EMAILS.index : PEER.receipt
    const child = fork(RENDERER, [side, module, POSTERN_EMAILS.samples, String(count)], {
      execArgv: ['--import', 'tsx'],
      env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    })
    child.once('message', (result) => resolve(result as RenderedOften))
    child.once('exit', (code) => reject(new Error(`a renderer ended with ${code}`)))
  })

const kilobytes = formatOf('B', (value) => `${(value / 1000).toFixed(1)} kB`)

export const render = async (_world: World, isShort: boolean): Promise<Line[]> => {
  const [rounds, count] = isShort ? [1, 100] : [5, 1000]
  const ours: RenderedOften[] = []
  const theirs: RenderedOften[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await renderOften('postern', count))
    theirs.push(await renderOften('peer', count))
  }
  const each = (of: RenderedOften[], share: number) =>
    of.map(({ times }) => (share === 0.5 ? median(times) : percentile(times, share)))
  return [
    {
      row: 'render: HTML and text of a receipt, p50',
      postern: each(ours, 0.5),
      peer: each(theirs, 0.5),
      format: ms,
      aim: {
        text: '≤ 1.2 ms, ≤ 0.2×',
        isMet: (took, ratio) => took <= 1.2 && ratio <= 0.2,
      },
    },
    {
      row: 'render: the same, p99',
      postern: each(ours, 0.99),
      peer: each(theirs, 0.99),
      format: ms,
    },
    {
      row: 'render: size of its HTML',
      postern: ours.map(({ html }) => html),
      peer: theirs.map(({ html }) => html),
      format: kilobytes,
    },
  ]
}
