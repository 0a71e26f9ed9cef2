// The packing of all records, with dictionaries of what they have in common. A version of a dictionary stays here for as long
// as there may be records that are packed with it.

import { createPacking } from '../redis/packing.ts'
import { payloads1 } from './dictionaries/payloads-1.ts'
import { records1 } from './dictionaries/records-1.ts'

/** The packing of messages, outlines of events and customer states. */
export const recordPacking = createPacking({ dictionaries: { 1: records1 }, current: 1 })

/** The packing of what Polar sends. */
export const payloadPacking = createPacking({ dictionaries: { 1: payloads1 }, current: 1 })
