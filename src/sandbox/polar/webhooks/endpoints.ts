// The webhook endpoints of the simulated Polar. The first one is Postern's.

import { randomBytes, randomUUID } from 'node:crypto'
import type { models } from '@polar-sh/sdk/2026-10'
import type { Stamp } from '../instants.ts'
import { WEBHOOK_TYPES } from './types.ts'

export type Endpoint = models.WebhookEndpoint

type EndpointInput = Pick<Endpoint, 'url' | 'events'> &
  Partial<Pick<Endpoint, 'name' | 'api_version' | 'format'>>

export type EndpointChange = Partial<EndpointInput & Pick<Endpoint, 'enabled'>>

/** An older secret is its own key. */
const signature = (secret: string) => ({
  secret,
  uses_standard_webhook_signature: secret.startsWith('whsec_'),
})

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`

type EndpointsParts = {
  stamp: Stamp
  organizationId: string
  /** Postern's address is known only once it listens. */
  url: () => string
  secret: string
}

export const createEndpoints = ({ stamp, organizationId, url, secret }: EndpointsParts) => {
  const rows = new Map<string, Endpoint>()

  const add = (input: EndpointInput, itsSecret = newSecret()): Endpoint => {
    const endpoint: Endpoint = {
      created_at: stamp(),
      modified_at: null,
      id: randomUUID(),
      name: null,
      api_version: '2026-10',
      format: 'raw',
      organization_id: organizationId,
      enabled: true,
      ...input,
      ...signature(itsSecret),
    }
    rows.set(endpoint.id, endpoint)
    return endpoint
  }

  const first = add({ url: '', events: WEBHOOK_TYPES }, secret)

  const view = (row: Endpoint): Endpoint => ({ ...row, url: row.url || url() })

  const get = (id: string): Endpoint | undefined => {
    const row = rows.get(id)
    return row && view(row)
  }

  const set = (id: string, change: Partial<Endpoint>): Endpoint | undefined => {
    const row = rows.get(id)
    if (row === undefined) return undefined
    rows.set(id, { ...row, modified_at: stamp(), ...change })
    return get(id)
  }

  return {
    /** Newest first. */
    list: () => [...rows.values()].reverse().map(view),
    get,
    /** Postern's, as it was last even if it is removed. */
    first: () => get(first.id) ?? view(first),
    add: (input: EndpointInput) => view(add(input)),
    change: (id: string, change: EndpointChange) => set(id, change),
    /** The old secret stops at once. */
    renewSecret: (id: string) => set(id, signature(newSecret())),
    remove: (id: string) => rows.delete(id),
  }
}

export type Endpoints = ReturnType<typeof createEndpoints>
