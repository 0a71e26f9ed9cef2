// Decides what is wrong with the webhook at Resend that reports deliveries: pure.

import type { ReportWebhook } from '../resend/account.ts'
import { NEEDED_REPORTS } from '../resend/report.ts'
import { type Finding, finding } from './finding.ts'

/** `secret` is `null` where Resend does not show it, and `undefined` where no webhook has our URL. */
export type ReportsRead = { webhooks: readonly ReportWebhook[]; secret: string | null | undefined }

const UNKNOWN = 'Postern does not learn of bounces and complaints.'
const PAGE = 'Resend (Webhooks)'

export const reportsUrl = (publicUrl: string): string => `${publicUrl}/webhooks/resend`

const trimmed = (url: string): string => url.replace(/\/+$/, '')

/** The enabled ones come first: one of them is enough. */
export const oursAtResend = (webhooks: readonly ReportWebhook[], url: string): ReportWebhook[] =>
  webhooks
    .filter((one) => trimmed(one.url) === url)
    .toSorted((a, b) => Number(b.isEnabled) - Number(a.isEnabled))

export const ofReports = (
  { webhooks, secret }: ReportsRead,
  url: string,
  secrets: readonly string[],
): Finding[] => {
  const [ours] = oursAtResend(webhooks, url)
  if (!ours)
    return [
      finding('reports_missing', {
        says: `Resend has no webhook with the URL ${url}.`,
        why: UNKNOWN,
        mend: `Add it at ${PAGE} for ${NEEDED_REPORTS.join(', ')}, and set its secret in RESEND_WEBHOOK_SECRET.`,
      }),
    ]
  if (!ours.isEnabled)
    return [
      finding('reports_disabled', {
        says: `The webhook ${url} is disabled at Resend.`,
        why: UNKNOWN,
        mend: `Enable it at ${PAGE}.`,
      }),
    ]
  const lacking = NEEDED_REPORTS.filter(
    (type) => !(ours.eventTypes ?? NEEDED_REPORTS).includes(type),
  )
  return [
    lacking.length === 0
      ? []
      : finding('reports_events', {
          says: `Resend does not send ${lacking.join(', ')} to the webhook ${url}.`,
          why: 'Postern does not learn of these.',
          mend: `Add these events at ${PAGE}.`,
        }),
    typeof secret !== 'string' || secrets.includes(secret)
      ? []
      : finding('reports_secret', {
          says: `The secret that Resend has for the webhook ${url} is not in RESEND_WEBHOOK_SECRET.`,
          why: `Postern refuses every report. ${UNKNOWN}`,
          mend: `Copy it from ${PAGE}, put it first in RESEND_WEBHOOK_SECRET and restart.`,
        }),
  ].flat()
}
