// Makes the changes of a plan, one after the other. Each is noted in the record first: a crash in between leaves a state that the
// next run takes up and that an undo takes back.

import { PolarRefusedError } from '../polar/call.ts'
import type { ResendError } from '../resend/errors.ts'
import { NEEDED_REPORTS } from '../resend/report.ts'
import { NEEDED_EVENTS } from '../watch/needed-events.ts'
import { inTime, type Polar, type ResendAccount, resendSecret } from './accounts.ts'
import { type Values, withValues } from './env-file.ts'
import { missingFrom, withMode } from './env-values.ts'
import { polarError, resendError } from './errors.ts'
import { readText, writePrivately } from './files.ts'
import type { Place } from './place.ts'
import { API_VERSION, type PolarStep, type ResendStep } from './plan.ts'
import type { RecordFile, SetupRecord } from './record.ts'

export type ApplyParts = {
  polar: Polar
  resend: ResendAccount
  file: RecordFile
  record: SetupRecord
  urls: { polar: string; resend: string }
  /** The ids of the domains of the Resend account. */
  domains: readonly string[]
  place: Place
}

/** The last fields as they were before the first of several corrections; `null` stays: the setup made the endpoint. */
const earliest = <B extends object>(
  noted: { before: B | null } | undefined,
  before: B,
): B | null =>
  noted === undefined ? before : noted.before === null ? null : { ...before, ...noted.before }

/** Another status leaves open whether the webhook was made, and the SDK's own name is for what is no answer of Resend's. */
const isRefusal = ({ name, status }: ResendError) =>
  name !== 'application_error' && status !== null && status >= 400 && status < 500

/** A refusal made nothing. An undo would remove what somebody makes at the same URL later. */
const forget = ({ file, record }: ApplyParts, where: 'polar' | 'resend') => {
  delete record[where]
  file.save(record)
}

/** @returns its secret; `null` where Polar does not show it. */
export const applyPolar = async (parts: ApplyParts, step: PolarStep, byHand: string) => {
  const { polar, file, record, urls } = parts
  const url = urls.polar
  const change = async () => {
    if (step.do === 'nothing') return step.endpoint
    if (step.do === 'create') {
      record.polar = { url, id: null, before: null }
      file.save(record)
      const wanted = { eventTypes: NEEDED_EVENTS, apiVersion: API_VERSION } as const
      const made = await polar.createWebhookEndpoint(url, wanted).catch((error: unknown) => {
        if (error instanceof PolarRefusedError) forget(parts, 'polar')
        throw error
      })
      record.polar.id = made.id
      file.save(record)
      return made
    }
    record.polar = { url, id: step.endpoint.id, before: earliest(record.polar, step.before) }
    file.save(record)
    return polar.changeWebhookEndpoint(step.endpoint.id, step.change)
  }
  const { secret } = await change().catch((error: unknown) => {
    throw polarError(error, byHand)
  })
  return secret
}

/** @returns its secret; `null` where Resend does not show it. */
export const applyResend = async (parts: ApplyParts, step: ResendStep) => {
  const { resend, file, record, urls, domains } = parts
  const url = urls.resend
  if (step.do === 'nothing') return resendSecret(resend, step.endpoint.id)
  if (step.do === 'create') {
    record.resend = { url, id: null, before: null, domains }
    file.save(record)
    const made = await resend.createWebhook(url, NEEDED_REPORTS, inTime())
    if ('error' in made) {
      if (isRefusal(made.error)) forget(parts, 'resend')
      throw resendError(made.error)
    }
    record.resend.id = made.id
    file.save(record)
    return made.secret ?? resendSecret(resend, made.id)
  }
  const { id } = step.endpoint
  record.resend = { url, id, before: earliest(record.resend, step.before), domains }
  file.save(record)
  const changed = await resend.changeWebhook(id, step.change, inTime())
  if ('error' in changed) throw resendError(changed.error)
  return resendSecret(resend, id)
}

/** Writes the values that are missing. @param example the text to begin with where there is no file of settings. */
export const applyEnv = ({ file, record, place }: ApplyParts, example: string, values: Values) => {
  const path = place.path(place.env)
  const before = readText(path) // the operator may have changed it since the plan was shown
  const text = before ?? example
  const missing = missingFrom(text, withMode(text, values))
  if (Object.keys(missing).length === 0) return
  if (record.env === undefined) {
    if (before !== null) writePrivately(place.path(place.envBefore), before)
    record.env = { existed: before !== null }
    file.save(record)
  }
  writePrivately(path, withValues(text, missing, place.env))
}
