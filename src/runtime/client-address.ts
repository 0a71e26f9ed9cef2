// Who is at the other end: the address of the connection, or the one that proxies we trust say it is.

import { type BlockList, isIP } from 'node:net'

const MAPPED = /^::ffff:(?=\d+\.)/i
const MAPPED_IN_HEX = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/i

const dotted = (_: string, high: string, low: string) =>
  [high, low]
    .flatMap((group) => {
      const value = Number.parseInt(group, 16)
      return [value >> 8, value & 255]
    })
    .join('.')

/** An address without what proxies write around it: a port, brackets, a zone, IPv4 mapped into IPv6. */
const bare = (text: string): string => {
  const trimmed = text.trim()
  const [, inBrackets] = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed) ?? []
  const [, beforePort] = /^([\d.]+):\d+$/.exec(trimmed) ?? []
  return (inBrackets ?? beforePort ?? trimmed)
    .replace(/%.*$/, '')
    .replace(MAPPED, '')
    .replace(MAPPED_IN_HEX, dotted)
}

const isTrusted = (address: string, trusted: BlockList | undefined) => {
  const family = isIP(address)
  return family !== 0 && (trusted?.check(address, family === 6 ? 'ipv6' : 'ipv4') ?? false)
}

/**
 * The client's address: from the connection backwards through `X-Forwarded-For`, the first that is no trusted proxy. What
 * stands before that one anybody may have written.
 * @param remote the address of the connection.
 * @param forwardedFor the header as it came.
 * @param trusted proxies whose word is taken; without it nobody's is.
 */
export const clientAddress = (
  remote: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList | undefined,
): string => {
  const hops = (forwardedFor ?? '').split(',').map(bare).filter(Boolean)
  let address = bare(remote ?? '')
  while (isTrusted(address, trusted)) {
    const before = hops.pop()
    if (before === undefined || isIP(before) === 0) break
    address = before
  }
  return address
}

const NETWORK_GROUPS = 4

/** Who is counted as one: an IPv4 address, or the network of 64 bits that an IPv6 subscriber has to itself. */
export const networkOf = (address: string): string => {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length
  return [...groups, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...after]
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
