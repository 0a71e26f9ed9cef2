// One timed request over kept-alive connections, with exactly the headers it is given.

import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

export type Asked = {
  status: number
  location: string
  /** From the request to the end of its answer, in milliseconds. */
  took: number
}

export const ask = (
  url: string,
  { method = 'GET', headers, body }: { method?: string; headers: object; body?: string },
): Promise<Asked> =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const sent = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume()
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? '',
          took: performance.now() - began,
        }),
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
