// Keyed digests of what records are found by: an address or an id of Polar's. Without the secret nobody can tell from the
// index who is in it.

import { createHmac, createSecretKey, hkdfSync } from 'node:crypto'

const BYTES = 4

/** @param secrets the first makes new entries, all find: a secret can be replaced. */
export const createTermDigests = (secrets: readonly Buffer[]) => {
  // Made into keys once: `createHmac` takes several times as long with bytes.
  const keys = secrets.map((secret) =>
    createSecretKey(
      Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'postern index v1', 32)),
    ),
  )
  return (term: string): Buffer[] =>
    keys.map((key) => createHmac('sha256', key).update(term).digest().subarray(0, BYTES))
}
