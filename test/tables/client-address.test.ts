// Whose address counts, and which addresses count as one.

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
    ['nobody is trusted, whatever the header says', '203.0.113.7', '198.51.100.1', ''],
    ['the connection is no trusted proxy', '203.0.113.7', '198.51.100.1', '10.0.0.0/8'],
    ['there is no header', '203.0.113.7', undefined, '203.0.113.0/24'],
    ['the header is empty', '203.0.113.7', ' , ', '203.0.113.0/24'],
    ['the header is no address', '203.0.113.7', 'unknown', '203.0.113.0/24'],
    ['it is written as IPv6', '::ffff:203.0.113.7', undefined, ''],
  ])("is the connection's where %s", (_, remote, header, ranges) => {
    expect(clientAddress(remote, header, ranges ? trusting(ranges) : undefined)).toBe('203.0.113.7')
  })

  test.each([
    ['one proxy', '10.0.0.1', '198.51.100.1', '10.0.0.0/8'],
    ['two proxies', '10.0.0.1', '198.51.100.1, 10.9.9.9', '10.0.0.0/8'],
    ['a client that writes a header of its own', '10.0.0.1', '1.2.3.4, 198.51.100.1', '10.0.0.0/8'],
    ['one that claims to be a proxy of ours', '10.0.0.1', '10.0.0.2, 198.51.100.1', '10.0.0.0/8'],
    ['a proxy that tells the port', '10.0.0.1', '198.51.100.1:4711', '10.0.0.0/8'],
    ['a proxy by IPv6', '2001:db8::1', '198.51.100.1', '2001:db8::/32'],
    ['a client mapped into IPv6 in hexadecimal', '10.0.0.1', '::ffff:c633:6401', '10.0.0.0/8'],
    ['a proxy mapped into IPv6', '::ffff:10.0.0.1', '::ffff:198.51.100.1', '10.0.0.0/8'],
  ])('is the last that is no trusted proxy: %s', (_, remote, header, ranges) => {
    expect(clientAddress(remote, header, trusting(ranges))).toBe('198.51.100.1')
  })

  test('is the first proxy where all are trusted', () => {
    expect(clientAddress('10.0.0.1', '10.0.0.3, 10.0.0.2', trusting('10.0.0.0/8'))).toBe('10.0.0.3')
  })

  test.each([
    ['in brackets with a port', '[2001:db8:1:2::3]:443'],
    ['bare', '2001:db8:1:2::3'],
    ['with a zone', '2001:db8:1:2::3%eth0'],
  ])('may be an IPv6 address %s', (_, header) => {
    expect(clientAddress('10.0.0.1', header, trusting('10.0.0.1'))).toBe('2001:db8:1:2::3')
  })

  test('is empty, and no error, where there is no connection to ask', () => {
    expect(clientAddress(undefined, '198.51.100.1', trusting('10.0.0.0/8'))).toBe('')
  })
})

describe('one IPv4 address, however it is spelled', () => {
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

  test('with zeros in front is decimal, as who pads means it', () => {
    expect(clientAddress('010.000.000.011', undefined, undefined)).toBe('10.0.0.11')
  })

  test.each(['1', '0x7f.0.0.1', '203.0.113', '203.0.113.256', '3405803783', 'unknown'])(
    'is not %s, which the client may have written',
    (spelling) => {
      expect(clientAddress('10.0.0.1', spelling, trusting('10.0.0.0/8'))).toBe('10.0.0.1')
    },
  )
})

test('one IPv6 address, however it is spelled', () => {
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
  ])('is noticed, with the address of our own network: %s', (remote, proxy) => {
    expect(untrustedProxy(remote, '203.0.113.7', undefined)).toEqual({ proxy })
  })

  test.each(['198.51.100.1', '2a00::1', ''])(
    'is noticed, without an address that may be a customer’s: %s',
    (remote) => {
      expect(untrustedProxy(remote, '203.0.113.7', trusting('10.0.0.0/8'))).toEqual({})
    },
  )

  test('is nothing where there is none, or the proxy is trusted', () => {
    expect(untrustedProxy('10.0.0.1', undefined, undefined)).toBeNull()
    expect(untrustedProxy('10.0.0.1', '203.0.113.7', trusting('10.0.0.0/8'))).toBeNull()
  })
})

describe('counted as one', () => {
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
  ])('%s is of %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
