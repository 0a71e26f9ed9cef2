// A scrape of the metrics, read as Prometheus reads it.

import { expect } from 'vitest'
import { visit } from '../../src/sandbox/person.ts'

export const METRICS_TOKEN = 'a-token-of-prometheus'

export type Sample = { name: string; labels: Record<string, string>; value: number }

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/

const read = (line: string): Sample[] => {
  const [, name, labels = '', value] = LINE.exec(line) ?? []
  if (!name || line.startsWith('#')) return []
  const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', text = '']) => [
    key,
    text,
  ])
  return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }]
}

/** Reads `/metrics` at `origin`. */
export const scrape = async (origin: string) => {
  const { status, body } = await visit(`${origin}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  })
  expect(status).toBe(200)
  const samples = body.split('\n').flatMap(read)
  return {
    body,
    samples,
    /** The names of the metrics, without the suffixes that a histogram adds. */
    names: [...body.matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name),
    /** The sum of the samples of this name that have all of these labels; `null` where there is none. */
    sum: (name: string, labels: Record<string, string> = {}): number | null => {
      const found = samples.filter(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
      )
      return found.length > 0 ? found.reduce((total, { value }) => total + value, 0) : null
    },
  }
}

export type Scrape = Awaited<ReturnType<typeof scrape>>
