// Sends one timed request over a keep-alive connection, with exactly the given headers.

import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

export type TimedResponse = {
  status: number
  location: string
  /** Milliseconds from the request to the end of its answer. */
  took: number
}

export const timedRequest = (
  url: string,
  { method = 'GET', headers, body }: { method?: string; headers: object; body?: string },
): Promise<TimedResponse> =>
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
