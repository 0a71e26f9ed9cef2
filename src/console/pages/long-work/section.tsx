// The routes of long work. Work that would send mail is looked at first: only after a dry run can the same be done.

import { Hono } from 'hono'
import { windowOf } from '../../../backfill/window.ts'
import type { NoteAct } from '../../../operator/actions.ts'
import { createStartAndStop } from '../../../operator/long-work/start-and-stop.ts'
import type { Beginner, WorkStore } from '../../../operator/long-work/store.ts'
import { nameOf, type Order, type Work } from '../../../operator/long-work/work.ts'
import { inWords } from '../../../operator/words.ts'
import type { ConsoleContext, ConsoleEnv } from '../../access.ts'
import type { Frame } from '../../frame.ts'
import { type Notice, sessionName } from '../../sessions.ts'
import { canBeDone, canGoOn, isGoingOn, PATHS, workPage } from './page.tsx'

/** A form's time without seconds, in UTC (ms); `null` where it is none. */
const timeIn = (text: string | undefined): number | null => {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text ?? '')
  const at = isTime ? Date.parse(`${text}Z`) : Number.NaN
  return Number.isNaN(at) ? null : at
}

const orderIn = (form: Record<string, string>, now: number): Order | null => {
  const { what } = form
  if (what === 'reindex') return { what }
  if (what !== 'backfill' && what !== 'replay') return null
  const [since, until] = [timeIn(form.since), form.until ? timeIn(form.until) : now]
  if (since === null || until === null || since >= until) return null
  return { what, isDry: true, window: windowOf(since, until) }
}

const LOOK_FIRST = 'Look first: another work has come between. Nothing was begun.'

const bad = (text: string): Notice => ({ tone: 'bad', text })

/** A form that is sent twice finds that its work has begun already. */
const busyText = (work: Work) => `Nothing more was begun: a ${nameOf(work)} is not done yet.`

type WorkParts = {
  frame: Frame
  store: Pick<WorkStore, 'latest' | 'begin' | 'stop'>
  clock: { now: () => number }
  note: NoteAct
}

export const workSection = ({ frame, store, clock, note }: WorkParts) => {
  const { start, stop } = createStartAndStop({ store, note })

  const begin = async (
    c: ConsoleContext,
    order: Order,
    after?: Beginner['after'],
  ): Promise<Notice> => {
    const from = sessionName(c.get('session'))
    const begun = await start(order, { by: 'console', from, ...(after && { after }) })
    if ('busy' in begun) return bad(busyText(begun.busy))
    const name = inWords(nameOf(begun.begun))
    return { tone: 'good', text: `${name}: a worker takes it up within seconds.` }
  }

  return new Hono<ConsoleEnv>()
    .get(PATHS.page, async (c) => frame.show(c, workPage(await store.latest(), clock.now())))
    .post(PATHS.start, async (c) => {
      const order = orderIn(c.get('form'), clock.now())
      const unread = 'Name a time that is before the other. Nothing was begun.'
      return frame.goOn(c, PATHS.page, order ? await begin(c, order) : bad(unread))
    })
    .post(PATHS.goOn, async (c) => {
      const work = await store.latest()
      const { after } = c.get('form')
      if (!work || work.id !== after || work.order.what === 'reindex' || !canBeDone(work))
        return frame.goOn(c, PATHS.page, bad(work && isGoingOn(work) ? busyText(work) : LOOK_FIRST))
      return frame.goOn(c, PATHS.page, await begin(c, { ...work.order, isDry: false }))
    })
    .post(PATHS.resume, async (c) => {
      const work = await store.latest()
      if (!work || work.id !== c.get('form').after || !canGoOn(work))
        return frame.goOn(c, PATHS.page, bad(work && isGoingOn(work) ? busyText(work) : LOOK_FIRST))
      return frame.goOn(c, PATHS.page, await begin(c, work.order, work))
    })
    .post(PATHS.stop, async (c) => {
      const work = await store.latest()
      const isStopped = work !== null && work.id === c.get('form').work && (await stop(work))
      const notice: Notice = isStopped
        ? { tone: 'good', text: 'It stops after the step in hand. What was done so far is kept.' }
        : bad('It had ended already.')
      return frame.goOn(c, PATHS.page, notice)
    })
}
