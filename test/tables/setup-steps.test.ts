// After a setup, the operator reads what is next: for a first run, and for one on a Postern that has been started.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { nextSteps } from '../../src/setup/next-steps.ts'

const PAGE = readFileSync(new URL('../../docs/setup.md', import.meta.url), 'utf8')

const FIRST = { mode: 'shadow', env: '.env', isFirst: true, isChanged: true, isOff: false }
const AGAIN = { ...FIRST, isFirst: false }

test.each([
  ['a first run', FIRST, ['2', '3', '4', '5']],
  ['a first run in hold', { ...FIRST, mode: 'hold' }, ['2', '4', '5']],
  ['a run that changes the .env of a rehearsal', AGAIN, ['Restart', '3', '4', '5']],
  ['a run that changes nothing', { ...AGAIN, isChanged: false }, ['3', '4', '5']],
  ['a run in hold', { ...AGAIN, isChanged: false, mode: 'hold' }, ['4', '5']],
  [
    "a run in hold, with Polar's emails switched off",
    { ...AGAIN, isChanged: false, mode: 'hold', isOff: true },
    ['5'],
  ],
  ['a run in live', { ...AGAIN, mode: 'live' }, ['Restart', 'SEND_MODE is live']],
])('%s', (_, situation, begins) => {
  const lines = nextSteps(situation).filter((line) => !line.startsWith('What is next'))
  expect(lines.map((line) => begins.find((begin) => line.trim().startsWith(begin)))).toEqual(begins)
})

test('a step has the number and the word that it has on the page', () => {
  const headings = [...PAGE.matchAll(/^## (\d)\. (\w+)/gm)].map(
    ([, number, word]) => `${number}. ${word}`,
  )
  const steps = nextSteps(FIRST).flatMap((line) => /^ {2}(\d\. \w+)/.exec(line)?.[1] ?? [])
  expect(steps.slice(1)).toEqual(headings.slice(2))
})
