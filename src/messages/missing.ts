// Lists what an email goes without because Polar did not answer in time or denied the call. Shadow mode reports it.

import type { DetailsOf, Kind } from '../../emails/index.ts'
import type { Missing } from '../deliveries/composed.ts'
import type { Organization } from '../polar/catalogue.ts'

/** The field of the details, and the value that it has when the thing is missing. */
const FIELDS: readonly (readonly [Missing, string, unknown])[] = [
  ['invoice', 'invoice', 'in_portal'],
  ['card', 'card', null],
  ['amount', 'amount', null],
  ['reason', 'decline', null],
  ['plan', 'nextPlan', null],
]

export const missingIn = (
  details: DetailsOf[Kind],
  organization: Organization | null,
): readonly Missing[] => [
  ...FIELDS.flatMap(([missing, field, value]) =>
    field in details && (details as Record<string, unknown>)[field] === value ? [missing] : [],
  ),
  ...(organization === null ? (['organization'] as const) : []),
]
