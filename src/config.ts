// Reads the settings from the environment: validates all of them at once, converts and freezes
// them. No other file reads the environment.

import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import type { z } from 'zod'
import { pasteMistake, sharedWebhookSecret } from './config/pasted.ts'
import { schema } from './config/schema.ts'
import { isSecureUrl, urlsIn } from './redis/address.ts'
import { type Clock, DAY, SECOND, systemClock } from './runtime/clock.ts'
import { PosternError } from './runtime/errors.ts'

/** The names of all settings, in the order of `.env.example`. */
export const settingNames = Object.keys(schema.shape)

/** The settings are invalid. `problems` has one sentence for each bad setting. */
export class ConfigError extends PosternError {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(
      `Invalid configuration:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
      options,
    )
    this.problems = problems
  }
}

const nonEmpty = (environment: NodeJS.ProcessEnv) =>
  Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = environment[name]?.trim()
      return value ? [[name, value]] : []
    }),
  )

/** One sentence for each bad setting, in the order of `names`. */
const settingProblems = (
  names: readonly string[],
  given: Record<string, string>,
  error: z.ZodError | undefined,
) =>
  names.flatMap((name) => {
    const value = given[name]
    const pasted = value === undefined ? null : pasteMistake(name, value)
    if (pasted) return [`${name} ${pasted}`]
    const issue = error?.issues.find(({ path }) => path[0] === name)
    return issue ? [`${name} ${value === undefined ? 'is required' : issue.message}`] : []
  })

/**
 * Reports a CA certificate for a connection without TLS, unless one of the two settings is reported
 * already.
 */
const caProblems = (
  { REDIS_CA_FILE, REDIS_URL = '' }: Record<string, string>,
  problems: readonly string[],
): string[] => {
  const isPlain = !urlsIn(REDIS_URL).every(isSecureUrl)
  const isNamed = problems.some((problem) => /^REDIS_(?:CA_FILE|URL) /.test(problem))
  return REDIS_CA_FILE && isPlain && !isNamed
    ? ['REDIS_CA_FILE is for TLS only: write rediss:// in REDIS_URL, or remove REDIS_CA_FILE']
    : []
}

const problemsOf = (environment: NodeJS.ProcessEnv, clock: Clock): readonly string[] => {
  const given = nonEmpty(environment)
  const problems = settingProblems(settingNames, given, schema.safeParse(given).error)
  problems.push(...caProblems(given, problems))
  const liveSince = schema.shape.LIVE_SINCE.safeParse(given.LIVE_SINCE).data
  if (liveSince !== undefined && liveSince > clock.now())
    problems.push('LIVE_SINCE is in the future: events before that time would never be mailed')
  const shared = sharedWebhookSecret(given)
  if (shared) problems.push(`RESEND_WEBHOOK_SECRET ${shared}`)
  if (given.POLAR_ENVIRONMENT === 'sandbox' && !given.EMAIL_ALLOWLIST) {
    problems.push(
      'EMAIL_ALLOWLIST is required when POLAR_ENVIRONMENT is sandbox: name the addresses or domains that may be mailed',
    )
  }
  return problems
}

/** Calls a minute, from Polar's documentation. */
const POLAR_LIMIT = { production: 500, sandbox: 100 }

const POLAR_SITE = { production: 'https://polar.sh', sandbox: 'https://sandbox.polar.sh' }

/**
 * Reads all settings. Durations are in milliseconds.
 * @throws {ConfigError} naming every bad setting.
 */
export const readConfig = (environment: NodeJS.ProcessEnv, clock: Clock = systemClock) => {
  const problems = problemsOf(environment, clock)
  if (problems.length > 0) throw new ConfigError(problems)
  const s = schema.parse(nonEmpty(environment))
  const [logoWidth = 0, logoHeight = 0] = s.BRAND_LOGO_SIZE.split('x').map(Number)
  return Object.freeze({
    port: s.PORT,
    workerPort: s.WORKER_PORT,
    host: s.HOST,
    role: s.ROLE,
    /** How long the web role goes on at a stop, in milliseconds. */
    drain: s.DRAIN_SECONDS * SECOND,
    publicUrl: s.PUBLIC_URL,
    redis: {
      urls: s.REDIS_URL,
      durability: s.REDIS_DURABILITY,
      ca: s.REDIS_CA_FILE,
      replicas: s.REDIS_REPLICAS,
    },
    polar: {
      accessToken: s.POLAR_ACCESS_TOKEN,
      webhookSecrets: s.POLAR_WEBHOOK_SECRET,
      slug: s.POLAR_ORGANIZATION_SLUG,
      environment: s.POLAR_ENVIRONMENT,
      baseUrl: s.POLAR_BASE_URL,
      portalOrigin: s.POLAR_PORTAL_ORIGIN ?? POLAR_SITE[s.POLAR_ENVIRONMENT],
      /** Calls a minute. */
      rateLimit: s.POLAR_RATE_LIMIT ?? POLAR_LIMIT[s.POLAR_ENVIRONMENT],
    },
    resend: {
      apiKey: s.RESEND_API_KEY,
      baseUrl: s.RESEND_BASE_URL,
      webhookSecrets: s.RESEND_WEBHOOK_SECRET,
      rateLimit: s.RESEND_RATE_LIMIT,
    },
    sendMode: s.SEND_MODE,
    liveSince: s.LIVE_SINCE,
    email: {
      from: s.EMAIL_FROM,
      replyTo: s.EMAIL_REPLY_TO,
      allowlist: s.EMAIL_ALLOWLIST,
      kindsOff: s.EMAIL_KINDS_OFF,
    },
    links: {
      secrets: s.LINK_SECRETS,
      ttl: s.LINK_TTL_DAYS * DAY,
      confirm: s.LINK_CONFIRM,
      settle: s.LINK_SETTLE_SECONDS * SECOND,
      returnUrlOrigins: s.RETURN_URL_ORIGINS,
    },
    /** How long records are kept, in milliseconds. A link needs the record of its message. */
    retain: {
      payloads: s.RETAIN_PAYLOADS_DAYS * DAY,
      bodies: s.RETAIN_BODIES_DAYS * DAY,
      records: Math.max(s.RETAIN_RECORDS_DAYS, s.LINK_TTL_DAYS) * DAY,
    },
    /** How long before their day reminders go, in milliseconds; and the hours, where the customer lives, in which none go. */
    reminders: {
      dunning: { reminders: s.DUNNING_REMINDER_DAYS, finalNotice: s.DUNNING_FINAL_NOTICE_DAYS },
      renewal: s.RENEWAL_REMINDER_DAYS * DAY,
      trial: s.TRIAL_REMINDER_DAYS * DAY,
      card: s.CARD_REMINDER_DAYS * DAY,
      quietHours: s.QUIET_HOURS,
    },
    trustedProxies: s.TRUSTED_PROXIES,
    apiToken: s.API_TOKEN,
    consolePassword: s.CONSOLE_PASSWORD,
    metricsToken: s.METRICS_TOKEN,
    logLevel: s.LOG_LEVEL,
    alertWebhookUrl: s.ALERT_WEBHOOK_URL,
    /** Where traces go; `undefined` where none are made. */
    traces: s.OTEL_EXPORTER_OTLP_ENDPOINT && {
      endpoint: s.OTEL_EXPORTER_OTLP_ENDPOINT,
      headers: s.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    },
    /** `configured` outranks the brand file, which outranks `fallback`. */
    brand: {
      fallback: {
        name: s.EMAIL_FROM.name ?? s.POLAR_ORGANIZATION_SLUG,
        supportEmail: s.EMAIL_REPLY_TO?.address ?? s.EMAIL_FROM.address,
      },
      configured: {
        ...(s.BRAND_NAME && { name: s.BRAND_NAME }),
        ...(s.BRAND_SUPPORT_EMAIL && { supportEmail: s.BRAND_SUPPORT_EMAIL }),
        ...(s.BRAND_COLOR && { accent: s.BRAND_COLOR }),
        ...(s.BRAND_ADDRESS && { address: s.BRAND_ADDRESS }),
        ...(s.BRAND_WEBSITE && { websiteUrl: s.BRAND_WEBSITE }),
        ...(s.BRAND_LOGO_URL && {
          logo: {
            url: s.BRAND_LOGO_URL,
            alt: s.BRAND_NAME ?? s.EMAIL_FROM.name ?? '',
            width: logoWidth,
            height: logoHeight,
          },
        }),
      },
    },
  })
}

export type Config = ReturnType<typeof readConfig>

/** The problem with one setting, to follow its name in a sentence; `null` if there is none. */
export const settingProblem = (name: string, value: string): string | null => {
  const setting = schema.shape[name as keyof typeof schema.shape]
  const pasted = pasteMistake(name, value)
  return pasted ?? setting.safeParse(value).error?.issues[0]?.message ?? null
}

/**
 * Reads the settings of an operator's command. Most commands use only Redis, and may run where the
 * other settings are missing.
 * @throws {ConfigError} naming every bad one of these settings.
 */
export const readCommandConfig = (environment: NodeJS.ProcessEnv) => {
  const given = nonEmpty(environment)
  const commandSchema = schema.pick({
    REDIS_URL: true,
    REDIS_CA_FILE: true,
    REDIS_REPLICAS: true,
    ALERT_WEBHOOK_URL: true,
  })
  const { data, error } = commandSchema.safeParse(given)
  const problems = settingProblems(Object.keys(commandSchema.shape), given, error)
  problems.push(...caProblems(given, problems))
  if (!data || problems.length > 0) throw new ConfigError(problems)
  return Object.freeze({
    redis: { urls: data.REDIS_URL, ca: data.REDIS_CA_FILE, replicas: data.REDIS_REPLICAS },
    alertWebhookUrl: data.ALERT_WEBHOOK_URL,
  })
}

/** Where `ENV_FILE` does not name another: in the folder in which Postern runs, if it is there. */
export const USUAL_ENV_FILE = '.env'

/**
 * Loads a file of settings into the environment, whose own settings win.
 * @throws {ConfigError} where `ENV_FILE` names no file that can be read.
 */
export const loadSettings = () => {
  const { ENV_FILE: named } = process.env
  if (!named) {
    if (existsSync(USUAL_ENV_FILE)) loadEnvFile(USUAL_ENV_FILE)
    return
  }
  try {
    loadEnvFile(named)
  } catch (cause) {
    throw new ConfigError([`ENV_FILE names no file that can be read: ${named}`], { cause })
  }
}
