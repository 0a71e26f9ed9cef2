// Short digests, for what is only ever compared within one customer.

import { createHash } from 'node:crypto'
import { addressHash } from '../runtime/address.ts'

/** 48 bits: two things of one customer are as good as never alike. */
const LENGTH = 8

/** Stands for the id of an order or a subscription. */
export const shortDigest = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, LENGTH)

/** Stands for an address, the same for every way to write it. */
export const addressDigest = (address: string): string => addressHash(address).slice(0, LENGTH)
