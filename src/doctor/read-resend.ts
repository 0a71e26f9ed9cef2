// Reads more of Resend than a start does: the webhook for reports, and how much of the quotas is used.

import type { Usage } from '../resend/account.ts'
import type { ResendClient } from '../resend/client.ts'
import type { Unread } from './account.ts'
import { oursAtResend, type ReportsRead } from './reports.ts'
import { isLimit, unreadBy } from './resend.ts'

export type ResendFacts = { reports: ReportsRead | Unread; usage: Usage | Unread }

type Reads = Pick<ResendClient, 'webhooks' | 'webhookSecret' | 'usage'>

/** @param wait for Resend's limit, before each request. @param url of our webhook. */
export const readResend = async (
  resend: Reads,
  wait: () => Promise<unknown>,
  url: string,
  signal: AbortSignal,
): Promise<ResendFacts> => {
  const reports = async (): Promise<ReportsRead | Unread> => {
    await wait()
    const found = await resend.webhooks(signal)
    if ('error' in found) return unreadBy(found.error)
    const [ours] = oursAtResend(found.webhooks, url)
    if (!ours) return { ...found, secret: undefined }
    await wait()
    const shown = await resend.webhookSecret(ours.id, signal)
    if ('error' in shown && isLimit(shown.error)) return unreadBy(shown.error)
    return { ...found, secret: 'error' in shown ? null : shown.secret }
  }
  const usage = async () => {
    await wait()
    const used = await resend.usage(signal)
    return 'error' in used ? unreadBy(used.error) : used
  }
  return { reports: await reports(), usage: await usage() }
}
