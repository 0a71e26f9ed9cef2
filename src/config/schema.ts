// The schema of all settings, in the order of `.env.example`.

import * as z from 'zod'
import { kinds } from '../../emails/index.ts'
import {
  bearerToken,
  linkSecrets,
  password,
  polarWebhookSecrets,
  providerKey,
  resendWebhookSecrets,
} from './secrets.ts'
import {
  alertUrl,
  allowlist,
  caFile,
  cidrs,
  days,
  headers,
  httpUrl,
  instant,
  list,
  mailbox,
  oneOf,
  origin,
  quietHours,
  redisUrls,
  wholeNumber,
} from './values.ts'

export const schema = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  ROLE: oneOf(['all', 'web', 'worker']).default('all'),
  WORKER_PORT: wholeNumber(0, 65_535).optional(),
  DRAIN_SECONDS: wholeNumber(0, 300).default(0),
  PUBLIC_URL: origin,
  REDIS_URL: redisUrls,
  POLAR_ACCESS_TOKEN: providerKey,
  POLAR_WEBHOOK_SECRET: polarWebhookSecrets,
  POLAR_ORGANIZATION_SLUG: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/i, 'must be the slug in https://polar.sh/<slug>'),
  POLAR_ENVIRONMENT: oneOf(['production', 'sandbox']).default('production'),
  POLAR_BASE_URL: origin.optional(),
  POLAR_PORTAL_ORIGIN: origin.optional(),
  POLAR_RATE_LIMIT: wholeNumber(1, 1_000_000).optional(),
  RESEND_API_KEY: providerKey,
  RESEND_WEBHOOK_SECRET: resendWebhookSecrets.optional(),
  RESEND_BASE_URL: origin.optional(),
  RESEND_RATE_LIMIT: wholeNumber(1, 10_000).default(5),
  SEND_MODE: oneOf(['live', 'shadow', 'hold']).default('live'),
  LIVE_SINCE: instant.optional(),
  EMAIL_FROM: mailbox,
  EMAIL_REPLY_TO: mailbox.optional(),
  EMAIL_ALLOWLIST: allowlist.optional(),
  EMAIL_KINDS_OFF: list
    .pipe(z.array(z.enum(kinds, `must be kinds of email, of these: ${kinds.join(', ')}`)))
    .default([]),
  LINK_SECRETS: linkSecrets,
  LINK_TTL_DAYS: wholeNumber(1, 3650).default(90),
  LINK_CONFIRM: oneOf(['auto', 'strict']).default('auto'),
  LINK_SETTLE_SECONDS: wholeNumber(0, 86_400).default(60),
  API_TOKEN: bearerToken.optional(),
  CONSOLE_PASSWORD: password.optional(),
  METRICS_TOKEN: bearerToken.optional(),
  RETURN_URL_ORIGINS: list.pipe(z.array(origin)).default([]),
  TRUSTED_PROXIES: cidrs.optional(),
  REDIS_DURABILITY: oneOf(['checked', 'assumed']).default('checked'),
  REDIS_CA_FILE: caFile.optional(),
  REDIS_REPLICAS: wholeNumber(0, 9).default(0),
  RETAIN_PAYLOADS_DAYS: wholeNumber(1, 3650).default(30),
  RETAIN_BODIES_DAYS: wholeNumber(1, 3650).default(30),
  RETAIN_RECORDS_DAYS: wholeNumber(1, 3650).default(400),
  DUNNING_REMINDER_DAYS: days(1, 20).prefault('3,6,13'),
  DUNNING_FINAL_NOTICE_DAYS: wholeNumber(1, 20).default(2),
  RENEWAL_REMINDER_DAYS: wholeNumber(1, 60).default(7),
  TRIAL_REMINDER_DAYS: wholeNumber(1, 60).default(3),
  CARD_REMINDER_DAYS: wholeNumber(1, 28).default(20),
  QUIET_HOURS: quietHours.prefault('20-8'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ALERT_WEBHOOK_URL: alertUrl.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: alertUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: headers.optional(),
  BRAND_NAME: z.string().optional(),
  BRAND_LOGO_URL: httpUrl.optional(),
  BRAND_LOGO_SIZE: z
    .string()
    .regex(/^[1-9]\d{0,2}x[1-9]\d{0,2}$/, 'must be width and height in pixels, such as 120x32')
    .default('120x32'),
  BRAND_COLOR: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f62fe')
    .optional(),
  BRAND_ADDRESS: list.optional(),
  BRAND_SUPPORT_EMAIL: z.email('must be an email address').optional(),
  BRAND_WEBSITE: httpUrl.optional(),
})
