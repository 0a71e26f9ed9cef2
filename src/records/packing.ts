// The packing of all records.

import { createPacking } from '../redis/packing.ts'

export const recordPacking = createPacking({
  dictionaries: { 1: Buffer.from('{"n":') },
  current: 1,
})
