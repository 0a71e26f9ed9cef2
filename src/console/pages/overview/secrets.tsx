// While webhook secrets are rotated: which of several verified last, so that an operator sees when the old one may go.

import { Card, Fields, Time } from '../../ui/parts.tsx'

/** `lastVerified` has a time in milliseconds for each secret of the setting, in its order; 0: none since this process started. */
export type EndpointSecrets = { endpoint: 'polar' | 'resend'; lastVerified: readonly number[] }

const SETTINGS = {
  polar: 'POLAR_WEBHOOK_SECRET',
  resend: 'RESEND_WEBHOOK_SECRET',
} as const satisfies Record<EndpointSecrets['endpoint'], string>

const OneSetting = ({ endpoint, lastVerified }: EndpointSecrets) => (
  <Card title={SETTINGS[endpoint]}>
    <div className="body">
      <Fields
        of={lastVerified.map((at, index) => [
          `Secret ${index + 1} of ${lastVerified.length}`,
          at === 0 ? 'none yet' : <Time key={endpoint} at={at} />,
        ])}
      />
      <p className="quiet small">
        The last webhook by each secret, in this web process since its start. Once none comes by the
        old secret any more, take that one out and restart.
      </p>
    </div>
  </Card>
)

/** A card for each endpoint that has several secrets. */
export const Secrets = ({ secrets }: { secrets: readonly EndpointSecrets[] }) =>
  secrets
    .filter(({ lastVerified }) => lastVerified.length > 1)
    .map((one) => <OneSetting key={one.endpoint} {...one} />)
