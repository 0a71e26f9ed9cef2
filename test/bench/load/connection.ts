// One keep-alive HTTP connection at minimal cost: requests are prepared bytes, and it reads only the head and the end of an
// answer.

import { connect, type Socket } from 'node:net'

const HEAD_END = '\r\n\r\n'

export type Answered = { status: number; head: string }

/** The status and the head of a complete answer in `text`; `null` if it is incomplete. */
const answered = (text: string): Answered | null => {
  const end = text.indexOf(HEAD_END)
  if (end < 0) return null
  const head = text.slice(0, end)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)
  const isWhole = length
    ? text.length >= end + HEAD_END.length + Number(length[1])
    : text.endsWith('0\r\n\r\n') // chunked
  return isWhole ? { status: Number(text.slice(9, 12)), head } : null
}

export const openConnection = (port: number) =>
  new Promise<{ send: (request: Buffer) => Promise<Answered>; close: () => void }>(
    (resolve, reject) => {
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.setEncoding('latin1')
      let text = ''
      let settle:
        | { resolve: (answer: Answered) => void; reject: (error: Error) => void }
        | undefined
      const fail = (error: Error) => {
        settle?.reject(error)
        reject(error)
      }
      socket.on('error', fail)
      socket.on('close', () => fail(new Error('the connection was closed')))
      socket.on('data', (chunk: string) => {
        text += chunk
        const answer = answered(text)
        if (answer === null) return
        text = ''
        settle?.resolve(answer)
      })
      socket.once('connect', () =>
        resolve({
          send: (request) =>
            new Promise<Answered>((done, failed) => {
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
