// Whether EMAIL_ALLOWLIST lets an address be mailed.

import { comparableAddress, mailDomain } from '../runtime/address.ts'

const entryOf = (entry: string): string => {
  const domain = entry.replace(/^@/, '')
  return domain.includes('@') ? comparableAddress(entry) : (mailDomain(domain) ?? domain)
}

/** Whether an address, or its domain, is on the list. */
export const createIsAllowed = (allowlist: readonly string[] | undefined) => {
  const entries = allowlist && new Set(allowlist.map(entryOf))
  return (address: string): boolean => {
    const own = comparableAddress(address)
    return !entries || entries.has(own) || entries.has(own.slice(own.lastIndexOf('@') + 1))
  }
}
