// One kept-alive HTTP connection that costs the machine as little as it can: requests are ready bytes, and of an answer only
// its status and its end are looked for.

import { connect, type Socket } from 'node:net'

const HEAD_END = '\r\n\r\n'

/** The status of a whole answer in `text`, or `null` while some of it is missing. */
const answered = (text: string): number | null => {
  const head = text.indexOf(HEAD_END)
  if (head < 0) return null
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))
  const isWhole = length
    ? text.length >= head + HEAD_END.length + Number(length[1])
    : text.endsWith('0\r\n\r\n') // chunked
  return isWhole ? Number(text.slice(9, 12)) : null
}

export const openConnection = (port: number) =>
  new Promise<{ ask: (request: Buffer) => Promise<number>; close: () => void }>(
    (resolve, reject) => {
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.setEncoding('latin1')
      let text = ''
      let settle: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined
      const fail = (error: Error) => {
        settle?.reject(error)
        reject(error)
      }
      socket.on('error', fail)
      socket.on('close', () => fail(new Error('the connection was closed')))
      socket.on('data', (chunk: string) => {
        text += chunk
        const status = answered(text)
        if (status === null) return
        text = ''
        settle?.resolve(status)
      })
      socket.once('connect', () =>
        resolve({
          ask: (request) =>
            new Promise<number>((done, failed) => {
              settle = { resolve: done, reject: failed }
              socket.write(request)
            }),
          close: () => {
            settle = undefined
            socket.destroy()
          },
        }),
      )
    },
  )
