// The subject of an alert, so that the same is not said again for a while.

import { type Alert, reason } from './alert.ts'

/** The same `what` about a subject is not repeated for a while; another `what` is. */
export const subjectOf = (alert: Alert): { subject: string; what: string } => {
  switch (alert.event) {
    case 'deliveries_held':
    case 'deliveries_released':
      return { subject: 'hold', what: alert.event }
    case 'redis_failing':
    case 'redis_recovered':
      return { subject: 'redis', what: alert.event }
    case 'deliveries_paused':
      // Another sentence of Resend's is another cause, and worth another alert.
      return { subject: `${alert.event}:${alert.because}`, what: `${alert.event}:${alert.says}` }
    case 'message_held':
    case 'message_held_long':
    case 'message_failed':
      return { subject: `${alert.event}:${reason(alert.because)}`, what: alert.event }
    case 'polar_refused':
      // A token that is not valid is one alert, however many calls Polar denies.
      return {
        subject: alert.status === 401 ? alert.event : `${alert.event}:${alert.call}`,
        what: `${alert.status}`,
      }
    case 'webhooks_refused':
    case 'webhooks_verified_again':
      return { subject: `webhooks_verified:${alert.endpoint}`, what: alert.event }
    case 'webhooks_not_stored':
    case 'webhooks_stored_again':
      return { subject: `webhooks_stored:${alert.endpoint}`, what: alert.event }
    case 'webhook_clock':
      return { subject: `${alert.event}:${alert.endpoint}`, what: alert.event }
    case 'backup_restored':
      return { subject: alert.event, what: `${alert.since}` }
    case 'webhooks_missed':
      return { subject: alert.event, what: `${alert.missed}` }
    case 'final_invoice_unpaid':
      return { subject: alert.event, what: alert.event }
    case 'webhook_endpoint':
    case 'webhook_endpoint_mended':
      return { subject: `webhook_endpoint:${alert.finding}`, what: alert.event }
    case 'account_finding':
      return { subject: `${alert.event}:${alert.finding}`, what: alert.says }
    default:
      return alert satisfies never
  }
}
