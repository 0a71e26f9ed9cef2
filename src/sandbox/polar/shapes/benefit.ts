// Builds benefits in the full shape that Polar sends. API and events carry private benefits too; the reader must hide
// them.

import { randomUUID } from 'node:crypto'
import type { models } from '@polar-sh/sdk/2026-10'
import type { Stamp } from '../instants.ts'

export type BenefitInput = {
  id?: string
  /** Default: `custom`. */
  type?: models.Benefit['type']
  description?: string
  /** Default: `public`. */
  visibility?: models.BenefitVisibility
  /** A custom benefit's note to the customer. */
  note?: string | null
  properties?: object
}

/** The properties of the kinds that depend on no other service. */
const PROPERTIES: Partial<Record<models.Benefit['type'], object>> = {
  downloadables: { archived: {}, files: [] },
  license_keys: { prefix: null, expires: null, activations: null, limit_usage: null },
}

export const benefit = (
  stamp: Stamp,
  organizationId: string,
  { note = null, ...input }: BenefitInput,
): models.Benefit => {
  const type = input.type ?? 'custom'
  return {
    id: randomUUID(),
    created_at: stamp(),
    modified_at: null,
    type,
    description: 'Everything in the archive',
    selectable: true,
    deletable: true,
    is_deleted: false,
    organization_id: organizationId,
    metadata: {},
    visibility: 'public',
    properties: type === 'custom' ? { note } : (PROPERTIES[type] ?? {}),
    visibility_configurable: true,
    ...input,
  } as models.Benefit
}
