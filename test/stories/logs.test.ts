// The log lines about one message, found by its id.

import { expect, test } from 'vitest'
import { visit } from '../../src/sandbox/person.ts'
import { mailed } from '../support/links.ts'
import { messageOf } from '../support/mailed.ts'
import { startTestSystem } from '../support/system.ts'

test('the log lines with a message id tell its whole story, each with its event', async () => {
  const system = await startTestSystem({ environment: { LINK_SETTLE_SECONDS: '0' } })
  const { link, mail } = await mailed(system)
  await visit(link)
  system.polarWorld.fault = () => ({ status: 500 })
  await visit(link)
  system.polarWorld.fault = undefined
  const id = messageOf(mail)
  const lines = system.logs().filter((line) => JSON.stringify(line).includes(id))
  const steps = ['event interpreted', 'message accepted', 'delivery reported', 'link visited']
  expect(lines.map(({ msg }) => msg).filter((msg) => steps.includes(msg as string))).toEqual([
    ...['event interpreted', 'message accepted'],
    ...['delivery reported', 'delivery reported', 'link visited', 'link visited'],
  ])
  expect(lines.map(({ msg }) => msg)).toContain('session not minted')
  const [interpreted, ...others] = lines
  expect(interpreted).toMatchObject({ messages: [id] })
  for (const line of others) expect(line).toMatchObject({ message: id, event: interpreted?.event })
  const visited = others.filter(({ msg }) => msg === 'link visited')
  expect(visited.map(({ link, ending }) => [typeof link, ending])).toEqual([
    ['string', 'signed_in'],
    ['string', 'polar_unavailable'],
  ])
})

test('a message that fails says so under its id, and names its event', async () => {
  const system = await startTestSystem()
  system.resendWorld.fault = () => ({
    status: 422,
    body: { name: 'validation_error', statusCode: 422, message: 'Invalid `to` field.' },
  })
  await system.polarWorld.scenario.purchase({ customer: { email: 'theo@example.com' } })
  await system.settle()
  const lines = system.logs()
  const failed = lines.find(({ msg }) => msg === 'message failed')
  const interpreted = lines.find(({ messages }) => Array.isArray(messages))
  expect(failed?.event).toBe(interpreted?.event)
  expect(interpreted?.messages).toEqual([failed?.message])
})
