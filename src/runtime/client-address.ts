// Finds the address of a client: that of the connection, or the one that trusted proxies name.

import { type BlockList, isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** A client as it is counted: by its network, and by the site of that network, if there is one. */
export type Client = { network: string; site: string | null }

/** Some proxies pad with zeros. They mean ten by `010`, not eight. */
const withoutZeros = (text: string) =>
  text.replace(/(?:\d{1,9}\.){3}\d{1,9}$/, (quad) => quad.split('.').map(Number).join('.'))

/**
 * An address in its canonical spelling, without a port, brackets, a zone, or the IPv6 form of an IPv4 address. Any other text
 * stays as it is.
 */
const plain = (text: string): string => {
  const trimmed = text.trim()
  const [, inBrackets] = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed) ?? []
  const [, beforePort] = /^([\d.]+):\d+$/.exec(inBrackets ?? trimmed) ?? []
  const bare = (beforePort ?? inBrackets ?? trimmed).replace(/%.*$/, '')
  const address = withoutZeros(bare)
  return isIP(address) === 0 ? bare : ipaddr.process(address).toString()
}

const isTrusted = (address: string, trusted: BlockList | undefined) => {
  const family = isIP(address)
  return family !== 0 && (trusted?.check(address, family === 6 ? 'ipv6' : 'ipv4') ?? false)
}

/**
 * The client's address: from the connection backwards through `X-Forwarded-For`, the first that is no trusted proxy. Anybody
 * may have written the entries before that one.
 * @param remote the address of the connection.
 * @param forwardedFor the header as it came.
 * @param trusted proxies whose header is believed; without it, none.
 */
export const clientAddress = (
  remote: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList | undefined,
): string => {
  const hops = (forwardedFor ?? '').split(',').map(plain).filter(Boolean)
  let address = plain(remote ?? '')
  while (isTrusted(address, trusted)) {
    const before = hops.pop()
    if (before === undefined || isIP(before) === 0) break
    address = before
  }
  return address
}

/** Ranges of a company's own network and of one machine: an operator's proxy, never a customer. */
const OWN = new Set(['private', 'loopback', 'linkLocal', 'uniqueLocal', 'carrierGradeNat'])

/** Whether `X-Forwarded-For` came from an address that is not trusted, and that address where it can be nobody's but our own. */
export const untrustedProxy = (
  remote: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList | undefined,
): { proxy?: string } | null => {
  const address = plain(remote ?? '')
  if (!forwardedFor || isTrusted(address, trusted)) return null
  const isOwn = isIP(address) !== 0 && OWN.has(ipaddr.parse(address).range())
  return isOwn ? { proxy: address } : {}
}

/** The first groups of an IPv6 address; `null` for any other text. */
const groupsOf = (address: string, groups: number): string | null => {
  if (isIP(address) !== 6) return null
  const parsed = ipaddr.IPv6.parse(address)
  return parsed.parts
    .slice(0, groups)
    .map((group) => group.toString(16))
    .join(':')
}

/** The network that counts as one client: an IPv4 address, or the 64 bits that an IPv6 subscriber has. */
export const networkOf = (address: string): string => groupsOf(address, 4) ?? address

/** The 48 bits that an IPv6 site has; `null` for IPv4. */
export const siteOf = (address: string): string | null => groupsOf(address, 3)
