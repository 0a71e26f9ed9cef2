// Settings for the tables: the least that a start needs, and what is wrong with others.

import { ConfigError, readConfig } from '../../src/config.ts'
import { stoppedClock } from './decided.ts'

/** Bytes that look random, the same each time. */
export const varied = (length: number, step: number) =>
  Buffer.from(Array.from({ length }, (_, at) => (at * step + 11) % 256))

export const SECRET = varied(32, 37)

const clock = stoppedClock(Date.parse('2026-12-01T00:00:00Z'))

export type Settings = Record<string, string>

/** The least that a start needs. */
export const least = {
  PUBLIC_URL: 'https://billing.example.com',
  REDIS_URL: 'redis://localhost:6379',
  POLAR_ACCESS_TOKEN: 'polar_oat_secret',
  POLAR_WEBHOOK_SECRET: `whsec_${varied(24, 41).toString('base64')}`,
  POLAR_ORGANIZATION_SLUG: 'larkspur',
  RESEND_API_KEY: 're_secret',
  EMAIL_FROM: 'Acme <billing@example.com>',
  LINK_SECRETS: SECRET.toString('base64'),
}

export const withSettings = (settings: Settings = {}) =>
  readConfig({ ...least, ...settings }, clock)

export const problemsOf = (environment: Settings): readonly string[] => {
  try {
    readConfig(environment, clock)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

export const problemsWith = (settings: Settings) => problemsOf({ ...least, ...settings })
