// The address of a client behind proxies, and the addresses that count as one.

import { describe, expect, test } from 'vitest'
import {
  clientAddress,
  networkOf,
  siteOf,
  untrustedProxy,
} from '../../src/runtime/client-address.ts'
import { withSettings } from './settings.ts'

const trusting = (ranges: string) => withSettings({ TRUSTED_PROXIES: ranges }).trustedProxies

describe('the address of a client', () => {
  test.each([
    ['no proxy is trusted', '203.0.113.7', '198.51.100.1', ''],
    ['the connection is from an untrusted address', '203.0.113.7', '198.51.100.1', '10.0.0.0/8'],
    ['there is no header', '203.0.113.7', undefined, '203.0.113.0/24'],
    ['the header is empty', '203.0.113.7', ' , ', '203.0.113.0/24'],
    ['the header is no address', '203.0.113.7', 'unknown', '203.0.113.0/24'],
    ['it is written as IPv6', '::ffff:203.0.113.7', undefined, ''],
  ])("is the connection's if %s", (_, remote, header, ranges) => {
    expect(clientAddress(remote, header, ranges ? trusting(ranges) : undefined)).toBe('203.0.113.7')
  })

  test.each([
    ['one proxy', '10.0.0.1', '198.51.100.1', '10.0.0.0/8'],
    ['two proxies', '10.0.0.1', '198.51.100.1, 10.9.9.9', '10.0.0.0/8'],
    ['a client that writes a header of its own', '10.0.0.1', '1.2.3.4, 198.51.100.1', '10.0.0.0/8'],
    ['a client that claims to be a proxy', '10.0.0.1', '10.0.0.2, 198.51.100.1', '10.0.0.0/8'],
    ['a proxy that adds the port', '10.0.0.1', '198.51.100.1:4711', '10.0.0.0/8'],
    ['a proxy by IPv6', '2001:db8::1', '198.51.100.1', '2001:db8::/32'],
    ['a client mapped into IPv6 in hexadecimal', '10.0.0.1', '::ffff:c633:6401', '10.0.0.0/8'],
    ['a proxy mapped into IPv6', '::ffff:10.0.0.1', '::ffff:198.51.100.1', '10.0.0.0/8'],
  ])('is the last untrusted one: %s', (_, remote, header, ranges) => {
    expect(clientAddress(remote, header, trusting(ranges))).toBe('198.51.100.1')
  })

  test('is the first proxy if all are trusted', () => {
    expect(clientAddress('10.0.0.1', '10.0.0.3, 10.0.0.2', trusting('10.0.0.0/8'))).toBe('10.0.0.3')
  })

  test.each([
    ['in brackets with a port', '[2001:db8:1:2::3]:443'],
    ['bare', '2001:db8:1:2::3'],
    ['with a zone', '2001:db8:1:2::3%eth0'],
  ])('may be an IPv6 address %s', (_, header) => {
    expect(clientAddress('10.0.0.1', header, trusting('10.0.0.1'))).toBe('2001:db8:1:2::3')
  })

  test('is empty without a connection', () => {
    expect(clientAddress(undefined, '198.51.100.1', trusting('10.0.0.0/8'))).toBe('')
  })
})

describe('every spelling of an IPv4 address counts as the same', () => {
  test.each([
    '203.0.113.7',
    '203.000.113.007',
    '::ffff:203.0.113.7',
    '::FFFF:203.0.113.7',
    '::ffff:203.000.113.007',
    '0:0:0:0:0:ffff:203.0.113.7',
    '0000:0000:0000:0000:0000:ffff:cb00:7107',
    '::ffff:cb00:7107',
    '203.0.113.7:4711',
    '[203.0.113.7]',
    '[203.0.113.7]:4711',
    '[::ffff:203.0.113.7]:4711',
    ' 203.0.113.7 ',
  ])('%s', (spelling) => {
    expect(clientAddress(spelling, undefined, undefined)).toBe('203.0.113.7')
    expect(clientAddress('10.0.0.1', spelling, trusting('10.0.0.0/8'))).toBe('203.0.113.7')
  })

  test('and leading zeros do not make it octal', () => {
    expect(clientAddress('010.000.000.011', undefined, undefined)).toBe('10.0.0.11')
  })

  test.each(['1', '0x7f.0.0.1', '203.0.113', '203.0.113.256', '3405803783', 'unknown'])(
    'but %s is no address',
    (spelling) => {
      expect(clientAddress('10.0.0.1', spelling, trusting('10.0.0.0/8'))).toBe('10.0.0.1')
    },
  )
})

test('every spelling of an IPv6 address counts as the same', () => {
  for (const spelling of ['2001:DB8:1:2:0:0:0:3', '2001:0db8:0001:0002::0003', '[2001:db8:1:2::3]'])
    expect(clientAddress(spelling, undefined, undefined)).toBe('2001:db8:1:2::3')
})

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
  ['2001:db8:1:ffff::1', '2001:db8:1'],
  ['203.0.113.7', null],
  ['', null],
])('the site of %s is %s', (address, site) => {
  expect(siteOf(address)).toBe(site)
})

describe('a header from an address that is not trusted', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:172.18.0.3', '172.18.0.3'],
    ['fd00::3', 'fd00::3'],
    ['169.254.1.1', '169.254.1.1'],
    ['100.64.0.1', '100.64.0.1'],
  ])('is reported, with the address if it is on our own network: %s', (remote, proxy) => {
    expect(untrustedProxy(remote, '203.0.113.7', undefined)).toEqual({ proxy })
  })

  test.each(['198.51.100.1', '2a00::1', ''])(
    'is reported without an address that may be a customer’s: %s',
    (remote) => {
      expect(untrustedProxy(remote, '203.0.113.7', trusting('10.0.0.0/8'))).toEqual({})
    },
  )

  test('is not reported if it is missing, or the proxy is trusted', () => {
    expect(untrustedProxy('10.0.0.1', undefined, undefined)).toBeNull()
    expect(untrustedProxy('10.0.0.1', '203.0.113.7', trusting('10.0.0.0/8'))).toBeNull()
  })
})

describe('the network that is limited', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2'],
    ['2001:DB8:1:2:0:0:0:1', '2001:db8:1:2'],
    ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1:2:3:4', 'fe80:0:0:0'],
    ['', ''],
    ['rubbish', 'rubbish'],
  ])('for %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
