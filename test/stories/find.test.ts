// An operator finds a message by whatever is known of it, and reads what happened to it.

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createEvents } from '../../src/sandbox/polar/events.ts'
import { runCommand } from '../support/command.ts'
import { bought, messageOf } from '../support/mailed.ts'
import { startTestSystem } from '../support/system.ts'

test('a message is found by address, ids and itself, with its timeline and without an address', async () => {
  const system = await startTestSystem()
  const email = 'mara.lindqvist@example.com'
  const { customerId, mail } = await bought(system, email)
  await bought(system, 'theo.okafor@example.com')
  const id = messageOf(mail)
  const { out: found } = await runCommand('find', system.environment, [id])
  const order = /order\/([\w-]{36})\/purchase/.exec(found)?.[1]
  const event = /Event received: order\.paid (\S+)/.exec(found)?.[1]
  const invoice = /Invoice (\S+)/.exec(mail.text ?? '')?.[1]
  const texts = [
    id,
    email,
    'Mara.Lindqvist@EXAMPLE.com',
    customerId,
    order,
    mail.id,
    event,
    invoice,
  ]
  for (const text of texts as string[]) {
    const { code, out, err } = await runCommand('find', system.environment, [text])
    expect({ text, code, err }).toEqual({ text, code: 0, err: '' })
    expect(out.match(/msg_[\w-]{44} {2}Order confirmation {2}Delivered/g)).toEqual([
      `${id}  Order confirmation  Delivered`,
    ])
    const steps = [...out.matchAll(/^ {2}\S+ \S+ UTC {2}([\w ]+)/gm)].map(([, step]) => step)
    expect([...new Set(steps)]).toEqual([
      ...['Event received', 'Event interpreted', 'Message decided', 'Email composed'],
      ...['Accepted by Resend', 'Resend reports'],
    ])
    expect(out).toContain(`Commands that help:\n  npm run resend -- ${id} --same  sends the same`)
    expect(out).not.toContain('example.com')
  }
})

test('a message is found by the external id of its customer, though its event names none', async () => {
  const system = await startTestSystem({ environment: { SEND_MODE: 'hold' } })
  const events = createEvents()
  const ann = { id: randomUUID(), email: 'ann@example.com', created_at: new Date().toISOString() }
  for (const external_id of ['user_42', null]) {
    await system.polarWorld.deliver(events.orderPaid({ customer: { ...ann, external_id } }))
    await system.settle()
  }
  const { out } = await runCommand('find', system.environment, ['user_42'])
  expect(out.match(/^msg_\S+ {2}Order confirmation/gm)).toHaveLength(2)
})

test('events that led to no message are found with the reason', async () => {
  const system = await startTestSystem()
  const { customerId } = await bought(system, 'mara.lindqvist@example.com')
  const { out } = await runCommand('find', system.environment, [customerId])
  expect(out).toMatch(/event \S+ {2}\S+ \S+ UTC {2}order\.created {2}\w[^(]+\. \(/)
  expect(out).toMatch(
    /event \S+ {2}\S+ \S+ UTC {2}order\.paid {2}It led to one message\.\n {2}msg_/,
  )
})

test('what is not stored is said not to be, with exit code 1', async () => {
  const system = await startTestSystem()
  const unknown = await runCommand('find', system.environment, ['nobody@example.com'])
  const says = /^Nothing is stored .* a whole address, .*\n.* A name of a person finds nothing\./
  expect(unknown).toEqual({ code: 1, out: '', err: expect.stringMatching(says) })
  const nothing = await runCommand('find', system.environment)
  expect([nothing.code, nothing.err.includes('npm run find -- ')]).toEqual([1, true])
})
