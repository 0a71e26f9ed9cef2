// Somebody who is told things: a local HTTP server that keeps what is posted to it.

import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import type { OnFinished } from './process.ts'

// biome-ignore lint/suspicious/noExplicitAny: what is posted is as free as JSON is
export type Posted = any

/**
 * @param answer the status of each answer by how many posts came before; `null` is none at all.
 */
export const startReceiver = async (
  answer: (before: number) => number | null = () => 200,
  onFinished: OnFinished = onTestFinished,
) => {
  const posts: Posted[] = []
  let heard = () => {}
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request.setEncoding('utf8')) body += piece
    const status = answer(posts.length)
    posts.push(JSON.parse(body))
    heard()
    if (status !== null) response.writeHead(status, { location: '/elsewhere' }).end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/services/hush-hush`,
    posts,
    /** Resolves with the nth post, the first being 1. */
    post: async (nth: number): Promise<Posted> => {
      while (posts.length < nth)
        await new Promise<void>((resolve) => {
          heard = resolve
        })
      return posts[nth - 1]
    },
  }
}
