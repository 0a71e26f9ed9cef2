// The load generator, a separate process: it prepares and signs all requests, reports that it is ready, and fires on command.

import { NAVIGATION } from '../../../src/sandbox/person.ts'
import { PRODUCT, purchase, signed } from '../events.ts'
import { someAddress } from './address.ts'
import { type Answered, openConnection } from './connection.ts'
import type { Fired, Order, Visits } from './fire.ts'

const head = (start: string, headers: object): string => {
  const lines = Object.entries(headers).map(([key, value]) => `${key}: ${value}\r\n`)
  return `${start} HTTP/1.1\r\n${lines.join('')}\r\n`
}

const eventOf = (name: string, { host, pathname }: URL): Buffer => {
  const event = purchase(name, PRODUCT)
  const headers = { host, ...signed(event), 'content-length': `${Buffer.byteLength(event.body)}` }
  return Buffer.from(head(`POST ${pathname}`, headers) + event.body)
}

const visitOf = (path: string, { host }: URL): Buffer =>
  Buffer.from(head(`GET ${path}`, { host, ...NAVIGATION, 'x-forwarded-for': someAddress() }))

const requestsOf = (order: Order | Visits): Buffer[] => {
  const url = new URL(order.url)
  return 'names' in order
    ? order.names.map((name) => eventOf(name, url))
    : order.paths.map((path) => visitOf(path, url))
}

const endingOf = ({ status, head }: Answered) =>
  head.includes('customer_session_token=') ? 'signed in' : `${status}`

const prepare = async (order: Order | Visits) => {
  const requests = requestsOf(order)
  const { port } = new URL(order.url)
  const open = await Promise.all(
    Array.from({ length: order.connections }, () => openConnection(+port)),
  )

  return async (): Promise<Fired> => {
    const latencies: number[] = []
    const statuses: Record<string, number> = {}
    let next = 0
    const began = performance.now()
    const cpu = process.cpuUsage()
    await Promise.all(
      open.map(async ({ send }) => {
        for (let request = requests[next++]; request; request = requests[next++]) {
          const began = performance.now()
          const ending = endingOf(await send(request))
          latencies.push(performance.now() - began)
          statuses[ending] = (statuses[ending] ?? 0) + 1
        }
      }),
    )
    const took = performance.now() - began
    const { user, system } = process.cpuUsage(cpu)
    for (const { close } of open) close()
    return { took, latencies, statuses, cpu: (user + system) / 1000 / took }
  }
}

process.once('message', async (order: Order | Visits) => {
  const fire = await prepare(order)
  process.once('message', async () => {
    process.send?.(await fire(), () => process.disconnect())
  })
  process.send?.('ready')
})
