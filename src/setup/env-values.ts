// Decides which values go into the file of settings: the answers, the secrets of both webhooks, and what a setup makes up. Pure but for chance.

import { randomBytes } from 'node:crypto'
import { ConfigError, readConfig, settingProblem } from '../config.ts'
import { type Values, valuesIn } from './env-file.ts'
import { SetupError } from './errors.ts'
import { QUESTIONS } from './questions.ts'

/** By the name of the setting. */
const MADE_UP: Record<string, () => string> = {
  LINK_SECRETS: () => randomBytes(32).toString('base64'),
  API_TOKEN: () => randomBytes(32).toString('hex'),
  CONSOLE_PASSWORD: () => randomBytes(18).toString('base64url'),
  METRICS_TOKEN: () => randomBytes(32).toString('hex'),
}

/** A service that asks other origins than the setup would find nothing of it there. */
const ORIGINS = ['POLAR_BASE_URL', 'RESEND_BASE_URL']

/** A random key may by chance look like words, which the settings refuse. */
const madeUp = (name: string, make: () => string): string => {
  const value = make()
  return settingProblem(name, value) === null ? value : madeUp(name, make)
}

/** The first secret is the endpoint's own; older ones stay valid. */
export const withSecret = (secrets: string | undefined, secret: string): string => {
  const known = (secrets ?? '').split(',').map((one) => one.trim())
  return secrets !== undefined && known.includes(secret)
    ? secrets
    : [secret, ...known].filter(Boolean).join(',')
}

type Secrets = { polar: string | null; resend: string | null }

/** Adds the secrets of both webhooks. @throws {SetupError} where one is neither shown nor set already. */
export const withSecrets = (given: Values, values: Values, { polar, resend }: Secrets): Values => {
  const secretOf = (name: string, secret: string | null, where: string): string => {
    const set = given[name]
    if (secret !== null) return withSecret(set, secret)
    if (set !== undefined) return set
    throw new SetupError(
      `${where} does not show the secret of its webhook. Copy it there, set ${name}, and run the command again.`,
    )
  }
  return {
    ...values,
    POLAR_WEBHOOK_SECRET: secretOf('POLAR_WEBHOOK_SECRET', polar, 'Polar'),
    RESEND_WEBHOOK_SECRET: secretOf('RESEND_WEBHOOK_SECRET', resend, 'Resend'),
  }
}

export type Prepared = {
  /** All that is known before the webhooks are there. */
  values: Values
  madeUp: readonly string[]
}

/** Without a mode the service sends; one that the text has stays. */
export const withMode = (text: string, values: Values): Values => {
  const { SEND_MODE: _, ...others } = values
  return valuesIn(text).SEND_MODE ? others : { ...others, SEND_MODE: 'shadow' }
}

/** @param text of the file of settings, or of the example where there is none. @param given what it and the environment say. */
export const prepare = (text: string, given: Values, answers: Values, slug: string): Prepared => {
  const isAsked = (name: string) => QUESTIONS.some((question) => question.name === name)
  const asked = Object.entries(answers).filter(([name]) => isAsked(name))
  const made = Object.keys(MADE_UP).filter((name) => given[name] === undefined)
  const kept = [...Object.keys(MADE_UP), ...ORIGINS].flatMap((name) =>
    given[name] ? [[name, given[name]]] : [],
  )
  const values = withMode(text, {
    ...(Object.fromEntries([...asked, ...kept]) as Values),
    ...Object.fromEntries(made.map((name) => [name, madeUp(name, MADE_UP[name] ?? (() => ''))])),
    POLAR_ORGANIZATION_SLUG: slug,
  })
  return { values, madeUp: made }
}

/** Checks the settings as the service would, before anything is changed. @throws {SetupError} naming each bad one. */
export const assertValid = (given: Values, { values }: Prepared): void => {
  const stand = () => `whsec_${randomBytes(32).toString('base64')}`
  const secrets = { POLAR_WEBHOOK_SECRET: stand(), RESEND_WEBHOOK_SECRET: stand() }
  try {
    readConfig({ ...secrets, ...given, ...values })
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause
    throw new SetupError(cause.message, { cause })
  }
}

/** Those of the values that the text does not have yet. */
export const missingFrom = (text: string, values: Values): Values => {
  const known = valuesIn(text)
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => known[name] !== value))
}
