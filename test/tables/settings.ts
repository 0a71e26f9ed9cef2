// Settings for the tables: the least that a start needs, and what is wrong with others.

import { ConfigError, readConfig } from '../../src/config.ts'

export const SECRET = Buffer.alloc(32, 7)

export type Settings = Record<string, string>

/** The least that a start needs. */
export const least = {
  PUBLIC_URL: 'https://billing.example.com',
  REDIS_URL: 'redis://localhost:6379',
  POLAR_ACCESS_TOKEN: 'polar_oat_secret',
  POLAR_WEBHOOK_SECRET: 'whsec_c2VjcmV0',
  POLAR_ORGANIZATION_SLUG: 'acme',
  RESEND_API_KEY: 're_secret',
  EMAIL_FROM: 'Acme <billing@example.com>',
  LINK_SECRETS: SECRET.toString('base64'),
}

export const withSettings = (settings: Settings = {}) => readConfig({ ...least, ...settings })

export const problemsOf = (environment: Settings): readonly string[] => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

export const problemsWith = (settings: Settings) => problemsOf({ ...least, ...settings })
