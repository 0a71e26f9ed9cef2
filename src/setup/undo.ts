// Puts Polar, Resend and the file of settings back as they were before the setup, by its record. Each step that is done is struck out of the
// record, so an undo that was interrupted can be run again.

import { rmSync } from 'node:fs'
import {
  createPolar,
  createResend,
  domainsOf,
  inTime,
  organizationNamed,
  type Polar,
  type ResendAccount,
} from './accounts.ts'
import { asSentence, polarError, refusalIn, resendError, SetupError } from './errors.ts'
import { readText, writePrivately } from './files.ts'
import type { RunParts } from './parts.ts'
import type { Place } from './place.ts'
import { restoreEmails } from './polar-emails.ts'
import { assertSameAccount, type SetupRecord } from './record.ts'
import { confirm } from './terminal.ts'

/** The next free name: an earlier undo has left the secrets of other links. */
const freeName = (place: Place, n = 1): string => {
  const name = n === 1 ? place.envUndone : `${place.envUndone}-${n}`
  return readText(place.path(name)) === null ? name : freeName(place, n + 1)
}

const BY_HAND = 'Or do it by hand at Polar: Settings → Webhooks.'

const isGone = (error: unknown) => refusalIn(error)?.status === 404

const undoPolar = async (polar: Polar, { url, id, before }: NonNullable<SetupRecord['polar']>) => {
  try {
    if (before !== null) {
      await polar.changeWebhookEndpoint(id ?? '', before)
      return
    }
    const endpoints = await polar.webhookEndpoints()
    const ours = endpoints.filter((one) => (id === null ? one.url === url : one.id === id))
    for (const one of ours) await polar.deleteWebhookEndpoint(one.id)
  } catch (error) {
    if (!isGone(error)) throw polarError(error, BY_HAND)
  }
}

/** The account of the setup. @throws {SetupError} with a key of another, or one that is refused. */
const resendOf = async ({ given, clock, place }: RunParts, record: SetupRecord) => {
  const resend = createResend(given, clock)
  const mend = `Until the webhook ${record.resend?.url} is undone there, ${place.env} stays too. Set a key of that account in the environment, and run the command again. Or remove the webhook at Resend by hand, and "resend" from ${place.record}.`
  const domains = await domainsOf(resend)
  if (typeof domains === 'string')
    throw new SetupError(`${asSentence(`RESEND_API_KEY ${domains}`)} ${mend}`)
  assertSameAccount(record, domains, mend)
  return resend
}

const undoResend = async (
  resend: ResendAccount,
  { url, id, before }: NonNullable<SetupRecord['resend']>,
) => {
  const done = before !== null ? await resend.changeWebhook(id ?? '', before, inTime()) : null
  if (done !== null) {
    if ('error' in done && done.error.status !== 404) throw resendError(done.error)
    return
  }
  const found = await resend.webhooks(inTime())
  if ('error' in found) throw resendError(found.error)
  const ours = found.webhooks.filter((one) => (id === null ? one.url === url : one.id === id))
  for (const one of ours) {
    const removed = await resend.removeWebhook(one.id, inTime())
    if ('error' in removed) throw resendError(removed.error)
  }
}

/** The present settings stay under another name: they have the LINK_SECRETS of links that were sent. */
const undoEnv = (place: Place, existed: boolean, kept: string): void => {
  const [env, saved] = [place.path(place.env), place.path(place.envBefore)]
  const [now, before] = [readText(env), readText(saved)]
  if (existed && before === null) return // an interrupted undo has put it back
  if (now !== null && now !== before) writePrivately(place.path(kept), now)
  if (before === null) rmSync(env, { force: true })
  else {
    writePrivately(env, before)
    rmSync(saved)
  }
}

const planOf = (
  { slug, polar, resend, emailsOff = [], env }: SetupRecord,
  settings: string,
  kept: string,
): string[] => [
  ...(emailsOff.length > 0 ? [`  switches on at Polar (${slug}): ${emailsOff.join(', ')}`] : []),
  ...(polar
    ? [`  ${polar.before ? 'puts back' : 'removes'} the webhook endpoint ${polar.url} at Polar`]
    : []),
  ...(resend
    ? [`  ${resend.before ? 'puts back' : 'removes'} the webhook ${resend.url} at Resend`]
    : []),
  ...(env
    ? [
        `  ${env.existed ? `puts back ${settings} as it was` : `removes ${settings}`}, and keeps the present one as ${kept}`,
      ]
    : []),
]

const assertGiven = ({ given, place }: RunParts, name: string) => {
  if (!given[name])
    throw new SetupError(
      `${name} is required to undo. Set it in the environment or in ${place.env}.`,
    )
}

export const undo = async (parts: RunParts) => {
  const { given, place, terminal, file, args, clock } = parts
  const record = file.load()
  if (record === null) {
    terminal.say(
      `Nothing to undo: no setup has changed anything here (there is no ${place.record}).`,
    )
    return
  }
  const kept = freeName(place)
  for (const line of ['Undo will do this:', ...planOf(record, place.env, kept)]) terminal.say(line)
  if (args.isDry || !(await confirm(terminal, args))) return
  const { polar: atPolar, resend: atResend, emailsOff, env } = record
  if (atPolar || emailsOff) assertGiven(parts, 'POLAR_ACCESS_TOKEN')
  if (atResend) assertGiven(parts, 'RESEND_API_KEY')
  const polar = createPolar({ ...given, POLAR_ENVIRONMENT: record.environment }, clock)
  // Another organization's list lacks the endpoint, as if it were removed already.
  if (atPolar) await organizationNamed(polar, record.slug)
  if (emailsOff) await restoreEmails(polar, file, record)
  if (atPolar) {
    await undoPolar(polar, atPolar)
    delete record.polar
    file.save(record)
    terminal.say('The webhook endpoint at Polar is undone.')
  }
  if (atResend) {
    await undoResend(await resendOf(parts, record), atResend)
    delete record.resend
    file.save(record)
  }
  if (env) undoEnv(place, env.existed, kept)
  file.remove()
  const isCutOff = atPolar?.before === null
  terminal.say(isCutOff ? 'Done. Stop Postern: Polar sends no webhooks to it any more.' : 'Done.')
  if (env && readText(place.path(kept)) !== null)
    terminal.say(
      `${kept} has the settings of the setup. Links in sent emails need its LINK_SECRETS: put them into ${place.env} before you set up again, or remove the file if no link needs to work.`,
    )
}
