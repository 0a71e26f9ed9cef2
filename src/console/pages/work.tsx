// Long work: what runs and how far it is, and the forms that start a backfill, a replay or a reindex. What would send mail is
// looked at first: only after a dry run can the same be done.

import { Hono } from 'hono'
import { type Window, windowOf } from '../../backfill/window.ts'
import type { NoteAct } from '../../operator/actions.ts'
import { inWords } from '../../operator/words.ts'
import type { WorkNow, WorkStore } from '../../operator/work/store.ts'
import { hasEnded, isDry, nameOf, type Order, percentOf } from '../../operator/work/work.ts'
import type { ConsoleContext, ConsoleEnv } from '../access.ts'
import type { Frame } from '../frame.ts'
import { type Notice, sessionName } from '../sessions.ts'
import { Action, Badge, Card, CarefulAction, Empty, Fields, Time, type Tone } from '../ui/parts.tsx'

const PATH = '/console/work'

const START = `${PATH}/start`
const GO_ON = `${PATH}/do`
const STOP = `${PATH}/stop`

/** The page is read again so often while something runs, in seconds. */
const REFRESH = 2

type State = { tone: Tone; text: string }

const stateOf = ({ state, by, isInHand, errors }: WorkNow): State => {
  switch (state) {
    case 'done':
      return { tone: 'good', text: 'Done' }
    case 'failed':
      return { tone: 'bad', text: 'Failed' }
    case 'stopped':
      return { tone: 'warn', text: 'Stopped' }
    case 'stopping':
      return { tone: 'warn', text: 'Stopping' }
    case 'running':
      if (isInHand) return { tone: 'accent', text: 'Running' }
      if (errors > 0) return { tone: 'bad', text: 'Failed, and is tried again' }
      return by === 'console'
        ? { tone: 'warn', text: 'Waits for a worker' }
        : { tone: 'warn', text: 'Its command was ended' }
    default:
      return state satisfies never
  }
}

/** Whether anything can still happen to it. */
const isGoingOn = (work: WorkNow): boolean =>
  !hasEnded(work) && (work.by === 'console' || work.isInHand)

/** Whether it waits because an error has ended it. */
const isPutOff = (work: WorkNow): boolean => !hasEnded(work) && work.errors > 0 && !work.isInHand

const Bar = ({ work }: { work: WorkNow }) => (
  <div className="row">
    <progress max={100} value={Math.floor(100 * work.share)} aria-label="Progress" />
    <span>{percentOf(work)}</span>
  </div>
)

const DO: Record<'backfill' | 'replay', { summary: string; label: string; because: string }> = {
  backfill: {
    summary: 'Make up for them',
    label: 'Make up for what was missed',
    because: 'Postern stores what was missed, and sends the emails that are still worth sending.',
  },
  replay: {
    summary: 'Interpret them again',
    label: 'Interpret these events again',
    because: 'A fact that was decided before is not sent twice.',
  },
}

const canBeDone = (work: WorkNow): boolean => isDry(work) && work.state === 'done'

/** What a dry run leads to. */
const GoOn = ({ work }: { work: WorkNow }) =>
  work.order.what !== 'reindex' && canBeDone(work) ? (
    <CarefulAction path={GO_ON} {...DO[work.order.what]}>
      <input type="hidden" name="after" value={work.id} />
    </CarefulAction>
  ) : null

const When = ({ window }: { window: Window }) => (
  <>
    <Time at={Date.parse(window.since)} /> to <Time at={Date.parse(window.until)} />
  </>
)

const Latest = ({ work }: { work: WorkNow }) => {
  const { tone, text } = stateOf(work)
  return (
    <Card title={inWords(nameOf(work))} aside={<Badge tone={tone}>{text}</Badge>}>
      <div className="body">
        <Bar work={work} />
        <Fields
          of={[
            ['Of', 'window' in work.order ? <When key="of" window={work.order.window} /> : null],
            ['Began', <Time key="began" at={work.beganAt} />],
            ['Next try', isPutOff(work) ? <Time key="next" at={work.notBefore} /> : null],
            ['Ended', work.endedAt === null ? null : <Time key="ended" at={work.endedAt} />],
            ['By', `${work.by === 'console' ? 'the console' : 'command'} (${work.from})`],
            ...work.found.map(([name, count]) => [inWords(name), count] as const),
          ]}
        />
        {work.problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
        {isGoingOn(work) && (
          <Action path={STOP} label="Stop" look="danger">
            <input type="hidden" name="work" value={work.id} />
          </Action>
        )}
        <GoOn work={work} />
      </div>
    </Card>
  )
}

const Stretch = () => (
  <>
    <label>
      Since (UTC)
      <input name="since" type="datetime-local" required />
    </label>
    <label>
      Until (UTC)
      <input name="until" type="datetime-local" />
    </label>
  </>
)

const START_FORMS = [
  {
    what: 'backfill',
    title: 'Missed webhooks',
    label: 'Look for missed webhooks',
    says: 'A dry run: it asks Polar what happened, says which events never came, and changes nothing.',
  },
  {
    what: 'replay',
    title: 'Replay of events',
    label: 'Look at these events',
    says: 'A dry run: it says what each event of a stretch of time would lead to today.',
  },
  {
    what: 'reindex',
    title: 'Reindex',
    label: 'Reindex',
    says: 'It makes the indexes and the list of suppressions again from their records, beside running processes.',
  },
] as const

const Starts = () => (
  <>
    {START_FORMS.map(({ what, title, label, says }) => (
      <Card key={what} title={title}>
        <div className="body">
          <p className="quiet small">{says}</p>
          <Action path={START} label={label}>
            <input type="hidden" name="what" value={what} />
            {what !== 'reindex' && <Stretch />}
          </Action>
        </div>
      </Card>
    ))}
  </>
)

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

type WorkParts = {
  frame: Frame
  store: Pick<WorkStore, 'latest' | 'begin' | 'stop'>
  clock: { now: () => number }
  note: NoteAct
}

export const workSection = ({ frame, store, clock, note }: WorkParts) => {
  const begin = async (c: ConsoleContext, order: Order): Promise<Notice> => {
    const from = sessionName(c.get('session'))
    const begun = await store.begin(order, { by: 'console', from })
    if ('busy' in begun)
      return { tone: 'bad', text: `Nothing was begun: a ${nameOf(begun.busy)} is not done yet.` }
    const name = nameOf(begun.begun)
    await note({ act: 'long work started', work: name })
    return { tone: 'good', text: `${inWords(name)}: a worker takes it up within seconds.` }
  }

  return new Hono<ConsoleEnv>()
    .get(PATH, async (c) => {
      const work = await store.latest()
      const isBusy = work !== null && isGoingOn(work)
      return frame.show(c, {
        title: 'Work',
        section: 'Work',
        lead: 'Long work, one at a time. It goes on after a restart, and you may leave this page.',
        ...(isBusy && { refresh: REFRESH }),
        body: (
          <>
            {work ? <Latest work={work} /> : <Empty title="No long work was done yet" />}
            {!isBusy && <Starts />}
          </>
        ),
      })
    })
    .post(START, async (c) => {
      const order = orderIn(c.get('form'), clock.now())
      const unread: Notice = {
        tone: 'bad',
        text: 'Name a time that is before the other. Nothing was begun.',
      }
      return frame.goOn(c, PATH, order ? await begin(c, order) : unread)
    })
    .post(GO_ON, async (c) => {
      const work = await store.latest()
      const { after } = c.get('form')
      if (!work || work.id !== after || work.order.what === 'reindex' || !canBeDone(work))
        return frame.goOn(c, PATH, {
          ...{ tone: 'bad', text: 'Look first: another work has come between. Nothing was begun.' },
        })
      return frame.goOn(c, PATH, await begin(c, { ...work.order, isDry: false }))
    })
    .post(STOP, async (c) => {
      const work = await store.latest()
      const isStopped =
        work !== null && work.id === c.get('form').work && (await store.stop(work.id))
      if (work && isStopped) await note({ act: 'long work stopped', work: nameOf(work) })
      const notice: Notice = isStopped
        ? { tone: 'good', text: 'It stops after the step in hand. What was done so far is kept.' }
        : { tone: 'bad', text: 'It had ended already.' }
      return frame.goOn(c, PATH, notice)
    })
}
