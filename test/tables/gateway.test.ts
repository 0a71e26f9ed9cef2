import { createSocket } from 'node:dgram'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Gateway, gatewayAmong, isScanning } from '../../src/links/known-gateways.ts'
import { createMailGateways, mxResolver, type ResolveMx } from '../../src/links/mail-gateway.ts'
import { createMovableClock, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { waitOf } from '../support/still-time.ts'

const MIMECAST = ['eu-smtp-inbound-1.mimecast.com', 'eu-smtp-inbound-2.mimecast.com']
const OWN = ['mx.example.com']

const HOSTS: Record<Exclude<Gateway, 'none' | 'unknown'>, string[]> = {
  proofpoint: [
    'mx0a-00112233.pphosted.com',
    'mxa-00112233.gslb.pphosted.com',
    'mxb-00112233.gslb.gpphosted.com',
    'mx1-us1.ppe-hosted.com',
  ],
  mimecast: [
    'us-smtp-inbound-1.mimecast.com',
    'za-smtp-inbound-1.mimecast.co.za',
    'je-smtp-inbound-1.mimecast-offshore.com',
  ],
  barracuda: ['d12345a.ess.barracudanetworks.com', 'd12345b.ess.de.barracudanetworks.com'],
  cisco: ['mx1.hc123-45.iphmx.com', 'mx.eu.etd.cisco.com'],
  trend_micro: [
    'acme.in.tmes.trendmicro.com',
    'acme.in.tmes.trendmicro.eu',
    'in.hes.trendmicro.com',
  ],
  sophos: ['mx-01-eu-west-1.prod.hydra.sophos.com'],
  symantec: ['cluster1.eu.messagelabs.com', 'cluster1a.eu.messagelabs.com'],
  forcepoint: ['cust1234-1.in.mailcontrol.com'],
  trellix: ['primary.us.email.fireeyecloud.com'],
  hornetsecurity: ['mx01.hornetsecurity.com', 'mx23a.antispameurope.com'],
  titanhq: ['cloud15.spamtitan.com'],
  fortinet: ['acme-com.fortimailcloud.com'],
  cloudflare: ['mailstream-east.mxrecord.io', 'mailstream-central.mxrecord.mx'],
  microsoft: [
    'acme-com.mail.protection.outlook.com',
    'outlook-com.olc.protection.outlook.com',
    'hotmail-com.olc.protection.outlook.com',
    'acme-com.o-v1.mx.microsoft',
    'acme-gov.mail.protection.office365.us',
    'acme-cn.mail.protection.partner.outlook.cn',
  ],
}

describe('a host of an MX record', () => {
  test.each(
    Object.entries(HOSTS).flatMap(([gateway, hosts]) => hosts.map((host) => [gateway, host])),
  )('is a gateway of %s: %s', (gateway, host = '') => {
    expect(gatewayAmong([host])).toBe(gateway)
    expect(gatewayAmong([`${host.toUpperCase()}.`])).toBe(gateway)
    expect(gatewayAmong([...OWN, host])).toBe(gateway)
  })

  test.each([
    'evil-pphosted.com',
    'mx.evil-pphosted.com',
    'mx.pphosted.com.evil.example.org',
    'pphosted.com.example.org',
    'notmimecast.com',
    'mimecast.com-mail.example.org',
    'out.mailcontrol.com',
    'route1.mx.cloudflare.net',
    'mx.microsoft.example.org',
    'outlook.com',
    'aspmx.l.google.com',
    'mx.example.com',
    '.',
    '',
  ])('is no gateway when it only looks like one: %j', (host) => {
    expect(gatewayAmong([host])).toBe('none')
  })

  test('outranks the mailbox behind it', () => {
    const hosts = ['acme-com.mail.protection.outlook.com', 'd1a.ess.barracudanetworks.com']
    expect(gatewayAmong(hosts)).toBe('barracuda')
  })
})

test('only a known gateway opens links', () => {
  expect(isScanning('titanhq')).toBe(true)
  for (const gateway of ['none', 'unknown'] as const) expect(isScanning(gateway)).toBe(false)
})

/** Mail gateways over a resolver, with the domains that were looked up. */
const gateways = (resolveMx: ResolveMx) => {
  const asked: string[] = []
  const clock = createMovableClock()
  const noting: ResolveMx = (domain) => {
    asked.push(domain)
    return resolveMx(domain)
  }
  return { ...createMailGateways({ resolveMx: noting, clock }), asked, clock }
}

const hanging: ResolveMx = () => new Promise(() => {})
const failing: ResolveMx = async () => {
  throw Object.assign(new Error('queryMx ESERVFAIL'), { code: 'ESERVFAIL' })
}

describe('the gateway of an address', () => {
  test('is that of its domain, which is looked up once in six hours', async () => {
    const { gatewayOf, asked, clock } = gateways(async () => MIMECAST)
    expect(await gatewayOf('ann@a.example.com')).toBe('mimecast')
    expect(await gatewayOf('Bob <3@A.Example.COM.')).toBe('mimecast')
    clock.advance(6 * HOUR - MINUTE)
    expect(await gatewayOf('ann@a.example.com')).toBe('mimecast')
    expect(asked).toEqual(['a.example.com'])
    clock.advance(MINUTE)
    await gatewayOf('ann@a.example.com')
    expect(asked).toHaveLength(2)
  })

  test('is looked up by the ASCII name of the domain', async () => {
    const { gatewayOf, asked } = gateways(async () => MIMECAST)
    expect(await gatewayOf('ann@Müller.example.com')).toBe('mimecast')
    expect(await gatewayOf('ann@xn--mller-kva.example.com')).toBe('mimecast')
    expect(asked).toEqual(['xn--mller-kva.example.com'])
  })

  test('is looked up by an ASCII name as it is, even with an invalid encoding', async () => {
    const { gatewayOf, asked } = gateways(async () => MIMECAST)
    expect(await gatewayOf('ann@xn--a.com')).toBe('mimecast')
    expect(await gatewayOf('ann@xn--a.müller.com')).toBe('unknown')
    expect(asked).toEqual(['xn--a.com'])
  })

  test('is none without an MX record, with a null MX, and with another host', async () => {
    const answers: Record<string, string[]> = { 'a.example.com': [], 'b.example.com': [''] }
    const { gatewayOf } = gateways(async (domain) => answers[domain] ?? OWN)
    for (const name of ['a', 'b', 'c'])
      expect(await gatewayOf(`ann@${name}.example.com`)).toBe('none')
  })

  test.each([
    '',
    '@',
    'ann',
    'ann@',
    '@example.com',
    'ann@localhost',
    'ann@[192.0.2.1]',
    'ann@[IPv6:2001:db8::1]',
    'ann@192.0.2.1',
    'ann@0x7f.1',
    'ann@a..example.com',
    'ann@a.example.com/b',
    'ann@a.example.com?b',
    'ann@a b.example.com',
    'ann@%61.example.com',
    `ann@${'a'.repeat(64)}.example.com`,
    `ann@${'a.'.repeat(130)}example.com`,
    `${'@'.repeat(50_000)}/`,
  ])('is unknown for an address without a domain to look up: %j', async (address) => {
    const { gatewayOf, asked } = gateways(async () => MIMECAST)
    expect(await gatewayOf(address)).toBe('unknown')
    expect(asked).toEqual([])
  })

  test('is looked up once for many emails at the same time', async () => {
    const { gatewayOf, asked } = gateways(async () => MIMECAST)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => gatewayOf(`ann${n}@a.example.com`)),
    )
    expect(new Set(answers)).toEqual(new Set(['mimecast']))
    expect(asked).toHaveLength(1)
  })

  test('is cached for a limited number of domains', async () => {
    const { gatewayOf, asked } = gateways(async () => OWN)
    for (let n = 0; n <= 10_000; n += 1) await gatewayOf(`ann@d${n}.example.com`)
    await gatewayOf('ann@d10000.example.com')
    expect(asked).toHaveLength(10_001)
    await gatewayOf('ann@d0.example.com')
    expect(asked).toHaveLength(10_002)
  })
})

describe('when DNS fails', () => {
  test('the gateway is unknown, and is looked up again after five minutes', async () => {
    const { gatewayOf, asked, clock } = gateways(failing)
    expect(await gatewayOf('ann@a.example.com')).toBe('unknown')
    clock.advance(4 * MINUTE)
    expect(await gatewayOf('ann@a.example.com')).toBe('unknown')
    expect(asked).toHaveLength(1)
    clock.advance(MINUTE)
    await gatewayOf('ann@a.example.com')
    expect(asked).toHaveLength(2)
  })

  test('the gateway that was known before is kept', async () => {
    let resolve: ResolveMx = async () => MIMECAST
    const { gatewayOf, clock } = gateways((domain) => resolve(domain))
    await gatewayOf('ann@a.example.com')
    for (const trouble of [failing, hanging]) {
      resolve = trouble
      clock.advance(7 * HOUR)
      expect(await gatewayOf('ann@a.example.com')).toBe('mimecast')
    }
  })

  test('a resolver that throws at once causes no rejection', async () => {
    const { gatewayOf } = gateways(() => {
      throw new TypeError('no such thing')
    })
    expect(await gatewayOf('ann@a.example.com')).toBe('unknown')
  })
})

describe('when DNS hangs', () => {
  test('an email waits a quarter of a second, and the next to that domain not at all', async () => {
    const { gatewayOf, asked } = gateways(hanging)
    const first = await waitOf(async () => {
      expect(await gatewayOf('ann@a.example.com')).toBe('unknown')
    })
    expect(first).toBe(SECOND / 4)
    const thousand = await waitOf(async () => {
      for (let n = 0; n < 1000; n += 1) await gatewayOf(`ann${n}@a.example.com`)
    })
    expect(thousand).toBe(0)
    expect(asked).toHaveLength(1)
  })

  test('an answer too late for one email is used for the next', async () => {
    let answer = (_: string[]) => {}
    const { gatewayOf, asked } = gateways(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    expect(await gatewayOf('ann@a.example.com')).toBe('unknown')
    answer(MIMECAST)
    await expect.poll(() => gatewayOf('ann@a.example.com')).toBe('mimecast')
    expect(asked).toHaveLength(1)
  })

  test('a thousand emails to a thousand domains wait a second in all, one after the other', async () => {
    const { gatewayOf, asked } = gateways(hanging)
    const waited = await waitOf(async () => {
      for (let n = 0; n < 1000; n += 1)
        expect(await gatewayOf(`ann@d${n}.example.com`)).toBe('unknown')
    })
    expect(waited).toBeLessThanOrEqual(SECOND)
    expect(asked).toHaveLength(20)
  })

  test('a thousand emails at once wait no longer than one', async () => {
    const { gatewayOf, asked } = gateways(hanging)
    const waited = await waitOf(() =>
      Promise.all(Array.from({ length: 1000 }, (_, n) => gatewayOf(`ann@d${n}.example.com`))),
    )
    expect(waited).toBeLessThanOrEqual(SECOND / 4)
    expect(asked).toHaveLength(20)
  })

  test('one domain that hangs does not shorten the wait for others', async () => {
    const { gatewayOf } = gateways((domain) =>
      domain === 'a.example.com'
        ? hanging(domain)
        : new Promise((resolve) => setTimeout(resolve, 20, MIMECAST)),
    )
    await Promise.all(Array.from({ length: 50 }, (_, n) => gatewayOf(`ann${n}@a.example.com`)))
    expect(await gatewayOf('ann@b.example.com')).toBe('mimecast')
  })

  test('look-ups go on, and emails wait for them again once DNS is quick', async () => {
    let resolve = hanging
    const { gatewayOf, clock } = gateways((domain) => resolve(domain))
    for (let n = 0; n < 30; n += 1) await gatewayOf(`ann@d${n}.example.com`)
    resolve = async () => MIMECAST
    expect(await gatewayOf('ann@e.example.com')).toBe('unknown')
    clock.advance(MINUTE)
    await gatewayOf('ann@e.example.com')
    await expect.poll(() => gatewayOf('ann@e.example.com')).toBe('mimecast')
    expect(await gatewayOf('ann@f.example.com')).toBe('mimecast')
  })
})

/**
 * A DNS server that answers every question with a response code and these MX hosts; `''` is the
 * root.
 */
const dnsServer = async (code: number, hosts: readonly string[] = []) => {
  const questions: string[] = []
  const socket = createSocket('udp4')
  const nameOf = (host: string) =>
    Buffer.concat([
      ...host
        .split('.')
        .filter(Boolean)
        .map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
      Buffer.from([0]),
    ])
  socket.on('message', (query, from) => {
    let end = 12
    const labels: string[] = []
    for (let length = query[end] ?? 0; length > 0; length = query[end] ?? 0) {
      labels.push(query.toString('ascii', end + 1, end + 1 + length))
      end += length + 1
    }
    questions.push(labels.join('.'))
    const header = Buffer.from(query.subarray(0, 12))
    header.writeUInt16BE(0x8180 | code, 2)
    header.writeUInt16BE(hosts.length, 6)
    header.writeUInt32BE(0, 8)
    const records = hosts.map((host) => {
      const name = nameOf(host)
      // Compressed owner, type MX, class IN, time to live, length, preference.
      const fixed = Buffer.from([0xc0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, name.length + 2, 0, 10])
      return Buffer.concat([fixed, name])
    })
    socket.send(Buffer.concat([header, query.subarray(12, end + 5), ...records]), from.port)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    socket.close()
  })
  return { server: `127.0.0.1:${socket.address().port}`, questions }
}

/** A domain outside the reserved ones. Only the server on this machine is asked about it. */
const DOMAIN = 'mail.acme-not-registered.com'

describe('the resolver', () => {
  test('returns the hosts of the MX records', async () => {
    const { server, questions } = await dnsServer(0, MIMECAST)
    expect([...(await mxResolver([server])(DOMAIN))].toSorted()).toEqual(MIMECAST)
    expect(questions).toEqual([DOMAIN])
  })

  test.each([
    ['there is no such domain', 3, []],
    ['the domain has no MX record', 0, []],
    ['the domain has a null MX', 0, ['']],
  ])('leads to none when %s', async (_, code, hosts) => {
    const { server } = await dnsServer(code, hosts)
    const { gatewayOf } = gateways(mxResolver([server]))
    expect(await gatewayOf(`ann@${DOMAIN}`)).toBe('none')
  })

  test.each([
    ['fails', 2],
    ['refuses', 5],
  ])('leads to unknown when the server %s', async (_, code) => {
    const { server } = await dnsServer(code)
    const { gatewayOf } = gateways(mxResolver([server]))
    expect(await gatewayOf(`ann@${DOMAIN}`)).toBe('unknown')
  })

  test.each([
    'example.com',
    'a.example.com',
    'example.net',
    'example.org',
    'acme.test',
    'acme.example',
    'acme.invalid',
    'acme.localhost',
    'printer.local',
  ])('does not look up a reserved name: %s', async (domain) => {
    const { server, questions } = await dnsServer(0, MIMECAST)
    expect(await mxResolver([server])(domain)).toEqual([])
    expect(questions).toEqual([])
  })

  test.each(['notexample.com', 'example.com.de', 'test.de', 'latest'])(
    'looks up a name that only looks reserved: %s',
    async (domain) => {
      const { server } = await dnsServer(0, MIMECAST)
      expect(await mxResolver([server])(domain)).toHaveLength(2)
    },
  )
})
