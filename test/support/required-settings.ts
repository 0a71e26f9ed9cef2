// The settings that a start requires, with secrets that open nothing.

import { SECRETS } from '../../src/sandbox/system.ts'

export const requiredSettings = (redisUrl: string) => ({
  PUBLIC_URL: 'https://billing.larkspur.example.com',
  REDIS_URL: redisUrl,
  POLAR_ACCESS_TOKEN: SECRETS.polarToken,
  POLAR_WEBHOOK_SECRET: SECRETS.polarWebhook,
  POLAR_ORGANIZATION_SLUG: 'larkspur',
  RESEND_API_KEY: SECRETS.resendKey,
  EMAIL_FROM: 'Larkspur <billing@larkspur.example.com>',
  LINK_SECRETS: SECRETS.links,
})
