// HTTP written by hand on a socket: requests that no well-behaved client sends.

import { connect } from 'node:net'
import { onTestFinished } from 'vitest'

const CRLF = '\r\n'

/** The text of a request: its first line and headers, and the body as it stands. */
export const requestText = (
  line: string,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
) =>
  [
    line,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...['', body.toString()],
  ].join(CRLF)

/** Opens a connection to the port of `url`. */
export const openConnection = (url: string) => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let received = ''
  let isClosed = false
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text
  })
  socket.on('error', () => {}) // a reset is one of the ways in which it may end
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true
      resolve()
    })
  })
  onTestFinished(() => {
    socket.destroy()
  })
  return {
    send: (text: string | Buffer) => {
      socket.write(text)
    },
    /** Everything that came back so far. */
    received: () => received,
    isClosed: () => isClosed,
    /** Resolves when the other side has closed the connection. */
    closed,
    /** Resolves once this side's bytes are on their way, and breaks the connection. */
    breakOff: async () => {
      await new Promise<void>((resolve) => {
        if (socket.writableLength === 0 && !socket.connecting) resolve()
        else socket.write('', () => resolve())
      })
      socket.destroy()
      await closed
    },
  }
}

/** Sends one request and answers with what came back, once the other side closes. */
export const exchange = async (url: string, text: string | Buffer) => {
  const connection = openConnection(url)
  connection.send(text)
  await connection.closed
  const answer = connection.received()
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]),
    text: answer,
    body: answer.slice(answer.indexOf(`${CRLF}${CRLF}`) + 4),
  }
}
