// The load generator, a process of its own: writes and signs all requests first, says so, and fires when told to.

import { PRODUCT, purchase, signed } from '../events.ts'
import { openConnection } from './connection.ts'
import type { Fired, Order } from './fire.ts'

const bytesOf = (name: string, { host, path }: { host: string; path: string }): Buffer => {
  const event = purchase(name, PRODUCT)
  const headers = { host, ...signed(event), 'content-length': `${Buffer.byteLength(event.body)}` }
  const head = Object.entries(headers).map(([key, value]) => `${key}: ${value}\r\n`)
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head.join('')}\r\n${event.body}`)
}

const prepare = async ({ url, connections, names }: Order) => {
  const { host, port, pathname } = new URL(url)
  const requests = names.map((name) => bytesOf(name, { host, path: pathname }))
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(+port)))

  return async (): Promise<Fired> => {
    const latencies: number[] = []
    const statuses: Record<string, number> = {}
    let next = 0
    const began = performance.now()
    const cpu = process.cpuUsage()
    await Promise.all(
      open.map(async ({ ask }) => {
        for (let request = requests[next++]; request; request = requests[next++]) {
          const asked = performance.now()
          const status = await ask(request)
          latencies.push(performance.now() - asked)
          statuses[status] = (statuses[status] ?? 0) + 1
        }
      }),
    )
    const took = performance.now() - began
    const { user, system } = process.cpuUsage(cpu)
    for (const { close } of open) close()
    return { took, latencies, statuses, cpu: (user + system) / 1000 / took }
  }
}

process.once('message', async (order: Order) => {
  const fire = await prepare(order)
  process.once('message', async () => {
    process.send?.(await fire(), () => process.disconnect())
  })
  process.send?.('ready')
})
