// Short digests, for what is only ever compared within one customer.

import { createHash } from 'node:crypto'
import { addressHash } from '../runtime/address.ts'

/** 48 bits: two things of one customer are as good as never alike. */
const LENGTH = 8

/** Stands for the id of an order. */
export const orderDigest = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, LENGTH)

/** Stands for an address, the same for every way to write it. */
export const addressDigest = (address: string): string => addressHash(address).slice(0, LENGTH)

export const DIGEST_BYTES = 8

/** Bytes that stand for the id of a subscription, in keys. */
export const subscriptionDigest = (id: string): Buffer =>
  createHash('sha256').update(id).digest().subarray(0, DIGEST_BYTES)
