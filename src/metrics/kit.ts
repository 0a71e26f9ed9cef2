// The parts of the metrics: one registry of prom-client, counters and histograms that a process adds to, and gauges that
// are read at each scrape.

import { SECOND } from '../runtime/clock.ts'

/** A scrape waits so long for Redis. Its answer then lacks what was not read by that time. */
const PATIENCE = 1.5 * SECOND

/** One line of a metric. */
export type Sample = { labels?: Record<string, string>; value: number }

type Named = { name: string; help: string; labels?: readonly string[] }

/** The result of `work`; `null` where it fails or takes too long. */
const inTime = async <T>(work: () => Promise<T>): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE)
  })
  try {
    return await Promise.race([work().catch(() => null), timeout])
  } finally {
    clearTimeout(timer)
  }
}

export const createKit = async () => {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const options = ({ name, help, labels = [] }: Named) => ({
    ...{ name, help, registers },
    labelNames: [...labels],
  })

  return {
    registry,
    /** Counts what this process does. */
    counter: (named: Named) => new Counter(options(named)),
    /** @param buckets upper bounds, in seconds. */
    histogram: (named: Named & { buckets: readonly number[] }) =>
      new Histogram({ ...options(named), buckets: [...named.buckets] }),
    /**
     * A gauge that is read at each scrape.
     * @param otherwise its samples where the reading fails or takes too long. A gauge without labels is `NaN` then: prom-client
     * would show it as 0.
     */
    gauge: (
      named: Named,
      read: () => Promise<readonly Sample[]>,
      otherwise: readonly Sample[] = named.labels ? [] : [{ value: Number.NaN }],
    ) =>
      new Gauge({
        ...options(named),
        async collect() {
          const samples = (await inTime(read)) ?? otherwise
          this.reset()
          for (const { labels = {}, value } of samples) this.set(labels, value)
        },
      }),
    /** A counter that is kept elsewhere and read at each scrape. Where it cannot be read, it stays as it was, or missing. */
    readCounter: (named: Named, read: () => Promise<readonly Sample[]>) => {
      const counter = new Counter({
        ...options(named),
        async collect() {
          const samples = await inTime(read)
          if (samples === null) return
          this.reset()
          for (const { labels = {}, value } of samples) this.inc(labels, value)
        },
      })
      counter.remove({}) // prom-client begins one without labels at 0, and its first value would seem a rise
    },
  }
}

export type Kit = Awaited<ReturnType<typeof createKit>>
