// Metrics of the webhook endpoints, which count for themselves, and of what the watch found wrong with the one at Polar.

import { SECOND } from '../runtime/clock.ts'
import { FINDINGS, type FindingName } from '../watch/finding.ts'
import type { Monitor } from '../webhooks/monitor.ts'
import type { Kit, Sample } from './kit.ts'

export const webhookMetrics = ({ gauge, readCounter }: Kit, endpoints: readonly Monitor[]) => {
  const counted =
    (label: string, of: (monitor: Monitor) => Readonly<Record<string, number>>) =>
    async (): Promise<Sample[]> =>
      endpoints.flatMap((monitor) =>
        Object.entries(of(monitor)).map(([name, value]) => ({
          labels: { endpoint: monitor.endpoint, [label]: name },
          value,
        })),
      )
  readCounter(
    {
      name: 'postern_webhooks_total',
      help: 'Webhooks by endpoint and outcome, in this process since its start.',
      labels: ['endpoint', 'outcome'],
    },
    counted('outcome', ({ outcomes }) => outcomes()),
  )
  readCounter(
    {
      name: 'postern_webhook_bad_minutes_total',
      help: 'Minutes in which a webhook was refused for its signature or could not be stored, in this process since its start.',
      labels: ['endpoint', 'trouble'],
    },
    counted('trouble', ({ badMinutes }) => badMinutes()),
  )
  gauge(
    {
      name: 'postern_webhook_secret_last_verified_seconds',
      help: 'Unix time at which each secret, numbered as in the setting, last verified a webhook; 0 if never since this process started.',
      labels: ['endpoint', 'secret'],
    },
    async () =>
      endpoints.flatMap(({ endpoint, lastVerified }) =>
        lastVerified().map((at, index) => ({
          labels: { endpoint, secret: `${index + 1}` },
          value: at / SECOND,
        })),
      ),
  )
}

export const endpointMetrics = (
  { gauge }: Kit,
  findings: () => Promise<readonly FindingName[]>,
) => {
  const samples = (numberOf: (finding: FindingName) => number): Sample[] =>
    FINDINGS.map((finding) => ({ labels: { finding }, value: numberOf(finding) }))
  gauge(
    {
      name: 'postern_webhook_endpoint_finding',
      help: 'Whether this is wrong with the webhook endpoint at Polar, as the watch of all processes found it.',
      labels: ['finding'],
    },
    async () => {
      const open = await findings()
      return samples((finding) => Number(open.includes(finding)))
    },
    samples(() => Number.NaN),
  )
}
