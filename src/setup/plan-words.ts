// Says in words what a setup will do. Pure.

import { NEEDED_REPORTS } from '../resend/report.ts'
import { NEEDED_EVENTS } from '../watch/needed-events.ts'
import type { PolarStep, ResendStep } from './plan.ts'

type Plan = {
  organization: string
  polar: PolarStep
  resend: ResendStep
  urls: { polar: string; resend: string }
  /** The name of the file of settings. */
  env: string
  /** The names of the settings that are written into it. */
  unset: readonly string[]
  madeUp: readonly string[]
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

/** No line: nothing is to be changed. */
export const planLines = ({
  organization,
  polar,
  resend,
  urls,
  env,
  unset,
  madeUp,
}: Plan): string[] => {
  const set = unset.filter((name) => !madeUp.includes(name))
  const endpoint = { what: 'webhook endpoint', url: urls.polar, types: NEEDED_EVENTS.length }
  const webhook = { what: 'webhook', url: urls.resend, types: NEEDED_REPORTS.length }
  return [
    ...section(`At Polar (${organization}):`, linesOf(polar, endpoint)),
    ...section('At Resend:', linesOf(resend, webhook)),
    ...section(`In ${env}, which only you can read:`, [
      ...(set.length > 0 ? [`  sets ${set.join(', ')}`] : []),
      ...(madeUp.length > 0 ? [`  makes up ${madeUp.join(', ')}`] : []),
    ]),
  ]
}
