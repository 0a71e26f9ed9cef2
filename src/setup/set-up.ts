// From two keys to a working configuration: gathers the answers, shows the plan, asks once, and makes the changes.

import { NEEDED_EVENTS } from '../watch/needed-events.ts'
import {
  assertMayChange,
  createPolar,
  createResend,
  inTime,
  resendSecret,
  senderProblems,
} from './accounts.ts'
import { addressWarnings } from './address.ts'
import { type Answers, gatherAnswers } from './answers.ts'
import { applyEnv, applyPolar, applyResend } from './apply.ts'
import { type Values, valuesIn, withValues } from './env-file.ts'
import { assertValid, missingFrom, prepare, withSecrets } from './env-values.ts'
import { polarError, resendError } from './errors.ts'
import { readText } from './files.ts'
import { nextSteps } from './next-steps.ts'
import type { RunParts } from './parts.ts'
import type { Place } from './place.ts'
import { API_VERSION, planPolar, planResend } from './plan.ts'
import { planLines } from './plan-words.ts'
import { assertOf, assertSameAccount, type SetupRecord } from './record.ts'
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

const recordFor = (
  found: SetupRecord | null,
  name: string,
  { values, shown }: Answers,
): SetupRecord => {
  const { PUBLIC_URL: publicUrl = '', POLAR_ENVIRONMENT: environment = '' } = values
  const wanted = {
    slug: shown.organization.slug,
    environment,
    publicUrl: new URL(publicUrl).origin,
  }
  if (found === null) return wanted
  assertOf(found, name, wanted)
  assertSameAccount(found, shown.domains, UNDO_FIRST)
  return found
}

const EMAILS_STAY =
  "Polar's own emails stay as they are until you switch them off, in step 4 of docs/setup.md."

const sayAll = (say: (line: string) => void, lines: readonly string[]) => {
  for (const line of lines) say(line)
}

/** The settings that the file has by now. */
const valuesAt = ({ path, env }: Place) => valuesIn(readText(path(env)) ?? '')

/** A service that is started elsewhere reads the file alone. */
const notInFile = (exported: Values, inFile: Values, file: string): string[] => {
  const names = Object.keys(exported).filter((name) => exported[name] !== inFile[name])
  return names.length === 0
    ? []
    : [
        `Set in this shell, and not so in ${file}: ${names.join(', ')}. A start from this shell uses them, and any other start does not. Put into ${file} what should stay.`,
      ]
}

export const setUp = async (parts: RunParts) => {
  const { given, exported, place, terminal, file, args, reach, clock } = parts
  const asks = terminal.isInteractive && !args.isSure
  const found = file.load()
  const answers = await gatherAnswers({ given, terminal, asks, clock })
  const { values, shown } = answers
  const record = recordFor(found, place.record, answers)
  const urls = {
    polar: `${record.publicUrl}/webhooks/polar`,
    resend: `${record.publicUrl}/webhooks/resend`,
  }
  const [polar, resend] = [createPolar(values, clock), createResend(values, clock)]
  const text = readText(place.path(place.env)) ?? readText(place.path('.env.example')) ?? ''
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
  withValues(text, unset, place.env) // throws before anything is changed

  const { EMAIL_FROM: from = '' } = values
  const atSender = senderProblems(shown.domains, from).map(({ says }) => says)
  sayAll(terminal.complain, [...atSender, ...(await addressWarnings({ ...record, from, reach }))])
  const plan = planLines({
    ...{ organization: `${shown.organization.slug}, ${record.environment}`, urls },
    ...{ polar: polarStep, resend: resendStep, env: place.env },
    ...{ unset: Object.keys(unset), madeUp: prepared.madeUp },
  })
  const isFirst = valuesIn(text).LINK_SECRETS === undefined
  const sayWhatIsNext = () => {
    const inFile = valuesAt(place)
    const { SEND_MODE: mode = 'live' } = { ...inFile, ...exported }
    const isChanged = Object.keys(unset).length > 0
    const isOff = record.emailsOff !== undefined
    sayAll(terminal.say, notInFile(exported, inFile, place.env))
    sayAll(terminal.say, nextSteps({ mode, env: place.env, isFirst, isChanged, isOff }))
  }
  if (plan.length === 0) {
    terminal.say('Everything is there; nothing was changed.')
    return sayWhatIsNext()
  }
  sayAll(terminal.say, ['Setup will do this:', ...plan, ...(isFirst ? [EMAILS_STAY] : [])])
  if (args.isDry) return terminal.say('Nothing was changed: this was a dry run.')
  if (!(await confirm(terminal, args))) return

  const accounts = {
    polar,
    resend,
    file,
    record,
    urls,
    place,
    domains: shown.domains.map(({ id }) => id),
  }
  const secrets = {
    polar: await applyPolar(accounts, polarStep, byHandAt(urls.polar)),
    resend: await applyResend(accounts, resendStep),
  }
  applyEnv(accounts, text, withSecrets(given, prepared.values, secrets))
  terminal.say(`Done. To take it all back: npm run setup -- --undo (it reads ${place.record}).`)
  sayAll(terminal.say, await parts.examine({ ...valuesAt(place), ...given }))
  sayWhatIsNext()
}
