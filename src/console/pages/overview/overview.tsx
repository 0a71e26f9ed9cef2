// The first page: what needs attention, how things stand, and the figures of a period.

import { Hono } from 'hono'
import type { AllMail as AllMailActions } from '../../../operator/all-mail.ts'
import type { ReadAttention } from '../../../operator/attention.ts'
import type { CheckConfiguration, Checked } from '../../../operator/check-configuration.ts'
import type { ReadFigures } from '../../../operator/figures.ts'
import type { Due } from '../../../redis/due.ts'
import type { ConsoleEnv } from '../../access.ts'
import type { Frame } from '../../frame.ts'
import type { Notice } from '../../sessions.ts'
import { NeedsAttention } from './attention.tsx'
import { ChargesByDay } from './charges.tsx'
import { MessagesByDay, RecoveredBySteps, Tiles } from './figures.tsx'
import { type EndpointSecrets, Secrets } from './secrets.tsx'
import { AllMail, AtPolar, CHECK, Configuration, HOLD, RELEASE, waitingText } from './standing.tsx'

const PATH = '/console'

const PERIODS = [7, 30, 90]
const USUAL = 30

type OverviewParts = {
  frame: Frame
  attention: ReadAttention
  figures: ReadFigures
  allMail: Pick<AllMailActions, 'hold' | 'release'>
  waiting: Pick<Due, 'count'>
  checkConfiguration: CheckConfiguration
  /** The webhook secrets of each endpoint, as this process has verified by them. */
  secrets: () => readonly EndpointSecrets[]
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

const checkedNotice = (checked: Checked): Notice => {
  if ('wait' in checked)
    return {
      tone: 'warn',
      text: `The configuration was checked less than a minute ago. Try again in ${checked.wait} seconds.`,
    }
  const { findings } = checked
  if (findings === 0)
    return { tone: 'good', text: 'The configuration was checked: nothing is wrong.' }
  const found = findings === 1 ? '1 finding' : `${findings} findings`
  return {
    tone: 'warn',
    text: `The configuration was checked: ${found}. See what needs attention.`,
  }
}

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
          <>
            <NeedsAttention attention={attention} />
            <div className="thirds">
              <AllMail {...standing} />
              <AtPolar {...standing} />
              <Configuration {...standing} attention={attention} />
              <Secrets secrets={parts.secrets()} />
            </div>
            <div className="row spread figures-head">
              <h2>Figures</h2>
              <Periods days={days} />
            </div>
            <Tiles {...figures} />
            <div className="columns even">
              <MessagesByDay {...figures} />
              <RecoveredBySteps {...figures} />
            </div>
            <ChargesByDay {...figures} />
          </>
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
    .post(CHECK, async (c) => frame.goOn(c, PATH, checkedNotice(await parts.checkConfiguration())))
}
