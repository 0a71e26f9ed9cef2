// Builds what comes with a product, in the full shape that Polar sends. An API and an event carry all of them, the
// private ones too: whom they are shown to is the reader's to decide.

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
  /** What a custom benefit says to whoever has it. */
  note?: string | null
  properties?: object
}

/** The properties of the kinds that need nothing of somebody else's. */
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
