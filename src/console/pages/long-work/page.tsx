// The page about long work: what runs and how far it is, and the forms that start a backfill, a replay or a reindex.

import type { Window } from '../../../backfill/window.ts'
import type { WorkNow } from '../../../operator/long-work/store.ts'
import {
  hasEnded,
  hasFoundWork,
  isDry,
  nameOf,
  percentOf,
} from '../../../operator/long-work/work.ts'
import { inWords } from '../../../operator/words.ts'
import { DAY } from '../../../runtime/clock.ts'
import {
  Action,
  Badge,
  Card,
  CarefulAction,
  Empty,
  Fields,
  Time,
  type Tone,
} from '../../ui/parts.tsx'
import type { Page } from '../../ui/shell.tsx'

const PATH = '/console/work'

export const PATHS = {
  page: PATH,
  start: `${PATH}/start`,
  goOn: `${PATH}/do`,
  resume: `${PATH}/resume`,
  stop: `${PATH}/stop`,
}

/** The page is read again so often while something runs, in seconds. */
const REFRESH = 2

type State = { tone: Tone; text: string }

const stateOf = ({ state, by, isInHand, notBefore }: WorkNow): State => {
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
      if (notBefore > 0) return { tone: 'bad', text: 'Failed, and is tried again' }
      return by === 'console'
        ? { tone: 'warn', text: 'Waits for a worker' }
        : { tone: 'warn', text: 'Its command was ended' }
    default:
      return state satisfies never
  }
}

/** Whether anything can still happen to it. */
export const isGoingOn = (work: WorkNow): boolean =>
  !hasEnded(work) && (work.by === 'console' || work.isInHand)

/** Whether it waits because an error has ended it. */
const isPutOff = (work: WorkNow): boolean => !hasEnded(work) && work.notBefore > 0 && !work.isInHand

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
    because: 'What was decided before is not sent twice.',
  },
}

/** Whether a dry run is done, and found something to do. */
export const canBeDone = (work: WorkNow): boolean =>
  isDry(work) && work.state === 'done' && hasFoundWork(work)

/** The button that a dry run leads to. */
const GoOn = ({ work }: { work: WorkNow }) =>
  work.order.what !== 'reindex' && canBeDone(work) ? (
    <CarefulAction path={PATHS.goOn} {...DO[work.order.what]}>
      <input type="hidden" name="after" value={work.id} />
    </CarefulAction>
  ) : null

/** Whether it ended, or its command did, before all was done. */
export const canGoOn = (work: WorkNow): boolean => !isGoingOn(work) && work.state !== 'done'

const Resume = ({ work }: { work: WorkNow }) =>
  canGoOn(work) ? (
    <CarefulAction
      path={PATHS.resume}
      summary="Go on with it"
      label="Go on where it ended"
      because={
        isDry(work)
          ? 'A worker does the rest of this dry run, which changes nothing.'
          : 'A worker does the rest. Nothing is stored or sent twice.'
      }
    >
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
            [
              'Period',
              'window' in work.order ? <When key="of" window={work.order.window} /> : null,
            ],
            ['Started', <Time key="began" at={work.beganAt} />],
            ['Next try', isPutOff(work) ? <Time key="next" at={work.notBefore} /> : null],
            ['Ended', work.endedAt === null ? null : <Time key="ended" at={work.endedAt} />],
            ['Started by', `${work.by === 'console' ? 'the console' : 'command'} (${work.from})`],
            ...work.found.map(([name, count]) => [inWords(name), count] as const),
          ]}
        />
        {work.problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
        {isGoingOn(work) && (
          <Action path={PATHS.stop} label="Stop" look="danger">
            <input type="hidden" name="work" value={work.id} />
          </Action>
        )}
        <GoOn work={work} />
        <Resume work={work} />
      </div>
    </Card>
  )
}

/** As a field for a time has it: in UTC, without seconds. */
const minuteOf = (at: number) => new Date(at).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length)

/** The last day is filled in, since most trouble is that young. */
const Stretch = ({ now }: { now: number }) => (
  <>
    <label>
      Since (UTC)
      <input name="since" type="datetime-local" required defaultValue={minuteOf(now - DAY)} />
    </label>
    <label>
      Until (UTC)
      <input name="until" type="datetime-local" />
    </label>
  </>
)

const Hint = ({ now }: { now: number }) => (
  <p className="quiet small">
    Both times are in UTC, where it is <b>{minuteOf(now).replace('T', ' ')}</b> now. Leave the
    second one empty for all until now.
  </p>
)

const START_FORMS = [
  {
    what: 'backfill',
    title: 'Backfill',
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

const Starts = ({ now }: { now: number }) => (
  <>
    {START_FORMS.map(({ what, title, label, says }) => (
      <Card key={what} title={title}>
        <div className="body">
          <p className="quiet small">{says}</p>
          <Action path={PATHS.start} label={label}>
            <input type="hidden" name="what" value={what} />
            {what !== 'reindex' && <Stretch now={now} />}
          </Action>
          {what !== 'reindex' && <Hint now={now} />}
        </div>
      </Card>
    ))}
  </>
)

/** @param work that runs, or the last one. @param now milliseconds. */
export const workPage = (work: WorkNow | null, now: number): Page => {
  const isBusy = work !== null && isGoingOn(work)
  return {
    title: 'Work',
    section: 'Work',
    lead: 'Long work, one at a time. It goes on after a restart, and you may leave this page.',
    ...(isBusy && { refresh: REFRESH }),
    body: (
      <>
        {work ? (
          <Latest work={work} />
        ) : (
          <Card>
            <Empty title="No long work was done yet">What you start below will appear here.</Empty>
          </Card>
        )}
        {!isBusy && <Starts now={now} />}
      </>
    ),
  }
}
