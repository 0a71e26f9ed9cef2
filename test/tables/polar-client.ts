// Postern's client for the simulated Polar, with the denials that it reports.

import { createPolarClient } from '../../src/polar/client.ts'
import { createDenials, type Denial } from '../../src/polar/denials.ts'
import { ACCESS_TOKEN, ORGANIZATION, type Started } from '../sandbox/world.ts'

export const clientOf = ({ polar, clock }: Pick<Started, 'polar' | 'clock'>) => {
  const denials: Denial[] = []
  const client = createPolarClient(
    {
      ...{ accessToken: ACCESS_TOKEN, environment: 'production', baseUrl: polar.url },
      slug: ORGANIZATION.slug,
      denials: createDenials((denial) => denials.push(denial)),
    },
    { name: 'messages', spend: async () => {}, backOff: 0 },
    clock,
  )
  return { ...client, denials }
}
