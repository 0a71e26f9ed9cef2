// The packing of all records.

import { createPacking } from '../redis/packing.ts'

export const recordPacking = createPacking({
  dictionaries: { 1: Buffer.from('{"n":') },
  current: 1,
})

/** The packing of what Polar sends. */
export const payloadPacking = createPacking({
  dictionaries: { 1: Buffer.from('{"type":"') },
  current: 1,
})
