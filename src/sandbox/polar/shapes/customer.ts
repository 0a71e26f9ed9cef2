// Builds customers and members in the full shape that Polar sends. All of them are invented.

import { randomUUID } from 'node:crypto'
import type { Stamp } from '../instants.ts'
import type { Customer, Member } from './rows.ts'

export type CustomerInput = Partial<Customer>

/** An individual with a name and an address at example.com, unless `input` says otherwise. */
export const customer = (
  stamp: Stamp,
  organizationId: string,
  input: CustomerInput = {},
): Customer => {
  const team = input.type === 'team'
  const name = input.name ?? (team ? 'Brackenfield Studios GmbH' : 'Mara Lindqvist')
  const id = input.id ?? randomUUID()
  return {
    id,
    created_at: stamp(),
    modified_at: null,
    metadata: {},
    external_id: null,
    email: team ? null : `${dotted(name)}@example.com`,
    email_verified: !team,
    type: 'individual',
    name,
    billing_name: name,
    billing_address: {
      line1: 'Fabriksgatan 14',
      line2: null,
      postal_code: '412 51',
      city: 'Göteborg',
      state: null,
      country: 'SE',
    },
    tax_id: null,
    locale: null,
    organization_id: organizationId,
    default_payment_method_id: null,
    deleted_at: null,
    first_user_event_at: null,
    avatar_url: null,
    ...input,
  }
}

export type MemberInput = Partial<Member>

export const member = (stamp: Stamp, customerId: string, input: MemberInput = {}): Member => {
  const name = input.name ?? 'Katrin Vogt'
  return {
    id: randomUUID(),
    created_at: stamp(),
    modified_at: null,
    customer_id: customerId,
    email: `${dotted(name)}@example.com`,
    name,
    external_id: null,
    role: 'owner',
    ...input,
  }
}

/** `Mara Lindqvist` → `mara.lindqvist`; only ASCII letters are kept. */
const dotted = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim()
    .replace(/ +/g, '.') || 'customer'
