// From two keys to a working configuration: gathers the answers, shows the plan, asks once, and makes the changes.

import { join } from 'node:path'
import { NEEDED_REPORTS } from '../resend/report.ts'
import { NEEDED_EVENTS } from '../watch/needed-events.ts'
import {
  assertMayChange,
  createPolar,
  createResend,
  inTime,
  resendSecret,
  senderProblems,
} from './accounts.ts'
import { type Answers, gatherAnswers } from './answers.ts'
import { applyEnv, applyPolar, applyResend, ENV_FILE } from './apply.ts'
import { valuesIn, withValues } from './env-file.ts'
import { assertValid, missingFrom, prepare, withSecrets } from './env-values.ts'
import { polarError, resendError } from './errors.ts'
import { readText } from './files.ts'
import type { RunParts } from './parts.ts'
import { API_VERSION, type PolarStep, planPolar, planResend, type ResendStep } from './plan.ts'
import { assertOf, assertSameAccount, RECORD_FILE, type SetupRecord } from './record.ts'
import { confirm } from './terminal.ts'

const byHandAt = (url: string) =>
  `Or add the endpoint by hand (Settings → Webhooks): URL ${url}, format Raw, API version ${API_VERSION}, events ${NEEDED_EVENTS.join(', ')}. Put its secret into POLAR_WEBHOOK_SECRET, and run the command again.`

const readPolar = async (polar: ReturnType<typeof createPolar>, url: string) => {
  const byHand = byHandAt(url)
  const endpoints = await polar.webhookEndpoints().catch((error: unknown) => {
    throw polarError(error, byHand)
  })
  const step = planPolar(endpoints, url)
  if (step.do !== 'nothing') await assertMayChange(polar, byHand)
  return step
}

const readResend = async (resend: ReturnType<typeof createResend>, url: string) => {
  const found = await resend.webhooks(inTime())
  if ('error' in found) throw resendError(found.error)
  return planResend(found.webhooks, url)
}

const UNDO_FIRST = 'Undo it first, with its own key: npm run setup -- --undo'

const recordFor = (found: SetupRecord | null, { values, shown }: Answers): SetupRecord => {
  const { PUBLIC_URL: publicUrl = '', POLAR_ENVIRONMENT: environment = '' } = values
  const wanted = {
    slug: shown.organization.slug,
    environment,
    publicUrl: new URL(publicUrl).origin,
  }
  if (found === null) return wanted
  assertOf(found, wanted)
  assertSameAccount(found, shown.domains, UNDO_FIRST)
  return found
}

const linesOf = (
  step: PolarStep | ResendStep,
  { what, url, types }: { what: string; url: string; types: number },
): string[] => {
  if (step.do === 'nothing') return []
  if (step.do === 'create') return [`  adds the ${what} ${url}, with ${types} types of events`]
  return [`  corrects the ${what} ${step.endpoint.url}: ${step.says.join(', ')}`]
}

const section = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? [title, ...lines] : []

const NEXT = [
  'The next three steps:',
  '  1. npm start rehearses: SEND_MODE=shadow, so nothing is sent. Then npm run doctor, and a test purchase; npm run held sums up.',
  '  2. Set SEND_MODE=hold in .env and restart. Then switch off the same emails at Polar: npm run setup -- --polar-emails off',
  '  3. Set SEND_MODE=live in .env and restart: what waited goes out.',
]

export const setUp = async (parts: RunParts) => {
  const { given, folder, terminal, file, args, clock } = parts
  const asks = terminal.isInteractive && !args.isSure
  const found = file.load()
  const answers = await gatherAnswers({ given, terminal, asks, clock })
  const { values, shown } = answers
  const record = recordFor(found, answers)
  const urls = {
    polar: `${record.publicUrl}/webhooks/polar`,
    resend: `${record.publicUrl}/webhooks/resend`,
  }
  const [polar, resend] = [createPolar(values, clock), createResend(values, clock)]
  const text = readText(join(folder, ENV_FILE)) ?? readText(join(folder, '.env.example')) ?? ''
  const prepared = prepare(text, given, values, shown.organization.slug)
  assertValid(given, prepared)
  const polarStep = await readPolar(polar, urls.polar)
  const resendStep = await readResend(resend, urls.resend)
  /** A secret that is still to come is new. */
  const known = {
    polar: polarStep.do === 'create' ? 'new' : polarStep.endpoint.secret,
    resend: resendStep.do === 'create' ? 'new' : await resendSecret(resend, resendStep.endpoint.id),
  }
  const whole = withSecrets(given, prepared.values, known)
  const unset = missingFrom(text, whole)
  withValues(text, unset) // throws before anything is changed
  const missing = Object.keys(unset)
  const set = missing.filter((name) => !prepared.madeUp.includes(name))

  const plan = [
    ...section(
      `At Polar (${shown.organization.slug}, ${record.environment}):`,
      linesOf(polarStep, {
        ...{ what: 'webhook endpoint', url: urls.polar, types: NEEDED_EVENTS.length },
      }),
    ),
    ...section(
      'At Resend:',
      linesOf(resendStep, { what: 'webhook', url: urls.resend, types: NEEDED_REPORTS.length }),
    ),
    ...section('In .env, which only you can read:', [
      ...(set.length > 0 ? [`  sets ${set.join(', ')}`] : []),
      ...(prepared.madeUp.length > 0 ? [`  makes up ${prepared.madeUp.join(', ')}`] : []),
    ]),
  ]
  for (const { says } of senderProblems(shown.domains, values.EMAIL_FROM ?? ''))
    terminal.complain(says)
  if (plan.length === 0) {
    terminal.say('Everything is there; nothing was changed.')
    return
  }
  const emails = "Polar's own emails stay as they are until you switch them off, in step 2 below."
  for (const line of ['Setup will do this:', ...plan, emails]) terminal.say(line)
  if (args.isDry || !(await confirm(terminal, args))) return

  const domains = shown.domains.map(({ id }) => id)
  const accounts = { polar, resend, file, record, urls, domains, folder }
  const secrets = {
    polar: await applyPolar(accounts, polarStep, byHandAt(urls.polar)),
    resend: await applyResend(accounts, resendStep),
  }
  applyEnv(accounts, text, withSecrets(given, prepared.values, secrets))
  terminal.say(`Done. To take it all back: npm run setup -- --undo (it reads ${RECORD_FILE}).`)
  const settings = { ...valuesIn(readText(join(folder, ENV_FILE)) ?? ''), ...given }
  for (const line of await parts.examine(settings)) terminal.say(line)
  for (const line of NEXT) terminal.say(line)
}
