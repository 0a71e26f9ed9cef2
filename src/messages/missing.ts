// What an email goes without: what Polar did not tell in time, or does not let us know. For whoever rehearses before going live.

import type { DetailsOf, Kind } from '../../emails/index.ts'
import type { Missing } from '../deliveries/delivery.ts'
import type { Organization } from '../polar/catalogue.ts'

/** In which field of the details each is found, and with which value it is missing there. */
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
