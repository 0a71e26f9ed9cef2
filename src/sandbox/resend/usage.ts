// How much of its quotas the simulated account has used: nothing, unless a test says otherwise.

import { Hono } from 'hono'

export type Used = { daily: number; monthly: number }

const LIMITS = { daily: 1_000, monthly: 50_000 }

export const createUsage = () => {
  let used: Used = { daily: 0, monthly: 0 }
  const quota = (period: keyof Used) => ({
    ...{ used: used[period], limit: LIMITS[period], sent: used[period], received: 0 },
    resets_at: '2026-12-01T00:00:00.000Z',
  })
  return {
    routes: new Hono().get('/usage', (c) =>
      c.json({
        object: 'usage',
        emails: { daily: quota('daily'), monthly: quota('monthly') },
        rate_limit: { limit: 5, duration: 1_000 },
      }),
    ),
    use: (change: Partial<Used>) => {
      used = { ...used, ...change }
    },
  }
}

export type UsageOfAccount = ReturnType<typeof createUsage>
