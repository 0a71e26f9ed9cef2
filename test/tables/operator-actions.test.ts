// The actions of operators are noted with their results. One that has none is noted as not finished.

import { expect, test } from 'vitest'
import { exampleBrand } from '../../emails/brand.example.ts'
import { createReplaying } from '../../src/cli/replaying.ts'
import { customersSection } from '../../src/console/pages/customers/section.tsx'
import { eventsSection } from '../../src/console/pages/events/section.tsx'
import { createOperatorActions, type NoteAct } from '../../src/operator/actions.ts'
import { createCheckConfiguration } from '../../src/operator/check-configuration.ts'
import { createErasing } from '../../src/operator/erasing.ts'
import { createStartAndStop } from '../../src/operator/long-work/start-and-stop.ts'
import { createPreviews } from '../../src/operator/previews.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

test('an action whose process dies on the way is noted as not finished, once', async () => {
  const clock = stoppedClock()
  const actions = createOperatorActions(redis, clock)
  const { result, perform } = actions.noteBy('console')
  const message = 'msg_1'
  await perform({ action: 'links revoked', message }, () =>
    result({ act: 'links revoked', message }),
  )
  const died = async () => {
    throw new Error('as if its process died here')
  }
  await perform({ action: 'customer erased' }, died).catch(() => {})
  expect(await actions.take()).toMatchObject([{ act: 'links revoked', message }])

  clock.advance(10 * MINUTE)
  const notFinished = { act: 'action not finished', action: 'customer erased', by: 'console' }
  const workers = [actions, createOperatorActions(redis, clock)]
  const taken = await Promise.all(workers.map(({ take }) => take()))
  expect(taken.flat()).toMatchObject([notFinished])
  expect((await actions.newest(10)).map(({ act }) => act)).toEqual([
    'action not finished',
    'links revoked',
  ])
})

const dies = async (): Promise<never> => {
  throw new Error('as if its process died here')
}

const event = { id: 'an event', outcome: { messages: [] }, body: Buffer.from('{}') }
const events = { load: async () => event }
const eventLifetimes = { reopen: dies }

const startAndStop = (note: NoteAct) =>
  createStartAndStop({ store: { begin: dies, stop: dies }, note })

const ID = '992fae2a-2a17-4b7a-8d9e-8a4f2a4a9a55'

const sample = { kind: 'order_confirmation', language: 'en' } as const

/** Each meets a process that dies in the act itself. */
const ACTS: Record<string, (note: NoteAct) => unknown> = {
  'long work started': (note) =>
    startAndStop(note).start({ what: 'reindex' }, { by: 'console', from: 'a test' }),
  'long work stopped': (note) => startAndStop(note).stop({ id: 'it', order: { what: 'reindex' } }),
  'events replayed': (note) =>
    createReplaying({
      ...{ events, eventLifetimes, note, clock: stoppedClock() },
      ...{ complete: async () => ({ ignored: 'unreadable', because: 'a test' }) },
    } as never)({ isToDo: true, ids: ['an event'] }),
  'events replayed, in the console': (note) =>
    eventsSection({ events, eventLifetimes, note } as never)
      .onError((error) => {
        throw error
      })
      .request('/console/events/it/replay', { method: 'POST' }),
  'configuration checked': (note) =>
    createCheckConfiguration({ check: dies, take: async () => null, note })(),
  'customer exported': (note) => {
    const parts = { exportCustomer: dies, note } as never
    return customersSection(parts)
      .onError((error) => {
        throw error
      })
      .request(`/console/customers/${ID}/export`, { method: 'POST' })
  },
  'customer erased': (note) => createErasing({ erase: dies, note, by: 'command' })(ID),
  'test email sent': (note) =>
    createPreviews({
      ...{ note, sendMode: 'live', portalUrl: 'https://links.example.com/portal' },
      brandOf: async () => ({ brand: exampleBrand }),
      sender: { from: 'Larkspur <billing@example.com>', replyTo: null },
      isAllowed: () => true,
      suppressions: { isSuppressed: async () => null },
      rateLimiter: { acquire: dies, departed: dies, backOff: dies },
      resend: { send: dies },
    }).sendTest(sample, 'ann@example.com'),
}

test.each(Object.entries(ACTS))('the intent is noted before the act: %s', async (name, act) => {
  const clock = stoppedClock()
  const actions = createOperatorActions(redis, clock)
  await actions.take()
  await expect(act(actions.noteBy('command'))).rejects.toThrow('as if its process died here')
  clock.advance(10 * MINUTE)
  const [action] = name.split(', ')
  expect(await createOperatorActions(redis, clock).take()).toMatchObject([
    { act: 'action not finished', action, by: 'command' },
  ])
})
