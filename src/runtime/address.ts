// What stands for an address wherever the address itself has no business.

import { createHash } from 'node:crypto'

/** 43 characters, the same however an address is written in capitals or spaces. */
export const addressHash = (address: string): string =>
  createHash('sha256').update(address.trim().toLowerCase()).digest('base64url')
