// Builds the meter of a subscription with a usage-based price.

import { randomUUID } from 'node:crypto'
import type { models } from '@polar-sh/sdk/2026-10'
import type { Stamp } from '../instants.ts'

type Metered = Pick<models.SubscriptionMeter, 'consumed_units' | 'amount'>

export const meter = (
  stamp: Stamp,
  organizationId: string,
  used: Metered,
): models.SubscriptionMeter => {
  const at = stamp()
  const id = randomUUID()
  return {
    created_at: at,
    modified_at: null,
    id: randomUUID(),
    credited_units: 0,
    ...used,
    meter_id: id,
    meter: {
      metadata: {},
      created_at: at,
      modified_at: null,
      id,
      name: 'Render minutes',
      unit: 'scalar',
      custom_label: null,
      custom_multiplier: null,
      filter: {
        conjunction: 'and',
        clauses: [{ property: 'name', operator: 'eq', value: 'render' }],
      },
      aggregation: { func: 'sum', property: 'minutes' },
      organization_id: organizationId,
      archived_at: null,
    },
  }
}
