// Formats the outcome of a storm as a table or as one line.

import { SECOND } from '../../src/runtime/clock.ts'
import type { Outcome } from './storm.ts'

const seconds = (ms: number) => `${(ms / SECOND).toFixed(1)} s`

const rows = (outcome: Outcome): readonly (readonly [string, string | number])[] => {
  const { kills, resend, answers } = outcome
  const answered = [...answers].map(([status, count]) => `${count} × ${status || 'none'}`)
  return [
    ['seed', outcome.seed],
    ['facts', outcome.facts],
    ['duplicates', outcome.duplicates],
    ['killed', `web ${kills.web}, worker ${kills.worker}, Redis ${kills.redis}`],
    ['accepted', outcome.accepted],
    ['twice', outcome.twice],
    ['lost', outcome.lost],
    ['duration', `${outcome.seconds.toFixed(0)} s`],
    ['slowest comeback after a worker', seconds(outcome.slowestComeback)],
    ['slowest email after its 202', seconds(outcome.slowestFact)],
    ['requests to Resend', resend.requests],
    ['limited, failed, answer lost', `${resend.limited}, ${resend.failed}, ${resend.dropped}`],
    ['answers of the endpoint', answered.join(', ')],
    ['starts without Redis', outcome.refusedStarts],
  ]
}

export const table = (outcome: Outcome): string => {
  const all = rows(outcome)
  const width = Math.max(...all.map(([name]) => name.length))
  return all.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

export const line = (outcome: Outcome): string =>
  rows(outcome)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ')
