// How things stand beside what needs attention: all mail with its buttons, what Polar is asked in the background, and the check
// of the configuration.

import type { Attention, Standing } from '../../../operator/attention.ts'
import { workerLines } from '../../../operator/worker-words.ts'
import { modesIn } from '../../../processes/differences.ts'
import { Action, Badge, Card, CarefulAction, Fields, Time } from '../../ui/parts.tsx'

export const HOLD = '/console/mail/hold'
export const RELEASE = '/console/mail/release'
export const CHECK = '/console/configuration/check'

export const waitingText = (count: number): string =>
  count === 1 ? '1 message waits to be sent' : `${count} messages wait to be sent`

const Hold = ({ summary }: { summary: string }) => (
  <CarefulAction
    path={HOLD}
    summary={summary}
    label="Hold all mail"
    look="danger"
    because="No process sends anything to Resend until all mail is released, also after a restart and in every SEND_MODE. Postern still takes events and decides messages. They wait."
  />
)

const Release = ({ waiting }: Pick<Standing, 'waiting'>) => (
  <CarefulAction
    path={RELEASE}
    summary="Release"
    label="Release all mail"
    because={`${waitingText(waiting)}. Messages that are held one by one stay held.`}
  />
)

const stateOf = ({ pause, running }: Standing) => {
  if (pause) return 'held' in pause ? (['bad', 'On hold'] as const) : (['warn', 'Paused'] as const)
  const modes = modesIn(running)
  if (modes.length === 0) return ['bad', 'Standing still'] as const
  return modes.includes('shadow')
    ? (['warn', 'Rehearsed'] as const)
    : (['good', 'Going out'] as const)
}

/** Leads to the messages that wait, if there are any. */
const Waiting = ({ waiting }: Pick<Standing, 'waiting'>) => {
  const text = waitingText(waiting)
  return waiting === 0 ? text : <a href="/console/messages?state=waiting">{text}</a>
}

export const AllMail = (standing: Standing) => {
  const { pause, waiting, running } = standing
  const held = pause && 'held' in pause ? pause.held : null
  const [tone, state] = stateOf(standing)
  return (
    <Card title="All mail" aside={<Badge tone={tone}>{state}</Badge>}>
      <div className="body">
        <p className="quiet small">
          {workerLines(running).join(' ')} <Waiting waiting={waiting} />.
        </p>
        {held !== null && <Release waiting={waiting} />}
        {(held === null || held === 'setting' || held === 'gap') && (
          <Hold summary={held ? 'Hold in every SEND_MODE' : 'Hold'} />
        )}
      </div>
    </Card>
  )
}

const TRIGGERS: Record<string, string> = {
  purchase: 'purchase',
  subscription_cycle: 'renewal',
  retry_dunning: 'Polar’s retry',
  retry_customer: 'customer’s retry',
  retry_payment_method_update: 'new payment method',
  retry_admin: 'merchant’s retry',
  other: 'other',
}

const Failed = ({ byTrigger }: Standing['payments']) => {
  const counts = Object.entries(byTrigger)
  if (counts.length === 0) return 'none'
  return counts.map(([trigger, count]) => (
    <div key={trigger}>
      {count} <span className="quiet">{TRIGGERS[trigger] ?? trigger}</span>
    </div>
  ))
}

export const AtPolar = ({ backfill, payments }: Standing) => (
  <Card title="At Polar">
    <div className="body">
      <Fields
        of={[
          [
            'Missed webhooks',
            backfill ? (
              <>
                made up for until <Time at={Date.parse(backfill.window.until)} />
              </>
            ) : (
              'not yet looked for'
            ),
          ],
          [
            'Found by Postern itself',
            backfill && (backfill.isImport ? 'first import' : backfill.missed),
          ],
          ['Failed charges', <Failed key="failed" {...payments} />],
          ['Final invoices unpaid', payments.finalInvoices],
        ]}
      />
      <p className="quiet small">
        The result of a backfill that an operator began stands under{' '}
        <a href="/console/work">Work</a>. Failed charges and invoices are counted since the first
        start.
      </p>
    </div>
  </Card>
)

type ConfigurationParts = Pick<Standing, 'checkedAt'> & { attention: readonly Attention[] }

export const Configuration = ({ attention, checkedAt }: ConfigurationParts) => {
  const count = attention.filter(({ what }) => what === 'configuration').length
  return (
    <Card
      title="Configuration"
      aside={
        <Badge tone={count === 0 ? 'good' : 'warn'}>
          {count === 0 ? 'Nothing found' : count === 1 ? '1 finding' : `${count} findings`}
        </Badge>
      }
    >
      <div className="body">
        <p className="quiet small">
          Each start checks the accounts at Polar and Resend. <i>Check now</i> checks all that{' '}
          <code>npm run doctor</code> does, and changes nothing. It can take half a minute.
        </p>
        <p className="quiet small">
          {checkedAt === null ? (
            'Nobody has checked all of it yet.'
          ) : (
            <>
              All of it was checked last <Time at={checkedAt} />.
            </>
          )}
        </p>
        <Action path={CHECK} label="Check now" />
      </div>
    </Card>
  )
}
