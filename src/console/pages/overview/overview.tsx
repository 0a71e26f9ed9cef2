// The first page: what needs attention, how things stand, and the figures of a period.

import { Hono } from 'hono'
import type { AllMail as AllMailActions } from '../../../operator/all-mail.ts'
import type { Attention, ReadAttention } from '../../../operator/attention.ts'
import { type Line, lineOf } from '../../../operator/attention-words.ts'
import type { ReadFigures } from '../../../operator/figures.ts'
import type { Due } from '../../../redis/due.ts'
import type { ConsoleEnv } from '../../access.ts'
import type { Frame } from '../../frame.ts'
import { Badge, Card, Empty, Said } from '../../ui/parts.tsx'
import { ChargesByDay } from './charges.tsx'
import { MessagesByDay, RecoveredBySteps, Tiles } from './figures.tsx'
import { AllMail, AtPolar, HOLD, RELEASE, waitingText } from './standing.tsx'

const PATH = '/console'

const PERIODS = [7, 30, 90]
const USUAL = 30

type OverviewParts = {
  frame: Frame
  attention: ReadAttention
  figures: ReadFigures
  allMail: Pick<AllMailActions, 'hold' | 'release'>
  waiting: Pick<Due, 'count'>
}

const More = ({ more }: Line) => {
  if (!more) return null
  if ('messages' in more) return <a href={`/console/messages?state=${more.messages}`}>Messages</a>
  return <a href={`/console/events${more.events && `?outcome=${more.events}`}`}>Events</a>
}

const List = ({ lines }: { lines: readonly Line[] }) => (
  <ul className="attention">
    {lines.map((line) => (
      <li key={line.key}>
        <Badge tone={line.tone}>{line.label}</Badge>
        <span>
          <Said says={line.says} />
        </span>
        <More {...line} />
      </li>
    ))}
  </ul>
)

const NeedsAttention = ({ attention }: { attention: readonly Attention[] }) => {
  const lines = attention.map(lineOf)
  const isWell = lines.every(({ tone }) => tone === 'quiet')
  return (
    <Card title="Needs attention">
      {isWell && (
        <Empty title="Nothing needs your attention">Mail goes out, and webhooks arrive.</Empty>
      )}
      {lines.length > 0 && <List lines={lines} />}
    </Card>
  )
}

const Periods = ({ days }: { days: number }) => (
  <nav className="tabs" aria-label="Period">
    {PERIODS.map((period) => (
      <a
        key={period}
        href={`${PATH}?days=${period}`}
        aria-current={period === days ? 'page' : undefined}
      >
        {period} days
      </a>
    ))}
  </nav>
)

export const overviewSection = (parts: OverviewParts) => {
  const { frame, attention: readAttention, figures: readFigures, allMail, waiting } = parts
  return new Hono<ConsoleEnv>()
    .get(PATH, async (c) => {
      const days = Number(c.req.query('days') ?? USUAL)
      if (!PERIODS.includes(days)) {
        const body = `Choose ${PERIODS.join(', ')} days.`
        return frame.show(c, { title: 'There is no such period', section: 'Overview', body }, 400)
      }
      const [{ attention, standing }, figures] = await Promise.all([
        readAttention(),
        readFigures(days),
      ])
      return frame.show(c, {
        title: 'Overview',
        section: 'Overview',
        body: (
          <div className="columns">
            <div className="stack">
              <NeedsAttention attention={attention} />
              <div className="row spread">
                <h2>Figures</h2>
                <Periods days={days} />
              </div>
              <Tiles {...figures} />
              <MessagesByDay {...figures} />
              <ChargesByDay {...figures} />
              <RecoveredBySteps {...figures} />
            </div>
            <div className="stack">
              <AllMail {...standing} />
              <AtPolar {...standing} />
            </div>
          </div>
        ),
      })
    })
    .post(HOLD, async (c) => {
      const before = await allMail.hold()
      const text =
        before === 'command' || before === 'console'
          ? 'All mail was on hold already. Nothing has changed.'
          : 'All mail is on hold. Emails that Resend has already may still arrive.'
      return frame.goOn(c, PATH, { tone: 'good', text })
    })
    .post(RELEASE, async (c) => {
      const by = await allMail.release()
      const text =
        by === null
          ? 'All mail was not on hold. Nothing has changed.'
          : `All mail is released: ${waitingText(await waiting.count())}.${by === 'setting' ? ' A start with SEND_MODE=hold holds it again.' : ''}`
      return frame.goOn(c, PATH, { tone: 'good', text })
    })
}
